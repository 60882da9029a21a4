"""Notebooks as pages: their parts are cut out of the JSON, so that the rest stays as it is."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from codeout.errors import Problem
from codeout.page.directives import Note, read_directive
from codeout.page.document import decode_page
from codeout.page.fence_words import notes_of
from codeout.page.fences import PYTHON
from codeout.page.find_gaps import gap_of_skipped, gaps_in_text
from codeout.page.gaps import SKIPPED, Gap
from codeout.page.json_spans import JsonText
from codeout.page.lines import plain_line
from codeout.page.model import Block, JsonStyle, Layout, Page, Part, Slot, Text
from codeout.page.modes import for_mode
from codeout.page.outside import outside_of
from codeout.page.structure import read_structure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeout.page.json_spans import JsonSpan

TAGS: Final = {
    "skip-execution": "codeout: skip",
    "raises-exception": "pytest.mark.xfail",
    "remove-cell": "codeout: hidden",
}
"""The tags of Jupyter, with directives that mean the same."""

_FORMAT, _MINOR = 4, 5
_FIX: Final = "fix the file, or save the notebook again in Jupyter"
_IN_CELL: Final = "remove it: the outputs of a notebook are in its cells"
_WHOLE: Final = "write the whole character, or `chr(…)` where half of one is meant"
_TAG: Final = "the tag `codeout:run`"
_CELL: Final = "a code cell"
_LONGEST: Final = 100
_VAGUE: Final = {"anyOf", "oneOf"}
_FIRST_LINE: Final = re.compile(r"\s*\{[ \t]*(\r\n|\r|\n)([ \t]*)")
_COLON: Final = re.compile(r" ?: ?\Z")
_ESCAPE: Final = re.compile(r"(?<!\\)\\u(?!00[0-7])[0-9a-fA-F]{4}")
_HALF: Final = re.compile("[\ud800-\udfff]")


def parse(source: bytes, path: str = "<page>", layout: Layout = Layout()) -> Page:
    """Parse a notebook; see ``codeout.formats.parse``."""
    return decode_page(source, path, lambda text: _read_page(text, path, layout))


def _read_page(text: str, path: str, layout: Layout) -> Page:
    if problem := _find_problem(text, path):
        return Page(path, (Text(text),), (problem,))
    parser = _Parser(text, path, layout)
    parts = tuple(parser.parts())
    gaps = tuple(sorted(parser.gaps))
    return Page(path, parts, tuple(parser.problems), gaps=gaps, sessions=layout.sessions)


class _Parser:
    """One notebook being read."""

    def __init__(self, text: str, path: str, layout: Layout) -> None:
        self.text = text
        self.layout = layout
        self.json = JsonText(text)
        self.path = path
        self.problems: list[Problem] = []
        self.gaps: list[Gap] = []
        first = _FIRST_LINE.match(text)
        self.newline: str = first[1] if first else "\n"
        self.indent: str | None = first[2] if first else None
        self.ascii = text.isascii() and _ESCAPE.search(text) is not None

    def parts(self) -> Iterator[Part]:
        """Yield the parts in order; in a cell, the outputs may come before the code."""
        position = 0
        for span, part in sorted(self.pieces(), key=lambda piece: piece[0].start):
            yield Text(self.text[position : span.start])
            yield part
            position = span.end
        yield Text(self.text[position:])

    def pieces(self) -> Iterator[tuple[JsonSpan, Part]]:
        """The code of each code cell, and the outputs of cells that run and are shown."""
        book = self.json.members(self.json.whole)
        if _language(self.json.value(book["metadata"])) not in PYTHON:
            return
        blocks = 0
        for number, span in enumerate(self.json.elements(book["cells"]), start=1):
            cell = self.json.members(span)
            if self.json.value(cell["cell_type"]) != "code":
                self.gaps += self.gaps_of_text(cell, f"cell {number}")
                continue
            block = self.block(cell, f"cell {number}")
            if _HALF.search(block.code):
                self.problem(block, block.line, "half a character in the code", _WHOLE)
                continue
            yield cell["source"], block
            if block.directive.skip and not block.directive.hidden:
                self.gaps += self.gaps_of_skipped(cell, block)
            if not block.directive.skip and not block.directive.hidden:
                yield cell["outputs"], self.slot(cell["outputs"], blocks)
            blocks += 1

    def gaps_of_skipped(self, cell: dict[str, JsonSpan], block: Block) -> Iterator[Gap]:
        gap = gap_of_skipped(block)
        yield replace(gap, nearest=_TAG if gap.nearest else "", name=block.name)
        if self.json.value(cell["outputs"]):
            line = self.json.line(cell["outputs"].start)
            yield Gap(line, f"output of {SKIPPED}", output=True, name=block.name)

    def gaps_of_text(self, cell: dict[str, JsonSpan], name: str) -> Iterator[Gap]:
        """The gaps in a cell of Markdown: Python there does not run."""
        if self.json.value(cell["cell_type"]) != "markdown" or "source" not in cell:
            return
        text = "".join(self.json.value(cell["source"]))
        lines = [plain_line(line) for line in text.split("\n")]
        for gap in gaps_in_text(outside_of(lines, read_structure(lines))):
            line = self.line_of(cell["source"], gap.line)
            yield replace(gap, line=line, nearest=_CELL, name=name)

    def line_of(self, source: JsonSpan, number: int) -> int:
        """The line in the file of a line of a cell, both counted from 1."""
        value = self.json.value(source)
        if isinstance(value, str):
            return self.json.line(source.start)
        for span, piece in zip(self.json.elements(source), value, strict=True):
            number -= piece.count("\n") or 1
            if number <= 0:
                return self.json.line(span.start)
        return self.json.line(source.end)

    def block(self, cell: dict[str, JsonSpan], name: str) -> Block:
        """The block of a cell, with its directive from the tags."""
        span = cell["source"]
        code = "".join(self.json.value(span))
        code += "\n" if code and not code.endswith("\n") else ""
        block = Block(self.json.source(span), self.json.line(span.start), code, name=name)
        notes = [*self.notes(cell["metadata"])]
        directive, problems = read_directive(notes, self.path)
        for each in problems:
            self.problem(block, each.line, each.message, each.hint)
        if directive.out:
            self.problem(block, block.line, "the tag `codeout:out` means nothing here", _IN_CELL)
        for note in notes:
            if note.hides and note.text != TAGS["remove-cell"]:
                hint = "give the cell the tag `remove-cell`, which others know too"
                self.problem(block, note.line, "a tag that hides nothing from readers", hint)
        outputs = cell["outputs"]
        directive = for_mode(self.layout.run, directive, lambda: bool(self.json.value(outputs)))
        return replace(block, directive=directive)

    def notes(self, metadata: JsonSpan) -> Iterator[Note]:
        """The tags of a cell that are directives."""
        tags = self.json.members(metadata).get("tags")
        for span in self.json.elements(tags) if tags else ():
            tag = self.json.value(span)
            if tag in TAGS or tag.startswith("codeout:"):
                yield Note(self.json.line(span.start), TAGS.get(tag, tag))
            yield from notes_of([tag], self.json.line(span.start), self.layout.mapping)

    def slot(self, outputs: JsonSpan, block: int) -> Slot:
        """The slot for the outputs of a block, with the style of its JSON."""
        found = _COLON.search(self.text[max(0, outputs.start - len(" : ")) : outputs.start])
        colon = found[0] if found else ": "
        comma = ", " if self.indent is None and colon.endswith(" ") else ","
        return Slot(
            self.json.source(outputs),
            self.json.line(outputs.start),
            (block,),
            self.json.indentation(outputs.start),
            self.newline,
            json=JsonStyle(self.indent, comma, colon, self.ascii),
        )

    def problem(self, block: Block, line: int, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, line, block.with_name(message), hint))


def _find_problem(text: str, path: str) -> Problem | None:
    """Why a text is not a notebook that can run; None if it is one."""
    try:
        book = json.loads(text)
    except json.JSONDecodeError as error:
        line = JsonText(text).line(error.pos)
        message = f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        return Problem(path, line, message, _FIX)
    except (ValueError, RecursionError):  # limits of Python that JSON does not have
        return Problem(path, 0, "JSON with a number or a nesting beyond all bounds", _FIX)
    match book:
        case {"nbformat": int(version)} if version != _FORMAT:
            message = f"a notebook of format {version}; codeout reads format {_FORMAT}"
            return Problem(path, 0, message, "open it in Jupyter and save it")
        case {"nbformat": 4, "nbformat_minor": int(), "metadata": dict(), "cells": [*cells]}:
            if all(map(_is_cell, cells)):
                return None
    return _problem_by_nbformat(book, text, path)


def _is_cell(cell: object) -> bool:
    """Whether a cell has all fields that are needed to run it, or is no code cell."""
    match cell:
        case {"cell_type": "code", "source": source, "metadata": dict(data), "outputs": list()}:
            tags = data.get("tags", [])
            return (isinstance(source, str) or _are_texts(source)) and _are_texts(tags)
        case {"cell_type": str(kind)}:
            return kind != "code"
    return False


def _are_texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)


def _problem_by_nbformat(book: object, text: str, path: str) -> Problem:
    error = _first_error(book)
    where = list(error.relative_path) if error else []
    key = next((f"`{each}`: " for each in reversed(where[1:]) if isinstance(each, str)), "")
    plain = error and error.validator not in _VAGUE and len(error.message) <= _LONGEST
    why = f"{key}{error.message if plain else 'not as nbformat has it'}"
    match where:
        case ["cells", int(at), *_]:
            places = JsonText(text)
            cell = places.elements(places.members(places.whole)["cells"])[at]
            return Problem(path, places.line(cell.start), f"cell {at + 1}: {why}", _FIX)
    return Problem(path, 0, f"not a notebook: {why}", _FIX)


def _first_error(book: object) -> Any:
    """The first error that nbformat finds; None if there is none."""
    # Loaded here: it takes longer than to read most notebooks, and few have an error.
    from nbformat.validator import iter_validate

    minor = book.get("nbformat_minor") if isinstance(book, dict) else None
    minor = minor if minor in range(_MINOR) else _MINOR
    try:
        return next(iter_validate(book, version=_FORMAT, version_minor=minor), None)  # type: ignore[no-untyped-call]
    except TypeError:  # it fails if the type of a cell is no text
        return None


def _language(metadata: object) -> str:
    match metadata:
        case {"language_info": {"name": str(name)}} | {"kernelspec": {"language": str(name)}}:
            return name.lower()
    return "python"
