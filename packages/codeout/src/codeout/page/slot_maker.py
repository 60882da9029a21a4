"""Makes the slots of a Markdown page: where outputs are, or where they are to be put."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from codeout.page.comments import note_of
from codeout.page.lines import ending_of
from codeout.page.model import FenceStyle, Slot
from codeout.page.tabs import content_width, cut, header_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from codeout.page.annotated_html import Tab
    from codeout.page.model import Block
    from codeout.page.structure import Structure
    from codeout.page.tabs import OutputTab


class SlotMaker:
    """Makes the slots of one page. Indexes are those of lines, from 0, unless they say otherwise.

    Args:
        raw: The lines of the page with their endings.
        lines: The same lines as Markdown sees them.
        structure: The structure of the page.
        blocks: The blocks that are cells, by the indexes of their fences.
        order: The indexes of all blocks, by those of their fences.
    """

    def __init__(
        self,
        raw: Sequence[str],
        lines: Sequence[str],
        structure: Structure,
        blocks: Mapping[int, Block],
        order: Mapping[int, int],
    ) -> None:
        self.raw = raw
        self.lines = lines
        self.fences = structure.fences
        self.blocks = blocks
        self.order = order
        self.ranges = [each for each in structure.comments if note_of(each).versions]
        self.mixed = {"\r", "\n"} <= set(map(ending_of, raw))

    def pieces(self, outputs: Sequence[OutputTab], label: str) -> Iterator[tuple[int, int, Slot]]:
        """Yield the start, the end and the slot of each output tab that blocks fill.

        Args:
            outputs: The output tabs, and the code tabs that have none yet.
            label: The label of a new output tab in a page without any.
        """
        starts = sorted(self.fences[k].start for k in self.blocks)
        label = next((out.tab.label for out in outputs if out.tab), label)
        for output in outputs:
            held = [k for k in output.code.fences if k in self.blocks]
            shown = [k for k in held if not self.blocks[k].directive.skip]
            if shown:
                fences = [self.fences[k] for k in held]
                if not output.tab:  # on the line of a list item, fences may be indented less
                    place = max(output.start, *(fence.end + 1 for fence in fences))
                    output = replace(output, start=place, end=place)  # noqa: PLW2901
                end = min(b for b in (*starts, output.end) if b >= output.start)
                output = replace(output, end=end)  # noqa: PLW2901
                blocks = tuple(self.order[k] for k in shown)
                for versions, start, end in self._by_versions(output):
                    within = replace(output, start=start, end=end)
                    slot = self._slot(within, blocks, fences[0].start, label)
                    yield start, end, replace(slot, versions=versions, active=not versions)

    def _by_versions(self, output: OutputTab) -> Iterator[tuple[str, int, int]]:
        """Yield the main output in a tab, and those of ranges of versions, each with its lines."""
        held = [each for each in self.ranges if output.start <= each.start < output.end]
        ends = [*(each.start for each in held), output.end]
        starts = [output.start, *(each.end + 1 for each in held)]
        ranges = ["", *(note_of(each).versions for each in held)]
        for versions, start, end in zip(ranges, starts, ends, strict=True):
            lines = [at for at in range(start, end) if self.lines[at].strip("> \t")]
            trimmed = (lines[0], lines[-1] + 1) if lines else (start, start)
            yield versions, *(trimmed if held else (start, end))

    def _slot(self, output: OutputTab, blocks: tuple[int, ...], fence: int, label: str) -> Slot:
        tab = output.tab or output.code
        lead = self.lines[tab.line][: tab.column]
        newline = self._newline(tab, output.code)
        source = "".join(self.raw[output.start : output.end])
        model = self.raw[output.start] if source else self.raw[fence]
        prefix = cut(model, content_width(lead))
        ended = bool(ending_of(self.raw[output.start - 1]))
        slot = Slot(source, output.start + ended, blocks, prefix, newline)
        if source:
            held = range(output.start, output.end)
            seen = [k for k in tab.within if self.fences[k].start in held]
            return replace(slot, style=self._style(held), fences=len(seen))
        outer = cut(self.raw[fence], header_width(lead))
        blank = outer.rstrip() + newline
        before = blank if ended else newline + blank
        if not output.tab:
            before += f'{outer}=== "{label}"{newline}{blank}'
        following = self.raw[output.start : output.start + 1]
        blanks = "> \t\r\n" if ">" in lead else None
        after = blank if following and following[0].strip(blanks) else ""
        return replace(slot, before=before, after=after)

    def _newline(self, *tabs: Tab) -> str:
        """The line ending of the first tab that has one; CRLF in a page with several kinds."""
        if self.mixed:
            return "\r\n"
        return next(filter(None, (ending_of(self.raw[tab.line]) for tab in tabs)))

    def _style(self, held: range) -> FenceStyle:
        for fence in self.fences:
            if fence.start in held:
                return FenceStyle(fence.run[0], len(fence.run), fence.info)
        return FenceStyle()
