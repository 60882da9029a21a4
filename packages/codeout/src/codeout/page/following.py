"""Outputs that follow the code and are in no place where outputs are looked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from codeout.page.any_fences import AnyFence
from codeout.page.console import is_session
from codeout.page.gap import Gap
from codeout.page.gaps import RESULTS, gap_by_text, gap_of, holds_prompts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeout.page.output_hints import OutputHints
    from codeout.page.outside import Outside

# Languages of data that code prints.
_DATA: Final = frozenset({"json", "json5", "jsonl", "ndjson", "yaml", "yml", "xml", "csv", "tsv"})
_HEADING: Final = re.compile(r"[> \t]*#{1,6} ")
_LABEL: Final = re.compile(
    r"(?:\S+ ){0,7}(?:outputs?|out|prints?|printed|returns?|results?|gives|yields|shows|displays"
    r"|출력|결과)\b(?: \S+){0,3}",
    re.IGNORECASE,
)
_LONGEST_LABEL: Final = 80
_HTML_TABLE: Final = re.compile(r"[> \t]*<(?:table|div|style)\b", re.IGNORECASE)
_TABLE: Final = re.compile(r"\|?[ \t]*:?-+:?[ \t]*\|[-:| \t]*")
_COLUMN: Final = re.compile(r"outputs?|prints?|printed|출력", re.IGNORECASE)
_PICTURE: Final = re.compile(r"[> \t]*(?:!\[|<img\b)")


def outputs_after(page: Outside, hints: OutputHints) -> Iterator[Gap]:
    """Yield what seems to be the output of the code above it.

    Text in a fence, or indented, seems so up to the next heading; data, tables and pictures do
    right after the code, or after a line such as "It prints:".
    """
    direct = {
        at: (block, labelled)
        for block, end in page.ends.items()
        if end not in page.comments
        for at, labelled in [_next(page, end)]
    }
    for block, at in _below_code(page):
        code = page.code[at]
        python = gap_of(code) or (gap_by_text(code) and at not in direct)
        if code.word in RESULTS and not python and not is_session(code.word, code.text):
            text = isinstance(code, AnyFence) and not holds_prompts(code.text)
            nearest = hints.after(block, at, fence=text)
            yield Gap(at + 1, f"{code.title} after the code", nearest, output=True)
    for at, (block, labelled) in direct.items():
        if at not in page.known and (what := _what(page, at, labelled=labelled)):
            nearest = hints.after(block, at, fence=False)
            yield Gap(at + 1, f"{what} after the code", nearest, output=True)


def tables_of_outputs(page: Outside) -> Iterator[Gap]:
    """Yield the tables below code that have a column of outputs, by its header."""
    fences = (code for code in page.code.values() if isinstance(code, AnyFence))
    inside = {at for code in fences for at in range(code.start, code.end)}
    inside |= {at for start, end in page.ends.items() for at in range(start, end)}
    first = min(page.ends, default=len(page.lines))
    for at in range(first, len(page.lines) - 1):
        rule = page.lines[at + 1].strip("> \t")
        if "|" in page.lines[at] and at not in page.known | inside and _TABLE.fullmatch(rule):
            cells = (cell.strip("> \t*_`") for cell in page.lines[at].split("|"))
            if column := next(filter(_COLUMN.fullmatch, cells), ""):
                yield Gap(at + 1, f"table with the column {column!r}", output=True)


def _below_code(page: Outside) -> Iterator[tuple[int, int]]:
    """Yield code below a block, with no heading between but "Output": the first lines of both."""
    block, at = -1, 0
    while at < len(page.lines):
        if at in page.ends:
            block, at = at, page.ends[at]
        elif code := page.code.get(at):
            yield from [(block, at)] if block >= 0 else []
            at = code.end if isinstance(code, AnyFence) else at
        elif at not in page.known and _HEADING.match(page.lines[at]):
            block = block if _is_label(page.lines[at]) else -1
        at += 1


def _is_label(line: str) -> bool:
    """Whether a line says that an output follows."""
    text = line.strip("> \t#*_:")
    return len(text) <= _LONGEST_LABEL and _LABEL.fullmatch(text) is not None


def _next(page: Outside, end: int) -> tuple[int, bool]:
    """The index of the next line that readers see, and whether a line before it names an output."""
    labelled = False
    for at in range(end + 1, len(page.lines)):
        line = page.lines[at]
        if not line.strip("> \t") or at in page.comments:
            continue
        if labelled or at in page.code or not _is_label(line):
            return at, labelled
        labelled = True
    return end, labelled


def _what(page: Outside, at: int, *, labelled: bool) -> str:
    """What is on a line, if it may be an output; otherwise empty."""
    if code := page.code.get(at):
        data = code.word in _DATA or (labelled and code.word not in RESULTS)
        return code.title if data and not gap_of(code) else ""
    line, *following = page.lines[at : at + 40]
    if _HTML_TABLE.match(line) and any("<table" in each for each in (line, *following)):
        return "HTML table"
    if "|" in line and following and _TABLE.fullmatch(following[0].strip("> \t")):
        return "table"
    return "picture" if _PICTURE.match(line) else ""
