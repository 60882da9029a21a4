"""Runs a page in several ways, compares the runs, and sums up."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codeout.engine.comparison import comparison_of
from codeout.engine.dispatch import cores
from codeout.output.data_difference import comparable_text
from codeout.output.model import Figure, Html, Interactive
from codeout.output.sanitize import sanitize
from codeout.output.shown import Printed
from codeout.stability.analysis import examine
from codeout.stability.report import problem_of_failure, problem_of_finding
from codeout.stability.trials import run_trials
from codeout.stability.variants import USUAL, variations
from codeout.text.plural import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.engine.transcript import Transcript
    from codeout.errors import Problem
    from codeout.output.model import Output
    from codeout.output.shown import Shown
    from codeout.page.model import Slot
    from codeout.stability.analysis import Finding, Seen
    from codeout.stability.trials import Trial
    from codeout.stability.variants import Variation


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of several runs of a page.

    Attributes:
        problems: Which outputs move, in the order of the page, and then which runs failed.
        stable: Whether nothing moved beyond what the comments of the page allow.
        summary: One line.
    """

    problems: tuple[Problem, ...]
    stable: bool
    summary: str


def assess(
    config: Config,
    plan: Plan,
    count: int,
    workers: int = 0,
    step: Callable[[], None] = lambda: None,
) -> Verdict:
    """Run a page as usual and in other ways, and compare the runs; see ``variations``.

    Args:
        config: The settings.
        plan: The page.
        count: How many other ways.
        workers: How many runs go on at the same time; 0 means as configured.
        step: Called after each run.
    """
    if not plan.cells and not plan.problems:
        return Verdict((), stable=True, summary="nothing to run")
    ways = (USUAL, *variations(count))
    found: list[Trial] = []
    with closing(run_trials(config, plan, ways, workers or config.jobs or cores())) as running:
        for trial in running:
            step()
            found.append(trial)
            if trial.variation == USUAL and trial.transcript is None:
                break
    return compare_trials(plan, sorted(found, key=lambda each: ways.index(each.variation)))


def compare_trials(plan: Plan, trials: Sequence[Trial]) -> Verdict:
    """Compare the runs of a page with one another.

    Args:
        plan: The page.
        trials: Its runs, the usual one first.
    """
    usual, *others = trials
    if usual.transcript is None:
        return Verdict(usual.problems, stable=False, summary="the page fails as it is")
    runs = [(trial.variation, trial.transcript) for trial in trials if trial.transcript]
    moved = [
        (slot, finding)
        for slot, shown in zip(plan.page.slots, plan.shown, strict=True)
        if (finding := _examine(plan, slot, _texts(shown), runs))
    ]
    failures = [problem_of_failure(trial) for trial in others if trial.transcript is None]
    beyond = sum(not finding.allowed for _, finding in moved)
    outputs = plural(len(plan.page.slots), "output")
    summary = f"{plural(len(runs), 'run')}: {len(moved)} of {outputs} moved"
    summary += f", {beyond} beyond what the page allows"
    if failures:
        summary += f"; {len(failures)} failed"
    return Verdict(
        problems=(*(problem_of_finding(plan, slot, finding) for slot, finding in moved), *failures),
        stable=not (beyond or failures),
        summary=summary,
    )


def _examine(
    plan: Plan,
    slot: Slot,
    stored: Seen,
    runs: Sequence[tuple[Variation, Transcript]],
) -> Finding | None:
    comparison = comparison_of(plan.page, slot, plan.rtol)
    seen = [
        (variation, tuple(map(_content, transcript.outputs_of(plan, slot))))
        for variation, transcript in runs
    ]
    return examine(seen, stored, comparison.rtol, volatile=comparison.volatile)


def _texts(shown: Sequence[Shown]) -> Seen:
    """The texts that a slot shows; other outputs have no elisions, and are left empty."""
    return tuple(item.text if isinstance(item, Printed) else b"" for item in shown)


def _content(output: Output) -> str | bytes:
    match output:
        case Figure():
            return output.data
        case Interactive():
            return comparable_text(output)
        case Html():  # on one line, for it holds no elisions
            return " ".join(sanitize(output.source).split("\n"))
    return output.text
