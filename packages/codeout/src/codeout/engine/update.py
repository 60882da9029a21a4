"""A plan and the transcript of its run, to a new page and the problems on the way.

``run`` and ``check`` share all of this and differ in the last step alone: ``run`` writes an
update, ``check`` reports what it would change.
"""

from __future__ import annotations

import datetime as dt
import platform
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from codeout.engine.plan import outputs_digest, pictures_of
from codeout.errors import Problem
from codeout.formats import MARKDOWN, format_of
from codeout.lock.observed import observe
from codeout.lock.record import Record, why_stale
from codeout.lock.versions import versions_of
from codeout.output.compare import agrees, merge
from codeout.output.diff import difference
from codeout.output.rendered import Picture, Printed, Rich, Shown
from codeout.page.document import fill, render
from codeout.page.roundtrip import first_misread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.engine.transcript import Transcript
    from codeout.formats import Format
    from codeout.output.figures import Pictures
    from codeout.page.model import Page, Slot


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

    def problems_by_block(self) -> Mapping[int, Sequence[Problem]]:
        """Problems and changes, by the line of the block that they belong to; 0 for the page."""
        found: dict[int, list[Problem]] = {block.line: [] for block in self.plan.running}
        for problem in (*self.problems, *self.changes):
            line = max((line for line in found if line <= problem.line), default=0)
            found.setdefault(line, []).append(problem)
        return found


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
    form, pictures = format_of(plan.path), pictures_of(plan, config)
    fresh = before is None or not why_stale(plan.inputs, plan.outputs, before, plan.root)
    bodies: dict[int, str] = {}
    fences: dict[int, int] = {}
    changes: list[Problem] = []
    for at, (slot, old) in enumerate(zip(plan.page.slots, plan.shown, strict=True)):
        pieces = transcript.pieces(plan, slot.blocks)
        new = tuple(form.show(piece, pictures.draw) for piece in pieces)
        directives = [plan.page.blocks[index].directive for index in slot.blocks]
        rtol = max(
            (known.rtol for known in directives if known.rtol is not None), default=config.rtol
        )
        recorded_only = bool(old) and any(directive.volatile for directive in directives)
        if _agree(old, new, rtol, pictures) or (recorded_only and fresh):
            pictures.keep(old)
            continue
        merged = _merge(old, new, rtol, pictures)
        pictures.hang(merged)
        bodies[at] = form.body(merged, slot)
        fences[at] = _fences(merged, form)
        if not recorded_only:
            changes.append(_change(plan, slot, bodies[at], missing=not old))
    page, after = plan.page, plan.source
    if bodies:
        filled = fill(page, bodies)
        after = render(filled)
        page = form.parse(after, plan.path, config.tabs)
        if (misread := first_misread(filled, page, fences)) is not None:
            return failed(plan, [_unwritable(plan, plan.page.slots[misread])])
    record = _record(plan, transcript, page, pictures)
    return Update(plan, after, pictures.files(), tuple(changes), record=record)


def _fences(shown: Sequence[Shown], form: Format) -> int:
    """How many fences a body has; where it shows nothing, an empty one stands on a page."""
    if not shown:
        return int(form is MARKDOWN)
    return sum(isinstance(item, Printed) and not item.kind for item in shown)


def _agree(old: Sequence[Shown], new: Sequence[Shown], rtol: float, pictures: Pictures) -> bool:
    return len(old) == len(new) and all(
        _alike(mine, theirs, rtol, pictures) for mine, theirs in zip(old, new, strict=True)
    )


def _alike(old: Shown, new: Shown, rtol: float, pictures: Pictures) -> bool:
    match old, new:
        case _ if old.kind != new.kind:
            return False
        case Printed(), Printed():
            return agrees(old.text, new.text, rtol)
        case Rich(), Rich():
            return agrees(old.html, new.html, rtol)
        case Picture(), Picture():
            return pictures.agree(old, new)
        case _:
            return False


def _merge(
    old: Sequence[Shown], new: Sequence[Shown], rtol: float, pictures: Pictures
) -> tuple[Shown, ...]:
    """The new outputs, with the elisions and the words about pictures that authors wrote."""
    merged: list[Shown] = []
    there = iter([item for item in old if isinstance(item, Picture)])
    for at, item in enumerate(new):
        before = old[at] if at < len(old) else None
        if isinstance(item, Picture):
            known = next(there, item)
            target = known.target if pictures.agree(known, item) else item.target
            merged.append(replace(known, target=target, kind=item.kind))
        elif isinstance(item, Printed) and isinstance(before, Printed):
            merged.append(replace(item, text=merge(before.text, item.text, rtol)))
        else:
            merged.append(item)
    return tuple(merged)


def _change(plan: Plan, slot: Slot, new: str, *, missing: bool) -> Problem:
    was, now = (format_of(plan.path).tell(source, slot) for source in (slot.source, new))
    what = "the output is missing" if missing else "the output differs"
    detail = "\n".join(difference(was, now)) or "a figure looks different"
    block = plan.page.blocks[slot.blocks[-1]]
    line = max(slot.line, block.line)  # in a notebook, the outputs may stand before the code
    return Problem(plan.path, line, block.told(what), "`codeout run` writes it", detail)


def _unwritable(plan: Plan, slot: Slot) -> Problem:
    block = plan.page.blocks[slot.blocks[-1]]
    message = block.told("with its output, the page would be read as another one")
    hint = "close the fence, the comment or the HTML that is left open near it"
    return Problem(plan.path, block.line, message, hint)


def _record(plan: Plan, transcript: Transcript, after: Page, pictures: Pictures) -> Record:
    shown = [format_of(plan.path).read(slot) for slot in after.slots]
    imports = frozenset[str]().union(*(ran.imports for ran in transcript.runs))
    ended = transcript.ended
    return Record(
        inputs=plan.inputs,
        outputs=outputs_digest(after, shown, pictures),
        versions=versions_of(imports),
        python=platform.python_version(),
        device=ended.device,
        date=dt.datetime.now(dt.UTC).date(),
        seconds=ended.seconds,
        blocks=len(plan.blocks),
        stand_ins=ended.stand_ins,
        observed=observe(ended.touched, plan.root, plan.file, ended.began),
    )
