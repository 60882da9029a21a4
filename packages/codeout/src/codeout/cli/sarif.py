"""The results of a check as SARIF 2.1.0, which GitHub and editors show beside the lines."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from codeout.cli.sarif_rules import MISSING_OUTPUT, RULES, rule_of
from codeout.fs.digest import digest
from codeout.init.git import repository_of
from codeout.lock.versions import installed_version
from codeout.text.escape import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from codeout.cli.sarif_rules import Rule
    from codeout.engine.update import Update
    from codeout.errors import Problem

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT: Final = "SRCROOT"
_FINGERPRINT: Final = "codeoutBlock/v1"


def as_sarif(updates: Sequence[Update], root: Path) -> str:
    """A log with one run, in the order of the pages' names.

    Addresses of pages are relative to the repository, as GitHub has them; no path of this machine
    is in the log.

    Args:
        updates: The results.
        root: The project's folder.
    """
    ordered = sorted(updates, key=lambda update: update.plan.path)
    results = [result for update in ordered for result in _results(update, root)]
    run = {
        "tool": {"driver": _driver()},
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The top of the repository."}}},
        "artifacts": [{"location": _location(update, root)} for update in ordered],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return f"{json.dumps(log, indent=2)}\n"


def _driver() -> dict[str, Any]:
    rules = [
        {
            "id": rule.id,
            "name": rule.name,
            "shortDescription": {"text": rule.what},
            "help": {"text": rule.help, "markdown": rule.help},
            "defaultConfiguration": {"level": "error"},
        }
        for rule in RULES
    ]
    return {"name": "codeout", "version": installed_version("codeout") or "0", "rules": rules}


def _results(update: Update, root: Path) -> Iterator[dict[str, Any]]:
    """Yield a result for each block with problems, and for each problem of the whole page."""
    seen: Counter[str] = Counter()
    for block, problems in sorted(update.problems_by_block().items()):
        groups = [problems] if block >= 0 else [[problem] for problem in problems]
        for group in filter(None, groups):
            rule = rule_of(update, group[0])
            code = update.plan.running[block].code if block >= 0 else group[0].message
            print_of = digest(update.plan.path, rule.id, code)
            seen[print_of] += 1
            yield {
                "ruleId": rule.id,
                "ruleIndex": RULES.index(rule),
                "level": "error",
                "message": {"text": "\n\n".join(map(_text, group))},
                "locations": [
                    {
                        "physicalLocation": {
                            "artifactLocation": _location(update, root),
                            "region": _region(update, block, group, rule),
                        }
                    }
                ],
                "partialFingerprints": {_FINGERPRINT: f"{print_of}:{seen[print_of]}"},
            }


def _region(update: Update, block: int, problems: Sequence[Problem], rule: Rule) -> dict[str, int]:
    """The lines from the first problem to the end of its output or of its block.

    An output that is missing has no lines; those of its block stand for it.
    """
    first = max(1, min(problem.line for problem in problems))
    if block < 0:
        return {"startLine": first}
    part, at = update.plan.running[block], update.plan.blocks[block]
    last = part.line + part.source.count("\n") - 1
    if rule is MISSING_OUTPUT:
        return {"startLine": part.line, "endLine": max(part.line, last)}
    slots = [slot for slot in update.plan.page.slots if at in slot.blocks and slot.line <= first]
    ends = [slot.line + slot.source.count("\n") - 1 for slot in slots]
    return {"startLine": first, "endLine": max(first, last, *ends)}


def _text(problem: Problem) -> str:
    """A problem in plain words, without its place."""
    parts = (problem.message, f"hint: {problem.hint}" * bool(problem.hint), problem.detail)
    return _unicode(escape("\n".join(filter(None, parts))))


def _unicode(text: str) -> str:
    """A text without halves of characters, which a page may print."""
    return text.encode("utf-8", "replace").decode()


def _location(update: Update, root: Path) -> dict[str, str]:
    top = repository_of(root) or root
    within = f"{root.relative_to(top).as_posix()}/" if top != root else ""
    return {"uri": quote(within + update.plan.path, errors="surrogateescape"), "uriBaseId": _ROOT}
