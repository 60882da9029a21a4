"""The rules of SARIF: the kinds of what a check finds, with what helps against each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from codeout.engine.changes import MISSING

if TYPE_CHECKING:
    from codeout.engine.update import Update
    from codeout.errors import Problem


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of what a check finds.

    Attributes:
        id: Its name, which does not change.
        name: The same for programs that show names in capitals.
        what: What is found, in a sentence.
        help: What to do about it.
    """

    id: str
    name: str
    what: str
    help: str


DIFFERS: Final = Rule(
    "output-differs",
    "OutputDiffers",
    "An output on the page is not what its code gives.",
    "Call `codeout run`: it writes the output. If the new one is wrong, correct the code. "
    "If it differs from run to run, `codeout stability` says on what it depends.",
)
MISSING_OUTPUT: Final = Rule(
    "output-missing",
    "OutputMissing",
    "The page has a place for an output, and nothing is there.",
    "Call `codeout run`: it writes the output.",
)
FAILS: Final = Rule(
    "block-fails",
    "BlockFails",
    "A block of the page fails, or its output cannot be written.",
    "Correct the code, or what it needs. If readers are to see the error, write "
    "`<!-- codeout: raises=NAME -->` before the block; if it is not to run, "
    "`<!-- codeout: skip -->`.",
)
CANNOT_RUN: Final = Rule(
    "page-cannot-run",
    "PageCannotRun",
    "The page cannot be read, run or written as it is.",
    "The message says what stands in the way, and where. Nothing of the page was compared.",
)
RULES: Final = (DIFFERS, MISSING_OUTPUT, FAILS, CANNOT_RUN)


def rule_of(update: Update, problem: Problem) -> Rule:
    """The kind of a problem or a change of a page."""
    plan = update.plan
    if plan.problems or not plan.cells or plan.block_of(problem) < 0:
        return CANNOT_RUN
    if update.problems:
        return FAILS
    return MISSING_OUTPUT if problem.message.endswith(MISSING) else DIFFERS
