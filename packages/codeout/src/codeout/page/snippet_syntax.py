"""The syntax of snippets, ``--8<--``, as the snippets extension of pymdown-extensions reads it.

A mark with a quoted name includes a file; bare marks begin and end a list of files, one a line; a
mark with ``[start: name]`` or ``[end: name]`` bounds a section. A semicolon before a mark escapes
it: the extension removes the semicolon and keeps the line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from codeout.page.lines import plain_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NAME: Final = "[a-z][-_0-9a-z]*"
_FILE: Final = r"""[ \t]+(?:"(?:\\"|[^"])+"|'(?:\\'|[^'])+')"""
_RANGES: Final = r":-?[0-9]*(?::-?[0-9]*)?(?:,(?=[-0-9:])-?[0-9]*(?::-?[0-9]*)?)*"

_INCLUDE: Final = re.compile(rf"[ \t]*(?P<escape>;*)-+8<-+(?P<file>{_FILE})?$")
# The lookbehinds let a match begin only where a run of marks does: to try each mark takes long.
_SECTION: Final = re.compile(
    rf"(?<!;)(?P<escape>;*)(?<!-)-+8<-+[ \t]+\[[ \t]*(?:start|end)[ \t]*:[ \t]*{_NAME}[ \t]*\]",
    re.IGNORECASE,
)
_LINE_RANGES: Final = re.compile(rf"{_RANGES}$")
_NO_NUMBER: Final = re.compile(r"-(?![0-9])")
_NO_FILE: Final = re.compile(rf";.*|{_RANGES}|:{_NAME}", re.IGNORECASE)
"""A comment in a list of files, or lines or a section of no file."""


@dataclass(frozen=True, slots=True)
class Includes:
    """How the snippets extension changes the lines of a page.

    Attributes:
        replaced: The text that replaces a line, by the index of the line; None if it is removed.
        lists: The indexes of each list of files, marks included; the last may end with the page.
        malformed: Indexes of lines that ask for lines of a file by something other than a number.
    """

    replaced: Mapping[int, str | None]
    lists: Sequence[range]
    malformed: Sequence[int] = ()


def read_includes(raw: Sequence[str], lines: Sequence[str]) -> Includes:
    """Read the includes and the marks of sections.

    Args:
        raw: The lines of a page, with their endings.
        lines: The same lines from ``plain_lines``.
    """
    replaced: dict[int, str | None] = {}
    bare: list[int] = []
    malformed: list[int] = []
    for at, line in enumerate(lines):
        source = raw[at].rstrip("\r\n")
        in_list = len(bare) % 2 == 1
        listed = in_list and source.strip()  # the renderer drops some characters of it later
        if not (listed or (line and "8<" in source)):
            continue
        mark = _INCLUDE.match(source)
        if mark and mark["escape"]:
            replaced[at] = line.replace(";", "", 1)
        elif mark or in_list:
            if mark and not mark["file"]:
                bare.append(at)
            name = _included_name(source, mark, in_list=in_list)
            replaced[at] = None if name is None else re.sub(r"\S.*|$", "text", line, count=1)
            if name and (found := _LINE_RANGES.search(name)) and _NO_NUMBER.search(found[0]):
                malformed.append(at)
        elif (section := _SECTION.search(source)) and not section["escape"]:
            replaced[at] = None
    ends = [*bare[1::2], len(lines)]
    lists = [range(*pair) for pair in zip(bare[::2], ends, strict=False)]
    return Includes(replaced | _first_blank_line(raw, lines, replaced, lists), lists, malformed)


def is_include(line: str) -> bool:
    """Whether a line is an include or begins or ends a list of files, escaped or not."""
    return _INCLUDE.match(line) is not None


def has_marks(text: str) -> bool:
    """Whether the snippets extension would change a text."""
    return "8<" in text and any(
        is_include(line.rstrip("\r")) or _SECTION.search(line) for line in text.split("\n")
    )


def escape_mark(line: str, *, quoted: bool) -> str:
    """Escape a line that the snippets extension would change.

    Args:
        line: The line, without indentation and quote marks of the place where it will stand.
        quoted: Whether it will stand in a quote; the extension finds no includes there.
    """
    at = _mark_start(line, quoted=quoted)
    return line if at is None else f"{line[:at]};{line[at:]}"


def unescape_mark(line: str, *, quoted: bool) -> str:
    """Undo ``escape_mark``."""
    at = _mark_start(line, quoted=quoted)
    return line if at is None else line[:at] + line[at:].removeprefix(";")


def is_marked(line: str, *, quoted: bool) -> bool:
    """Whether the snippets extension would include a file or bound a section at this line."""
    at = _mark_start(line, quoted=quoted)
    return at is not None and not line.startswith(";", at)


def _mark_start(line: str, *, quoted: bool) -> int | None:
    """The index where the mark of a line starts, its semicolons included."""
    mark = None if quoted else _INCLUDE.match(line)
    mark = mark or _SECTION.search(line)
    return mark.start("escape") if mark else None


def _first_blank_line(
    raw: Sequence[str],
    lines: Sequence[str],
    replaced: Mapping[int, str | None],
    lists: Sequence[range],
) -> dict[int, str]:
    """The line that becomes the first of the page: blanks on it count, as in ``plain_lines``."""
    removed = False
    for at, line in enumerate(lines):
        if replaced.get(at, line) is None:
            removed = True
        elif removed:
            seen = plain_line(raw[at])
            counts = seen and not seen.strip(" ") and not any(at in held for held in lists)
            return {at: seen} if counts else {}
        elif line:
            break
    return {}


def _included_name(source: str, mark: re.Match[str] | None, *, in_list: bool) -> str | None:
    """The name of the file that a line includes; None if it includes none."""
    if mark and (in_list or not mark["file"]):
        return None
    name = (mark["file"].strip()[1:-1] if mark else source).strip()
    return None if _NO_FILE.fullmatch(name) else name
