"""Outputs of ranges of versions, as readers see them: folded, below the main one.

A page has an HTML comment at the start and at the end of each; see ``codeout.site.notes``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from codeout.page.model import Slot
from codeout.page.version_range import read_range

if TYPE_CHECKING:
    from codeout.page.model import Page, Part

_START: Final = '<details class="codeout-versions">'
_END: Final = "</details>"
CLOSING: Final = "<!-- codeout-versions-end -->"
# At the end of a quote, Python-Markdown wraps a mark in a paragraph.
MARK: Final = re.compile(
    r"(?P<open><p>)?<!-- codeout-versions(?:-end| (?P<versions>[^\s<>]+)) -->(?(open)\s*</p>)"
)


def opening(versions: str) -> str:
    """The mark at the start of an output of a range of versions."""
    return f"<!-- codeout-versions {quote(versions, safe='')} -->"


def mark_versions(page: Page) -> Page:
    """A page with marks around its outputs of ranges of versions."""
    return replace(page, parts=tuple(_marked(part) for part in page.parts))


def _marked(part: Part) -> Part:
    if not (isinstance(part, Slot) and part.versions and part.source):
        return part
    blank = part.prefix.rstrip() + part.newline
    ended = part.source.endswith(("\r", "\n"))
    body = part.source if ended else part.source + part.newline
    first, last = (
        f"{part.prefix}{mark}{part.newline}" for mark in (opening(part.versions), CLOSING)
    )
    # The comment of the author is right above, and a fence needs no blank line below a comment.
    return replace(part, source=f"{first}{blank}{body}{blank}{last}")


def fold(html: str) -> str:
    """Fold what is between marks, in HTML or in Markdown that may hold HTML."""
    return MARK.sub(_tag, html)


def is_tag(html: str) -> bool:
    """Whether HTML is what a mark becomes: an element that others close has to stay alone."""
    return html == _END or html.startswith(_START)


def _tag(mark: re.Match[str]) -> str:
    if mark["versions"] is None:
        return _END
    title = title_of(unquote(mark["versions"]))
    summary = f'<summary class="codeout-versions">{escape(title, quote=False)}</summary>'
    return _START + summary


def title_of(versions: str) -> str:
    """A range as readers see it: ``torch >= 2.8, < 2.10``."""
    requirement = read_range(versions)
    if requirement is None:
        return versions
    parts = sorted(requirement.specifier, key=lambda each: each.operator, reverse=True)
    return f"{requirement.name} {', '.join(f'{each.operator} {each.version}' for each in parts)}"
