"""What an adoption found and proposes, in words."""

from __future__ import annotations

import difflib
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from codeout.adopt.causes import Cause
from codeout.adopt.conventions import places_of_outputs
from codeout.output.coverage import Coverage
from codeout.text.plural import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from codeout.adopt.files import Change
    from codeout.adopt.proposal import Proposal
    from codeout.adopt.trial import Failure

_SHOWN: Final = 3
"""How many examples of each kind of failure, and of outputs that are not true, are shown."""


def summary(proposal: Proposal) -> Iterator[str]:
    """Yield what was found: outputs by their place, failures by their kind, and what is true."""
    trials = proposal.trials
    outcomes = [trial.update.outcome for trial in trials if trial.update.outcome]
    coverage = sum((outcome.coverage for outcome in outcomes), Coverage())
    blocks = sum(len(trial.plan.cells) for trial in trials)
    kinds = places_of_outputs(trial.plan for trial in trials)
    places = ", ".join(plural(number, kind) for kind, number in kinds.items())
    yield f"{plural(len(proposal.drafts), 'page')}; outputs: {places or 'none'}"
    yield from _failures(proposal.failures)
    yield (
        f"as proposed: {plural(blocks, 'block')} run, "
        f"{plural(coverage.compared, 'output line')} compared"
    )
    changes = [change for trial in trials for change in trial.update.changes]
    if changes:
        yield f"{plural(len(changes), 'output')} not true:"
    for change in changes[:_SHOWN]:
        yield from (f"  {line}" for line in str(replace(change, hint="")).splitlines())
    if len(changes) > _SHOWN:
        yield f"  and {len(changes) - _SHOWN} more; once it is written, `codeout check` shows all"


def _failures(failures: Sequence[Failure]) -> Iterator[str]:
    """Yield the kinds of failures, the most frequent first, each with some examples."""
    pages = {each.problem.path for each in failures if each.cause is Cause.PAGE}
    blocks = sum(each.cause is not Cause.PAGE for each in failures)
    counts = [(blocks, "block"), (len(pages), "page")]
    if told := " and ".join(plural(number, what) for number, what in counts if number):
        yield f"{told} failed:"
    for cause, number in Counter(failure.cause for failure in failures).most_common():
        of_kind = [failure.problem for failure in failures if failure.cause is cause]
        yield f"  {cause.of(number)}"
        yield from (f"    {each.place}: {each.message}" for each in of_kind[:_SHOWN])


def diff(changes: Iterable[Change]) -> Iterator[str]:
    """Yield the lines of the differences of files."""
    for change in changes:
        was, now = ((text or b"").decode(errors="replace") for text in (change.was, change.now))
        before = change.name if change.was is not None else "/dev/null"
        lines = difflib.unified_diff(
            was.splitlines(), now.splitlines(), before, change.name, lineterm="", n=1
        )
        yield from lines


def fate(changes: Sequence[Change], proposal: Proposal, new: int, *, written: bool) -> str:
    """What was or can be written, in one line.

    Args:
        changes: The files that change.
        proposal: What changes in them.
        new: How many settings any project has that this one lacks.
        written: Whether the files have been written.
    """
    if not changes:
        return "nothing to change"
    settings = new + len(proposal.settings) + len(proposal.folders) + len(proposal.setup)
    counts = [(settings, "setting"), (proposal.comments, "comment")]
    what = " and ".join(plural(number, each) for number, each in counts if number)
    if not written:
        return f"nothing is written; `codeout adopt --write` writes {what}"
    wrong = any(trial.update.changes for trial in proposal.trials)
    rest = "; `codeout run` writes the outputs that are not true" if wrong else ""
    return f"{what} written{rest}"
