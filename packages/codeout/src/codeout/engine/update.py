"""Turns a plan and the transcript of its run into an update: the new page, or its problems.

``codeout run`` writes an update, ``codeout check`` reports what it would change.
"""

from __future__ import annotations

import datetime as dt
import platform
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from codeout.engine import refusals
from codeout.engine.changes import change_of, differences
from codeout.engine.comparison import comparison_of, merge_outputs, same_outputs, same_presence
from codeout.engine.installed_outputs import no_text, with_installed
from codeout.engine.outcome_of import outcome_of
from codeout.engine.own_figures import figures_of, own_figures
from codeout.engine.page_digests import digest_outputs
from codeout.engine.planning import pictures_of
from codeout.errors import CodeoutError, Problem
from codeout.formats import NOTEBOOK, format_of
from codeout.lock.observing import observe
from codeout.lock.record import Record
from codeout.lock.staleness import why_stale
from codeout.lock.versions import versions_of
from codeout.output import commented, console, typed
from codeout.output.model import Stream
from codeout.output.shown import Printed
from codeout.page.document import fill, render
from codeout.page.model import SlotKind
from codeout.page.roundtrip import first_misread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from codeout.config.settings import Config
    from codeout.engine.outcome import Outcome
    from codeout.engine.plan import Plan
    from codeout.engine.transcript import Transcript
    from codeout.formats import Format
    from codeout.output.figures import Pictures
    from codeout.output.shown import Shown
    from codeout.page.model import Page, Slot


@dataclass(frozen=True, slots=True)
class Update:
    """The result of a run of a page.

    Attributes:
        plan: The page as it was.
        after: The bytes of the page with the outputs of the run; unchanged if all agree.
        pictures: Files to write, with their bytes; None for a file to remove.
        changes: The outputs that differ from those of the run.
        problems: Why the page cannot be written; none if it can.
        notes: What else to say of its outputs, such as why a figure is not interactive.
        record: Of the run, for the lock; None if not all ran, or there are problems.
        outcome: What was compared, in the page as it is after the run; None if there are problems.
    """

    plan: Plan
    after: bytes
    pictures: Mapping[Path, bytes | None] = field(default_factory=dict)
    changes: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    record: Record | None = None
    outcome: Outcome | None = None

    @property
    def writes(self) -> bool:
        """Whether the page or its pictures are to be written."""
        return self.after != self.plan.source or bool(self.pictures)

    def moved(self) -> Iterator[tuple[int, Slot]]:
        """Yield the places whose text changes, by their index, as they are in the new page."""
        form = format_of(self.plan.path)
        if self.after != self.plan.source:
            after = with_installed(form.parse(self.after, self.plan.path, self.plan.layout))
            slots = zip(self.plan.page.slots, after.slots, strict=True)
            yield from (
                (at, new) for at, (old, new) in enumerate(slots) if old.source != new.source
            )

    def problems_by_block(self) -> Mapping[int, Sequence[Problem]]:
        """Problems and changes, by the index of their block among those that run; -1: the page."""
        found: dict[int, list[Problem]] = {at: [] for at in range(len(self.plan.blocks))}
        for problem in (*self.problems, *self.changes):
            found.setdefault(self.plan.block_of(problem), []).append(problem)
        return found


def failed(plan: Plan, problems: Iterable[Problem]) -> Update:
    """The update of a page with problems: it stays as it is."""
    return Update(plan, plan.source, problems=tuple(problems))


def settle(plan: Plan, transcript: Transcript, config: Config, before: Record | None) -> Update:
    """The update of a page after a run; see ``compared``."""
    try:
        return compared(plan, transcript, config, before)
    except CodeoutError as error:  # the script of a figure is not there
        return failed(plan, [Problem(plan.path, 0, error.message, error.hint)])


def compared(plan: Plan, transcript: Transcript, config: Config, before: Record | None) -> Update:
    """Compare the outputs of a page with those of its run, and make the update.

    Volatile outputs are not compared: they stay if the page is fresh or has no record.

    Args:
        plan: The page.
        transcript: Of its run.
        config: The settings.
        before: The record of the page, if there is one.

    Raises:
        CodeoutError: There is no script for a figure.
    """
    if problems := transcript.problems(plan, config.output_limit):
        return failed(plan, problems)
    pictures = pictures_of(plan, config)
    fresh = before is None or not why_stale(plan.inputs, plan.outputs, before, plan.root, plan.ours)
    recoloured = before is None or not fresh  # the setting for colours may be new
    outputs: dict[int, tuple[Shown, ...]] = {}
    changes: list[Problem] = []
    foreign: list[Problem] = []
    recorded = before is not None and before.outputs == plan.outputs
    made = partial(pictures.made, recorded=recorded)
    for at, (slot, old) in enumerate(zip(plan.page.slots, plan.shown, strict=True)):
        if plan.left.intersection(slot.blocks):
            pictures.keep(old)
            continue
        comparison = comparison_of(plan.page, slot, plan.rtol)
        volatile = bool(old) and comparison.volatile
        new = shown_by(plan, transcript, slot, pictures)
        if old and not new:
            foreign += refusals.unprinted(plan, slot, recorded=recorded)
        same = same_outputs(old, new, comparison, pictures) and (
            same_presence(old, new) or not recoloured
        )
        if same or (volatile and fresh):
            pictures.keep(old)
            continue
        foreign += refusals.made_by_others(plan, slot, made)
        foreign += refusals.no_place(plan, slot, new)
        foreign += refusals.comments(plan, slot, old, new)
        foreign += no_text(plan.page, slot, new, plan.page.blocks[slot.blocks[-1]].line)
        outputs[at] = merge_outputs(old, new, comparison, pictures)
        pictures.add(outputs[at])
        if not volatile:
            moved = differences(old, new, comparison.rtol, pictures)
            changes.append(change_of(plan, slot, outputs[at], moved, missing=not old))
    if foreign:
        return failed(plan, foreign)
    after = _page_with(plan, outputs)
    if isinstance(after, Problem):
        return failed(plan, [after])
    files, in_the_way = own_figures(plan, pictures, before, recorded=bool(config.lock))
    if in_the_way:
        return failed(plan, in_the_way)
    return Update(
        plan,
        render(after),
        files,
        tuple(changes),
        notes=transcript.notes(plan),
        record=None if plan.left else _record(plan, transcript, after, pictures, before),
        outcome=outcome_of(plan, after),
    )


def shown_by(
    plan: Plan, transcript: Transcript, slot: Slot, pictures: Pictures
) -> tuple[Shown, ...]:
    """The outputs of a run as a slot shows them."""
    outputs = transcript.outputs_of(plan, slot)
    if slot.kind is SlotKind.COMMENTS:
        return tuple(
            commented.show(output.text) for output in outputs if isinstance(output, Stream)
        )
    if slot.kind is SlotKind.CONSOLE:
        return tuple(console.show(output.text) for output in outputs if isinstance(output, Stream))
    if slot.kind is SlotKind.TRANSCRIPTS:
        return tuple(typed.show(output.text) for output in outputs if isinstance(output, Stream))
    return tuple(format_of(plan.path).show(output, pictures.draw) for output in outputs)


def _page_with(plan: Plan, outputs: Mapping[int, Sequence[Shown]]) -> Page | Problem:
    """The page with new outputs, by slot; a problem if it would be parsed differently."""
    if not outputs:
        return plan.page
    form, slots = format_of(plan.path), plan.page.slots
    filled = fill(plan.page, {at: form.body(shown, slots[at]) for at, shown in outputs.items()})
    fences = {at: _fences(shown, slots[at], form) for at, shown in outputs.items()}
    page = with_installed(form.parse(render(filled), plan.path, plan.layout))
    misread = first_misread(filled, page, fences)
    return page if misread is None else refusals.misread(plan, slots[misread])


def _fences(shown: Sequence[Shown], slot: Slot, form: Format) -> int:
    """How many fences a body has; in Markdown, a body without outputs is one empty fence."""
    if slot.kind not in {SlotKind.TABS, SlotKind.FENCE}:
        return 0
    if not shown:
        return int(form is not NOTEBOOK)
    return sum(isinstance(item, Printed) and not (item.kind or item.styled) for item in shown)


def _record(
    plan: Plan, transcript: Transcript, after: Page, pictures: Pictures, before: Record | None
) -> Record:
    shown = tuple(map(format_of(plan.path).read, after.slots))
    imports = frozenset[str]().union(*(ran.imports for ran in transcript.runs if ran))
    ended = transcript.ended
    record = Record(
        inputs=plan.inputs,
        outputs=digest_outputs(after, shown, pictures),
        versions=versions_of(imports),
        python=platform.python_version(),
        device=ended.device,
        date=dt.datetime.now(dt.UTC).date(),
        seconds=ended.seconds,
        blocks=len(plan.blocks),
        stand_ins=ended.stand_ins,
        figures=figures_of(shown, pictures),
        observed=observe(ended.touched, plan.root, plan.file, ended.began, plan.ours),
    )
    return record.with_matrix(before.matrix) if before and before.same_page(record) else record
