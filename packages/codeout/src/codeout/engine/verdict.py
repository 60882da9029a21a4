"""What a check found of a page, in one word and with the first place where it is not true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from codeout.engine.outcome import Outcome
    from codeout.engine.update import Update

DIFFERS: Final = "differs"
"""The result of a page on which an output is not what its code gives."""

FAILS: Final = "fails"
"""The result of a page whose code fails, or that cannot run."""

NOT_INSTALLABLE: Final = "not installable"
"""The result of a page in an environment that cannot be had."""

NOT_CHECKED: Final = "not checked"
"""The result of a page in an environment in which a check did not come to its end."""

_LONGEST: Final = 200
_HALF: Final = 90
_BEFORE: Final = 30
_NOTHING: Final = "(nothing)"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found of a page.

    Attributes:
        result: ``DIFFERS``, ``FAILS``, or the result of its outcome.
        line: The first line of the page that is not true; 0 for none, or for the whole page.
        says: What is wrong there: the first lines that differ, or the error; empty for nothing.
        block: Which of the blocks that run it is, from 1; 0 for none, or for the whole page.
    """

    result: str
    line: int = 0
    says: str = ""
    block: int = 0


def verdict_of(update: Update, outcome: Outcome) -> Verdict:
    """What a run of a page found.

    Args:
        update: The result of the run.
        outcome: What of the page is compared.
    """
    if update.problems:
        first = min(update.problems, key=lambda problem: problem.line)
        block = 1 + update.plan.block_of(first)
        return Verdict(FAILS, first.line, _shortened(first.message), block)
    if update.changes:
        first = min(update.changes, key=lambda problem: problem.line)
        block = 1 + update.plan.block_of(first)
        says = _shortened(_first_difference(first.detail))
        return Verdict(DIFFERS, first.line, says, block)
    return Verdict(str(outcome.result))


def _first_difference(diff: str) -> str:
    """The first line that is not there any more and the one in its place, of a diff."""
    lines = [line for line in diff.splitlines() if not line.startswith(("--- ", "+++ "))]
    old = next((line[1:].strip() for line in lines if line.startswith("-")), "")
    new = next((line[1:].strip() for line in lines if line.startswith("+")), "")
    if not (old or new):
        return lines[0]
    long = max(len(old), len(new)) > _HALF
    same = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    start = max(0, same - _BEFORE) if long else 0
    return f"{_excerpt(old, start) or _NOTHING} → {_excerpt(new, start) or _NOTHING}"


def _excerpt(line: str, start: int) -> str:
    """What of a long line to show: from a column on, so that where two lines differ is seen."""
    cut = line[start : start + _HALF]
    return f"{'…' * bool(start and cut)}{cut}{'…' * (len(line) > start + _HALF)}"


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
