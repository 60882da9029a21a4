"""Runs pages a second time: what fails then, or differs from the first run, is unstable."""

from __future__ import annotations

import datetime as dt
import importlib.util
import sys
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from codeout.adopt.causes import Cause
from codeout.adopt.dates import shows_date
from codeout.adopt.slices import changed_part, merged
from codeout.adopt.trial import Failure, failures_of, run_plans
from codeout.engine.execute import Transcribed
from codeout.engine.variation import varying
from codeout.errors import ConfigError, Problem
from codeout.output.model import Stream, Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from codeout.adopt.trial import Conditions, Trial
    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.engine.transcript import Transcript
    from codeout.engine.update import Update
    from codeout.page.model import Slot

_VARIES: Final = "the output differs"
_SHARED: Final = 2
"""How many pages load a module that is loaded once for all of them."""


def repeat(
    config: Config, trials: Sequence[Trial], conditions: Conditions, known: Collection[str] = ()
) -> Iterator[Trial]:
    """Run pages again; yield their trials, with what fails or varies.

    Modules that several pages load are loaded once, and of a page that has run as it is proposed,
    only the blocks run whose outputs are not true, and what they need. Both may themselves change
    what a page shows. So pages that do not do the same run like this a third time: if they do
    something else again, they vary. If not, they run once more as a whole and on their own.

    Args:
        config: The settings.
        trials: Trials in which nothing failed.
        conditions: How they are tried.
        known: The names of the pages that have run as they are proposed.
    """
    firsts = {trial.plan.path: trial for trial in trials}
    parts = {path: changed_part(each) for path, each in firsts.items() if path in known}
    plans = [parts.get(path, each.plan) for path, each in firsts.items()]
    modules = tuple(sorted(_shared_modules(trials)))
    warm = replace(config, preload=(*config.preload, *modules)) if modules else config
    whole = () if modules else {plan.path for plan in plans if not _is_less(plan, firsts)}
    repeats = _Repeats(warm, firsts, whole)
    try:
        settled = {each.plan.path: each for each in repeats.run(plans, conditions)}
    except ConfigError:  # a module cannot be loaded like this
        if not modules:
            raise
        settled = {}
    yield from settled.values()
    rest = {path: each for path, each in firsts.items() if path not in settled}
    for run in run_plans(config, [each.plan for each in rest.values()], conditions):
        first = rest[run.plan.path]
        yield replace(first, failures=tuple(_failures(config, first, run)))


class _Repeats:
    """Runs pages a second time, and those that do not do the same a third time.

    Args:
        config: The settings.
        firsts: The first run of each page, by its name.
        whole: The names of the pages of which one more run says all.
    """

    def __init__(self, config: Config, firsts: Mapping[str, Trial], whole: Collection[str]) -> None:
        self._config = config
        self._firsts = firsts
        self._whole = whole
        self._seconds: dict[str, tuple[Transcribed, tuple[Failure, ...]]] = {}

    def run(self, plans: Sequence[Plan], conditions: Conditions) -> Iterator[Trial]:
        """Yield the trials of the pages that do the same, or something else each time.

        Args:
            plans: The pages, or parts of them.
            conditions: How they are tried.
        """
        thirds: set[str] = set()
        for run in run_plans(self._config, plans, conditions, self._varies):
            path = run.plan.path
            first = self._firsts[path]
            if isinstance(run, Transcribed) and path in thirds:
                yield from self._settled(first, run)
                continue
            thirds.add(path)
            failures = self._seconds[path][1] if isinstance(run, Transcribed) else ()
            if not failures or path in self._whole:
                yield replace(first, failures=failures)

    def _varies(self, run: Transcribed) -> bool:
        """Whether a third run of a page is to say whether it varies."""
        path = run.plan.path
        if path in self._seconds:
            return False
        failures = tuple(_failures(self._config, self._firsts[path], run))
        self._seconds[path] = run, failures
        unstable = bool(failures) and all(each.cause is Cause.UNSTABLE for each in failures)
        return unstable and path not in self._whole

    def _settled(self, first: Trial, third: Transcribed) -> Iterator[Trial]:
        """Yield the trial of a page if its third run differs from the second where that did."""
        second, failures = self._seconds[third.plan.path]
        assert first.transcript  # noqa: S101  # it ran
        before = merged(first.transcript, second.plan, first.plan, second.transcript)
        found = tuple(_failures(self._config, replace(first, transcript=before), third))
        if {each.line for each in failures} <= {each.line for each in found}:
            yield replace(first, failures=found)


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
    """Yield the blocks whose outputs differ from those of the run before, or will tomorrow."""
    plan, told = first.plan, first.update.problems_by_block()
    assert first.transcript  # noqa: S101  # it ran
    slots = {*varying(plan, config, first.transcript, again), *_dated(plan, first.transcript)}
    for at in sorted({plan.blocks.index(slot.blocks[-1]) for slot in slots}):
        block = plan.running[at]
        problem = next(iter(told[at]), Problem(plan.path, block.line, _VARIES))
        yield Failure(block.line, Cause.UNSTABLE, problem, block.name)


def _dated(plan: Plan, transcript: Transcript) -> Iterator[Slot]:
    """Yield the slots that would show the date of the run, in UTC or as this machine has it."""
    days = {dt.datetime.now(dt.UTC).date(), dt.datetime.now().astimezone().date()}
    for slot in plan.page.slots:
        outputs = transcript.outputs_of(plan, slot)
        texts = [each.text for each in outputs if isinstance(each, Stream | Value)]
        if any(shows_date(text, days) for text in texts) and not shows_date(slot.source, days):
            yield slot


def _is_less(part: Plan, firsts: Mapping[str, Trial]) -> bool:
    """Whether a part of a page lacks blocks before its last one."""
    return part.cells != firsts[part.path].plan.cells[: len(part.cells)]


def _shared_modules(trials: Iterable[Trial]) -> Iterator[str]:
    """Yield the modules outside of the standard library that several pages load."""
    loaded = [each.transcript.ended.touched.modules for each in trials if each.transcript]
    for module, pages in Counter(chain.from_iterable(loaded)).items():
        package = module.partition(".")[0]
        installed = package not in sys.stdlib_module_names and _is_there(package)
        if pages >= _SHARED and installed:
            yield module


@cache
def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False
