"""Runs pages a second time: what fails then, or differs from the first run, is unstable."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from codeout.adopt.causes import Cause
from codeout.adopt.slices import changed_part, merged
from codeout.adopt.trial import Failure, failures_of, run_plans
from codeout.engine.execute import Transcribed
from codeout.engine.variation import varying
from codeout.errors import ConfigError, Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from codeout.adopt.trial import Conditions, Trial
    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.engine.transcript import Transcript
    from codeout.engine.update import Update

_VARIES: Final = "the output differs"
_SHARED: Final = 2
"""How many pages import a module that is loaded once for all of them."""


def repeat(
    config: Config, trials: Sequence[Trial], conditions: Conditions, known: Collection[str] = ()
) -> Iterator[Trial]:
    """Run pages again; yield their trials, with what fails or varies.

    Modules that several pages import are loaded once, and of a page that has run as it is proposed,
    only the blocks run whose outputs are not true, and what they need. Both may themselves change
    what a page shows, so pages that do not do the same then run once more without.

    Args:
        config: The settings.
        trials: Trials in which nothing failed.
        conditions: How they are tried.
        known: The names of the pages that have run as they are proposed.
    """
    rest = {trial.plan.path: trial for trial in trials}
    parts = {path: changed_part(each) for path, each in rest.items() if path in known}
    plans = {path: parts.get(path, each.plan) for path, each in rest.items()}
    modules = tuple(sorted(_shared_modules(trials)))
    warm = replace(config, preload=(*config.preload, *modules)) if modules else config
    less = {path for path in rest if modules or _is_less(plans[path], rest[path].plan)}
    try:
        first = [*_repeated(warm, rest, plans, conditions)]
    except ConfigError:  # a module cannot be loaded like this
        if not modules:
            raise
        first = []
    settled = {each.plan.path: each for each in first}
    settled = {
        path: each for path, each in settled.items() if not each.failures or path not in less
    }
    yield from settled.values()
    rest = {path: rest[path] for path in rest.keys() - settled.keys()}
    yield from _repeated(config, rest, {path: each.plan for path, each in rest.items()}, conditions)


def _is_less(part: Plan, whole: Plan) -> bool:
    """Whether a part of a page lacks blocks before its last one."""
    return part.cells != whole.cells[: len(part.cells)]


def _repeated(
    config: Config, firsts: dict[str, Trial], plans: dict[str, Plan], conditions: Conditions
) -> Iterator[Trial]:
    for each in run_plans(config, [plans[path] for path in firsts], conditions):
        first = firsts[each.plan.path]
        yield replace(first, failures=tuple(_failures(config, first, each)))


def _failures(config: Config, first: Trial, again: Transcribed | Update) -> Iterator[Failure]:
    """Yield what fails in the second run of a page, or varies."""
    if isinstance(again, Transcribed):
        part, whole = again.plan, first.plan
        problems = again.transcript.problems(part, config.output_limit)
        yield from failures_of(part, problems, again.transcript.runs)
        assert first.transcript  # noqa: S101  # it ran
        if not problems:
            transcript = merged(first.transcript, part, whole, again.transcript)
            yield from _unstable(config, first, transcript)


def _unstable(config: Config, first: Trial, again: Transcript) -> Iterator[Failure]:
    """Yield the blocks whose outputs differ from those of the run before."""
    plan, told = first.plan, first.update.problems_by_block()
    assert first.transcript  # noqa: S101  # it ran
    slots = varying(plan, config, first.transcript, again)
    for at in sorted({plan.blocks.index(slot.blocks[-1]) for slot in slots}):
        block = plan.running[at]
        problem = next(iter(told[at]), Problem(plan.path, block.line, _VARIES))
        yield Failure(block.line, Cause.UNSTABLE, problem, block.name)


def _shared_modules(trials: Iterable[Trial]) -> Iterator[str]:
    """Yield the modules outside of the standard library that several pages import."""
    counts = Counter(
        module
        for trial in trials
        for module in frozenset().union(*(ran.imports for ran in trial.runs if ran))
    )
    for module, pages in counts.items():
        if pages >= _SHARED and module not in sys.stdlib_module_names and _is_there(module):
            yield module


def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False
