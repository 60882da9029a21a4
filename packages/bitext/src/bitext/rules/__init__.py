"""Runs all rules on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bitext.pairing import Pairing, pair
from bitext.rules import agreement, counts, presence, style, wording
from bitext.rules.context import Context

if TYPE_CHECKING:
    from bitext.finding import Finding
    from bitext.glossary import Glossary
    from bitext.page import Page

RULES = (*presence.RULES, *agreement.RULES, *wording.RULES, *counts.RULES, *style.RULES)


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of checking a page.

    Attributes:
        pairs: The number of pairs.
        findings: All problems, in the order of the page.
    """

    pairs: int
    findings: tuple[Finding, ...]


def check(page: Page, glossary: Glossary, *, explains: bool = True) -> Checked:
    """Check a page.

    Args:
        page: The page; one without any Korean has no findings.
        glossary: The terms of its site.
        explains: Whether the page explains terms at their first use.
    """
    found = [pair(section) for section in page.sections]
    pairing = Pairing(
        tuple(each for pairing in found for each in pairing.pairs),
        tuple(each for pairing in found for each in pairing.korean),
        tuple(each for pairing in found for each in pairing.english),
    )
    context = Context(page, pairing, glossary)
    rules = [rule for rule in RULES if explains or rule is not wording.first_uses]
    findings = [each for rule in rules for each in rule(context)] if page.is_bilingual else []
    return Checked(len(pairing.pairs), tuple(sorted(findings, key=lambda each: each.line)))
