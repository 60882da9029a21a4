"""Finds the gaps of a Markdown page, and the files that its text includes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from codeout.page.any_fences import AnyFence, any_fences
from codeout.page.console import is_session, shows_output
from codeout.page.following import outputs_after, tables_of_outputs
from codeout.page.gap import Gap
from codeout.page.gaps import PYCON, RESULTS, SKIPPED, TRANSCRIPTS, UNMARKED, gap_by_text, gap_of
from codeout.page.model import SlotKind
from codeout.page.outside import outside_of
from codeout.page.print_places import find_places
from codeout.page.tab_gaps import result_tabs, unknown_tabs
from codeout.page.value_comments import value_comments

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from codeout.page.layout import Layout
    from codeout.page.model import Block
    from codeout.page.output_hints import OutputHints
    from codeout.page.outside import Outside
    from codeout.page.snippet_syntax import Includes
    from codeout.page.structure import Structure
    from codeout.page.tabs import OutputTab
    from codeout.page.transcripts import Transcript
    from codeout.page.unfenced import Unfenced

IN_COMMENT: Final = "output in a comment (`#>`)"
_RUN: Final = "`<!-- codeout: run -->` before it"
_TRANSCRIPTS: Final = "`transcripts` in `outputs`"
_COMMENTS: Final = "`comments` in `outputs`"
_CONSOLE: Final = "a fence `console`"
_PLAIN: Final = RESULTS | {"none", "nohighlight"}
_BELOW: Final = "`#> …` below a `print`"


@dataclass(frozen=True, slots=True)
class Outline:
    """What was found on a page.

    Attributes:
        lines: The lines as the renderer sees them, without endings.
        structure: The structure of the page.
        outputs: Its output tabs.
        blocks: Its blocks, by the index of their fence.
        slots: The indexes of lines in other slots than tabs.
        hints: How its blocks can have their outputs.
        transcripts: Its transcripts.
    """

    lines: Sequence[str]
    structure: Structure
    outputs: Sequence[OutputTab]
    blocks: Mapping[int, Block]
    slots: frozenset[int]
    hints: OutputHints
    transcripts: Sequence[Transcript] = ()


def find_gaps(page: Outline, layout: Layout) -> Iterator[Gap]:
    """Yield the gaps of a page.

    Args:
        page: What was found on it.
        layout: Where the project has its outputs.
    """
    structure, outputs, blocks = page.structure, page.outputs, page.blocks
    fences = structure.fences
    known = page.slots | {at for output in outputs for at in range(output.start, output.end)}
    # The outputs in tabs are told by their tabs.
    known |= {fences[k].start for tab in result_tabs(structure, layout) for k in tab.within}
    ends = {fences[k].start: fences[k].end for k in blocks}
    outside = outside_of(page.lines, structure, ends, known)
    yield from (_asked(gap, outside, layout) for gap in gaps_in_text(outside, page.hints))
    skipped = {index for index, block in blocks.items() if block.directive.skip}
    for index, block in blocks.items():
        yield from (
            [gap_of_skipped(block)] if index in skipped else _results_in(block, layout, page.hints)
        )
    for output in outputs:
        held = set(output.code.fences) & blocks.keys()
        if held <= skipped and output.start < output.end:
            what = SKIPPED if held else "code that does not run"
            yield Gap(output.start + 1, f"output of {what}", output=True)
    for transcript in page.transcripts:
        yield from transcript.gaps()
    yield from unknown_tabs(structure, blocks.keys() - skipped, layout, page.hints)


def _asked(gap: Gap, page: Outside, layout: Layout) -> Gap:
    """A gap, with the setting as its hint if it is a transcript that no other form would help."""
    code = page.code.get(gap.line - 1)
    typed = isinstance(code, AnyFence) and code.info.lower() in TRANSCRIPTS
    if gap.nearest == PYCON and typed and SlotKind.TRANSCRIPTS not in layout.outputs:
        return replace(gap, nearest=_TRANSCRIPTS)
    return gap


def gap_of_skipped(block: Block) -> Gap:
    """The gap that a block is that does not run."""
    if block.directive.unmarked:
        return Gap(block.line, UNMARKED, _RUN)
    return Gap(block.line, SKIPPED)


def gaps_in_text(page: Outside, hints: OutputHints) -> Iterator[Gap]:
    """Yield the gaps outside of tabs and blocks, with the hints for outputs below blocks."""
    commands = [gap for code in page.code.values() if (gap := _gap_of_commands(code))]
    told = {gap.line - 1 for gap in commands}
    outputs = [gap for gap in outputs_after(page, hints) if gap.line - 1 not in told]
    yield from [*commands, *outputs]
    told |= {gap.line - 1 for gap in outputs}
    yield from (gap for gap in tables_of_outputs(page) if gap.line - 1 not in told)
    for at, code in page.code.items():
        if at not in told and (gap := gap_of(code) or gap_by_text(code)):
            yield gap


def _gap_of_commands(code: AnyFence | Unfenced) -> Gap | None:
    """The gap that commands for a shell are that show their output; None if there are none."""
    named = is_session(code.word, code.text)
    fenced = isinstance(code, AnyFence) and code.word in _PLAIN
    plain = fenced and code.text.lstrip("\n").startswith("$ ")
    if not ((named or plain) and shows_output(code.text)):
        return None
    nearest = f'`console = ["{code.word}"]` in [tool.codeout]' if named else _CONSOLE
    return Gap(code.start + 1, f"{code.title}, commands with output", nearest, output=True)


def included_texts(
    raw: Sequence[str], lines: Sequence[str], includes: Includes
) -> Iterator[tuple[int, str]]:
    """Yield the includes outside of code and of outputs, as written, with the line of each."""
    inside = {at for fence in any_fences(lines) for at in range(fence.start, fence.end + 1)}
    lists = {at: held for held in includes.lists for at in held}
    for at in includes.replaced:
        held = lists.get(at, range(at, at + 1))
        if at == held.start and at not in inside:
            yield at + 1, "".join(raw[held.start : held.stop]).lstrip("> \t")


def _results_in(block: Block, layout: Layout, hints: OutputHints) -> Iterator[Gap]:
    """Yield the output that is written into the comments of a block, and is not read."""
    read = SlotKind.COMMENTS in layout.outputs
    found = find_places(block.code.split("\n")).any  # in code with magics, nothing is
    comments = value_comments(block.code)
    if read and found:
        comments = [each for each in comments if not each.ours]
    if block.directive.hidden or block.language or not comments:
        return
    nearest = hints.anywhere
    if comments[0].ours and found:
        nearest = _COMMENTS
    elif read and not comments[0].ours:
        nearest = _BELOW
    line = block.line_of(1 + comments[0].line)
    yield Gap(line, IN_COMMENT, nearest, output=True)
