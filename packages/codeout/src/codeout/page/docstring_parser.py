"""Modules as pages: the examples in their docstrings, with prompts or in fences, are what runs."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Final

from codeout.errors import Problem
from codeout.page.any_fences import any_fences
from codeout.page.directives import Directive
from codeout.page.docstring_places import DocstringPlaces
from codeout.page.docstring_text import statements_in
from codeout.page.docstrings import ModuleText, OtherString
from codeout.page.document import decode_page
from codeout.page.fences import RUNS
from codeout.page.gap import Gap
from codeout.page.gaps import UNMARKED
from codeout.page.layout import Layout
from codeout.page.lines import split_lines
from codeout.page.markdown_parser import read_page
from codeout.page.model import Block, Page, Part, Slot, SlotKind, Text, count_newlines
from codeout.page.modes import for_mode
from codeout.page.prompts import PromptLines
from codeout.page.transcripts import Transcript

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from codeout.page.string_literals import StringLiteral

_EXAMPLE: Final = re.compile(r">>>(?: |$)|(?:```|~~~)[ {.]*py", re.MULTILINE)
_NO_TEXT: Final = re.compile("[\0\r\ud800-\udfff]")
_CODING: Final = re.compile(
    r"(?:[ \t\f]*(?:#.*)?(?:\r\n|\r|\n))?[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)"
)
_ASKED: Final = "`transcripts` in `outputs`"
_MARKED: Final = '`run = "marked"`'
_ESCAPED: Final = 'write its backslash twice, or make the docstring raw: r"""…"""'
_FIX: Final = "fix it: the module has to be imported"
_NO_DOCSTRING: Final = "write its examples in a docstring, which is one plain string"


def parse(source: bytes, path: str = "<page>", layout: Layout = Layout()) -> Page:
    """Parse a module; see ``codeout.formats.parse``."""
    return decode_page(source, path, lambda text: _read_module(text, path, layout))


def _read_module(text: str, path: str, layout: Layout) -> Page:
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    coding = _CODING.match(text.removeprefix(bom))
    if coding and not text.isascii() and not _is_utf8(coding[1]):
        message = f"says that its encoding is {coding[1]}"
        problem = Problem(path, 1, message, "save the file as UTF-8, and leave that away")
        return Page(path, (Text(text),), (problem,))
    try:
        module = ModuleText(text.removeprefix(bom))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", 0) or 0
        why = getattr(error, "msg", "") or str(error) or "nested too deeply"
        return Page(path, (Text(text),), (Problem(path, line, f"not Python: {why}", _FIX),))
    return _Reader(module, path, layout).page(bom)


def _is_utf8(name: str) -> bool:
    return name.lower().replace("_", "-") in {"utf-8", "utf8", "utf-8-sig"}


def _may_hold_code(text: str) -> bool:
    """Whether Markdown may have fences, or include a file that has some."""
    return any(sign in text for sign in (*RUNS, "8<"))


_Piece = tuple[int, int, int, Block | Slot]
"""The lines where a block or a slot starts and ends, its number as a block, and itself."""


class _Reader:
    """One module being read."""

    def __init__(self, module: ModuleText, path: str, layout: Layout) -> None:
        self.module = module
        self.path = path
        self.layout = layout
        self.problems: list[Problem] = []
        self.gaps: list[Gap] = []
        self.includes: list[tuple[int, str]] = []
        self.strays = 0
        self.blocks = 0

    def page(self, bom: str) -> Page:
        text, position = self.module.text, 0
        parts: list[Part] = [Text(bom)] if bom else []
        for string in self.module.strings():
            for start, part in self.parts(string):
                parts += [Text(text[position:start])] if position < start else []
                parts.append(part)
                position = start + len(part.source)
        parts += [Text(text[position:])] if position < len(text) else []
        problems, gaps = tuple(sorted(self.problems)), tuple(sorted(self.gaps))
        includes, sessions = tuple(self.includes), self.layout.sessions
        return Page(self.path, tuple(parts), problems, self.strays, gaps, includes, sessions)

    def parts(self, string: StringLiteral | OtherString) -> Iterator[tuple[int, Block | Slot]]:
        """Yield the blocks and slots of a string, with their starts."""
        if isinstance(string, OtherString):
            self.tell(string)
        elif not (_EXAMPLE.search(string.value) or _may_hold_code(string.value)):
            return
        elif bad := _NO_TEXT.search(string.value):
            line = self.module.line_of(string.offset(bad.start()))
            self.problem(line, f"the character {bad[0]!r} in a docstring", _ESCAPED)
        else:
            yield from self.docstring(DocstringPlaces(self.module, string))

    def tell(self, string: OtherString) -> None:
        """Tell of examples in a string that is no docstring."""
        found = _EXAMPLE.search(string.source)
        if found and string.ignored:
            line = string.line + count_newlines(string.source[: found.start()])
            self.gaps.append(Gap(line, f"examples in {string.what}", "a docstring"))
        elif found:
            self.problem(string.line, f"examples in {string.what}", _NO_DOCSTRING)

    def docstring(self, places: DocstringPlaces) -> Iterator[tuple[int, Block | Slot]]:
        """Yield the blocks and slots of a docstring, with their starts."""
        numbers: dict[int, int] = {}
        for start, end, number, part in sorted(self.pieces(places), key=lambda each: each[:2]):
            if isinstance(part, Block):
                numbers[number] = self.blocks
                self.blocks += 1
                yield places.offset(start), places.block(start, end, part)
            else:
                slot = places.slot(start, end, part)
                blocks = tuple(numbers[block] for block in part.blocks)
                yield places.offset(start), replace(slot, blocks=blocks)

    def pieces(self, places: DocstringPlaces) -> Iterator[_Piece]:
        """Yield what is in fences, and what has prompts outside of them."""
        page = self.fenced(places)
        taken = {at for each in any_fences(places.lines) for at in range(each.start, each.end + 1)}
        at = 0
        numbers = count()
        for part in page.parts:
            end = at + len(split_lines(part.source))
            if not isinstance(part, Text):
                taken.update(range(at, end))
                yield at, end, next(numbers) if isinstance(part, Block) else -1, part
            at = end
        free = set(range(len(places.lines))) - taken
        typed = self.transcripts(places, free)
        prompted = {each.lines.start + 1 for each in typed}
        for gap in (gap for gap in page.gaps if gap.line not in prompted):
            self.gaps.append(replace(gap, line=places.line(gap.line - 1)))
        for at, each in enumerate(typed):
            number = next(numbers)
            for start, end, part in each.pieces(number):
                if isinstance(part, Block):
                    part = replace(part, continues=at > 0)  # noqa: PLW2901  # they share a session
                yield start, end, number, part

    def fenced(self, places: DocstringPlaces) -> Page:
        """The text of a docstring as a Markdown page."""
        text = "\n".join(places.lines)
        if not _may_hold_code(text):
            return Page(self.path, (Text(text),))
        page = read_page(text, self.path, self.layout)
        self.strays += page.strays
        self.includes += ((places.line(line - 1), include) for line, include in page.includes)
        for each in page.problems:
            self.problems.append(replace(each, line=places.line(each.line - 1)))
        return page

    def transcripts(self, places: DocstringPlaces, free: AbstractSet[int]) -> list[Transcript]:
        """The statements outside of fences, each for itself: text may be between them."""
        found = []
        for each in statements_in(places.lines, free, places.widths):
            if SlotKind.TRANSCRIPTS not in self.layout.outputs:
                self.gaps.append(Gap(places.line(each.start), "transcript", _ASKED))
                continue
            if for_mode(self.layout.run, Directive(), lambda: True).skip:
                self.gaps.append(Gap(places.line(each.start), UNMARKED, _MARKED))
                continue
            raw = [f"{line}\n" for line in places.lines[each.start : each.end]]
            output, end = each.output - each.start, each.end - each.start
            alone = replace(each, start=0, output=output, end=end)
            within = PromptLines(each.start, raw, "")
            of_doctest = self.layout.doctest_options
            transcript = Transcript(within, [alone], Directive(), of_doctest)
            for problem in transcript.problems(self.path):
                self.problems.append(replace(problem, line=places.line(problem.line - 1)))
            for gap in transcript.gaps():
                self.gaps.append(replace(gap, line=places.line(gap.line - 1)))
            found += [transcript] if transcript.statements else []
        return found

    def problem(self, line: int, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, line, message, hint))
