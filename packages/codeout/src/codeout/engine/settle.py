"""Turns a plan and the transcript of its run into an update: the new page, or its problems."""

from __future__ import annotations

import datetime as dt
import platform
from typing import TYPE_CHECKING

from codeout.engine import refusals
from codeout.engine.installed_outputs import with_installed
from codeout.engine.new_outputs import find_new_outputs
from codeout.engine.outcome_of import outcome_of
from codeout.engine.own_figures import figures_of, own_figures
from codeout.engine.page_digests import digest_outputs
from codeout.engine.planning import pictures_of
from codeout.engine.update import Update, failed
from codeout.errors import CodeoutError, Problem
from codeout.formats import NOTEBOOK, format_of
from codeout.lock.observing import observe
from codeout.lock.record import Record
from codeout.lock.versions import versions_of
from codeout.output.shown import Printed
from codeout.page.document import fill, render
from codeout.page.model import SlotKind
from codeout.page.roundtrip import first_misread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.engine.transcript import Transcript
    from codeout.formats import Format
    from codeout.output.figures import Pictures
    from codeout.output.shown import Shown
    from codeout.page.model import Page, Slot


def settle(plan: Plan, transcript: Transcript, config: Config, before: Record | None) -> Update:
    """The update of a page after a run.

    Args:
        plan: The page.
        transcript: Of its run.
        config: The settings.
        before: The record of the page, if there is one.
    """
    if problems := transcript.problems(plan, config.output_limit):
        return failed(plan, problems)
    pictures = pictures_of(plan, config)
    try:
        new = find_new_outputs(plan, transcript, pictures, before)
    except CodeoutError as error:  # the script of a figure is not there
        return failed(plan, [Problem(plan.path, 0, error.message, error.hint)])
    if new.refusals:
        return failed(plan, new.refusals)
    after = _page_with(plan, new.shown)
    if isinstance(after, Problem):
        return failed(plan, [after])
    files, in_the_way = own_figures(plan, pictures, before, recorded=bool(config.lock))
    if in_the_way:
        return failed(plan, in_the_way)
    return Update(
        plan,
        render(after),
        files,
        tuple(new.changes),
        notes=transcript.notes(plan),
        record=None if plan.left else _record(plan, transcript, after, pictures, before),
        outcome=outcome_of(plan, after),
    )


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
