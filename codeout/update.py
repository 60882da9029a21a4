"""A plan and the transcript of its run, to a new page and the problems on the way.

``run`` and ``check`` share all of this and differ in the last step alone: ``run`` writes an
update, ``check`` reports what it would change.
"""

from __future__ import annotations

import datetime as dt
import difflib
import platform
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from codeout.compare import agrees, merge
from codeout.files import replace_file
from codeout.gallery import Gallery
from codeout.lock import Record, why_stale
from codeout.output import Figure, Html
from codeout.page import fill, parse, render
from codeout.plan import outputs_digest
from codeout.problem import Problem
from codeout.shown import Picture, Printed, Rich, Shown, body, printed, read, rich
from codeout.versions import versions_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from codeout.config import Config
    from codeout.lock import Lock
    from codeout.parts import Page, Slot
    from codeout.plan import Plan
    from codeout.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Update:
    """What a run makes of a page.

    Attributes:
        plan: The page as it was.
        after: Its bytes with the outputs of the run; as they were where all agree.
        pictures: Files to write, with their bytes; None for a file that is shown no more.
        changes: Where the page's outputs differ from those of the run.
        problems: Why the page cannot be written; then it is left as it was.
        record: What to remember of the run.
    """

    plan: Plan
    after: bytes
    pictures: Mapping[Path, bytes | None] = field(default_factory=dict)
    changes: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    record: Record | None = None

    @property
    def writes(self) -> bool:
        """Whether the page or its pictures change."""
        return self.after != self.plan.source or bool(self.pictures)


def failed(plan: Plan, problems: Iterable[Problem]) -> Update:
    """The update of a page that did not run to its end."""
    return Update(plan, plan.source, problems=tuple(problems))


def settle(plan: Plan, transcript: Transcript, config: Config, before: Record | None) -> Update:
    """Compare what a page shows with what its run left behind, and say what to write.

    Volatile outputs are not compared; they stay while the page is fresh, or where nothing is
    remembered of it.

    Args:
        plan: The page.
        transcript: Of its run.
        config: The tolerance, and where figures go.
        before: What was remembered of the page.
    """
    problems = transcript.problems(plan, config.output_limit)
    if problems:
        return failed(plan, problems)
    gallery = Gallery(plan, config)
    fresh = before is None or not why_stale(plan.inputs, plan.outputs, before)
    bodies: dict[int, str] = {}
    changes: list[Problem] = []
    for at, (slot, old) in enumerate(zip(plan.page.slots, plan.shown, strict=True)):
        new = _shown(transcript, plan, slot, gallery)
        directives = [plan.page.blocks[index].directive for index in slot.blocks]
        rtol = max(
            (known.rtol for known in directives if known.rtol is not None), default=config.rtol
        )
        recorded_only = bool(old) and any(directive.volatile for directive in directives)
        if _agree(old, new, rtol, gallery) or (recorded_only and fresh):
            gallery.keep(old)
            continue
        merged = _merge(old, new, rtol)
        gallery.hang(merged)
        bodies[at] = body(merged, slot)
        if not recorded_only:
            changes.append(_change(plan.path, slot, old, bodies[at]))
    after = render(fill(plan.page, bodies))
    record = _record(plan, transcript, parse(after, plan.path, config.tabs), gallery)
    return Update(plan, after, gallery.files(), tuple(changes), record=record)


def write(update: Update, lock: Lock) -> tuple[Problem, ...]:
    """Write a page, its figures and its record, or tell why nothing was written.

    Args:
        update: What to write; one with problems writes nothing.
        lock: Where to remember the run; its file is written too.
    """
    plan = update.plan
    if update.problems:
        return ()
    try:
        if plan.file.read_bytes() != plan.source:
            hint = "run it again"
            return (Problem(plan.path, 0, "changed while it ran, and was not written", hint),)
        for file, data in update.pictures.items():
            if data is not None:
                replace_file(file, data)
        replace_file(plan.file, update.after)
        if update.record is not None:
            lock.put(plan.path, update.record)
            lock.write()
        for file, data in update.pictures.items():
            if data is None:
                file.unlink(missing_ok=True)
    except OSError as error:
        return (Problem(plan.path, 0, f"cannot be written: {error.strerror}"),)
    return ()


def _shown(transcript: Transcript, plan: Plan, slot: Slot, gallery: Gallery) -> tuple[Shown, ...]:
    shown: list[Shown] = []
    for piece in transcript.pieces(plan, slot.blocks):
        if isinstance(piece, Figure):
            shown.append(gallery.draw(piece))
        elif isinstance(piece, Html):
            shown.append(rich(piece.source))
        else:
            shown.append(printed(piece))
    return tuple(shown)


def _agree(old: Sequence[Shown], new: Sequence[Shown], rtol: float, gallery: Gallery) -> bool:
    return len(old) == len(new) and all(
        _alike(mine, theirs, rtol, gallery) for mine, theirs in zip(old, new, strict=True)
    )


def _alike(old: Shown, new: Shown, rtol: float, gallery: Gallery) -> bool:
    match old, new:
        case Printed(), Printed():
            return agrees(old.text, new.text, rtol)
        case Rich(), Rich():
            return agrees(old.html, new.html, rtol)
        case Picture(), Picture():
            return gallery.agree(old, new)
        case _:
            return False


def _merge(old: Sequence[Shown], new: Sequence[Shown], rtol: float) -> tuple[Shown, ...]:
    """The new outputs, with the elisions and the words about pictures that authors wrote."""
    merged: list[Shown] = []
    pictures = iter([item for item in old if isinstance(item, Picture)])
    for at, item in enumerate(new):
        before = old[at] if at < len(old) else None
        if isinstance(item, Picture):
            known = next(pictures, item)
            merged.append(replace(item, alt=known.alt, extra=known.extra))
        elif isinstance(item, Printed) and isinstance(before, Printed):
            merged.append(Printed(merge(before.text, item.text, rtol)))
        else:
            merged.append(item)
    return tuple(merged)


def _change(path: str, slot: Slot, old: Sequence[Shown], new: str) -> Problem:
    was, now = (
        [line.removeprefix(slot.prefix) for line in text.splitlines()]
        for text in (slot.source, new)
    )
    diff = difflib.unified_diff(was, now, "in the page", "from the run", lineterm="")
    what = "the output differs" if old else "the output is missing"
    detail = "\n".join(diff) or "a figure looks different"
    return Problem(path, slot.line, what, "`codeout run` writes it", detail)


def _record(plan: Plan, transcript: Transcript, after: Page, gallery: Gallery) -> Record:
    shown = [read(slot) for slot in after.slots]
    imports = frozenset[str]().union(*(ran.imports for ran in transcript.runs))
    ended = transcript.ended
    return Record(
        inputs=plan.inputs,
        outputs=outputs_digest(after, shown, gallery.read),
        versions=versions_of(imports),
        python=platform.python_version(),
        device=ended.device,
        date=dt.datetime.now(dt.UTC).date(),
        seconds=ended.seconds,
        blocks=len(plan.blocks),
        stand_ins=ended.stand_ins,
    )
