"""Keeps the outputs of another environment on a page, as those of a range of versions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from codeout.engine.planning import plan_source
from codeout.engine.update import Update
from codeout.errors import Problem
from codeout.formats import NOTEBOOK, format_of
from codeout.page.document import render
from codeout.page.jsx import own_comments
from codeout.page.model import Page, Slot, SlotKind, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.lock.record import Record
    from codeout.page.model import Part

_ELSEWHERE: Final = "an output that differs there, and is in no tab or fence"
_OTHER_RANGE: Final = "the output of `{}` differs there"
_NARROW: Final = "make that range smaller by hand, or name it, so that its output is replaced"
_MAKE_ROOM: Final = "move it to a tab or a fence: only there can outputs differ by version"


@dataclass(frozen=True, slots=True)
class ChangedOutput:
    """An output that is another one in an environment.

    Attributes:
        output: The index of its place among those of the page.
        versions: The range that it is of there already; empty if it is the main output.
        text: What would be written there.
    """

    output: int
    versions: str
    text: str


def keep(
    plan: Plan, config: Config, before: Record, changed: Sequence[ChangedOutput], versions: str
) -> Update:
    """The update of a page that keeps the outputs of an environment beside its own.

    Its record is the one it had, as its own outputs do not change; what the page gave in
    environments is left out, since it now has other outputs there.

    Args:
        plan: The page, which is fresh.
        config: The settings.
        before: Its record.
        changed: The outputs that are others there.
        versions: The range of those that are the main output there, or of this range already.
    """
    form = format_of(plan.path)
    page = form.parse(plan.source, plan.path, plan.layout)
    if problems := [*_refused(page, changed, versions)]:
        return Update(plan, plan.source, problems=tuple(problems))
    texts = {(page.slots[it.output].blocks, it.versions or versions): it for it in changed}
    after = render(replace(page, parts=tuple(_parts(page, texts, versions))))
    planned = plan_source(config, plan.file, after)
    problems = [*planned.problems]
    if not problems and len(planned.page.slots) != len(page.slots):
        message = "with these outputs, the page would be read as another one"
        problems = [Problem(plan.path, 0, message, "write the comment and the output by hand")]
    if problems:
        return Update(plan, plan.source, problems=tuple(problems))
    record = replace(before, outputs=planned.outputs, matrix={})
    return Update(plan, after, record=record)


def _refused(page: Page, changed: Sequence[ChangedOutput], versions: str) -> Iterator[Problem]:
    """Yield the outputs that cannot depend on versions, or do so in another range."""
    for each in changed:
        slot = page.slots[each.output]
        notebook = format_of(page.path) is NOTEBOOK
        if notebook or slot.kind not in {SlotKind.TABS, SlotKind.FENCE}:
            yield Problem(page.path, slot.line, _ELSEWHERE, _MAKE_ROOM)
        elif each.versions not in {"", versions}:
            own = (
                s for s in page.outputs if (s.blocks, s.versions) == (slot.blocks, each.versions)
            )
            line = next((other.line for other in own), slot.line)
            yield Problem(page.path, line, _OTHER_RANGE.format(each.versions), _NARROW)


def _parts(
    page: Page, texts: Mapping[tuple[tuple[int, ...], str], ChangedOutput], versions: str
) -> Iterator[Part]:
    """Yield the parts of a page with the outputs of an environment.

    Args:
        page: The page.
        texts: The outputs, by the blocks that they are of and their ranges.
        versions: The range of those that are new.
    """
    left = dict(texts)
    parts = [*page.parts]
    for at, part in enumerate(parts):
        if not isinstance(part, Slot):
            yield part
            continue
        own = left.pop((part.blocks, part.versions), None)
        yield replace(part, source=own.text) if own else part
        last = not any(isinstance(p, Slot) and p.blocks == part.blocks for p in parts[at + 1 :])
        new = left.pop((part.blocks, versions), None) if last else None
        if new:
            comment = own_comments(page.path, f"<!-- codeout: out {versions} -->")
            blank = part.prefix.rstrip() + part.newline
            ended = part.source.endswith(("\r", "\n"))
            before = blank if ended else part.newline + blank
            yield Text(f"{before}{part.prefix}{comment}{part.newline}{new.text}")
