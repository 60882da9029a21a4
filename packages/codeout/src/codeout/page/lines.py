"""The lines of a page: as they stand, and as the renderer sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

UNSEEN: Final = {2: "", 3: ""}
"""The characters that the renderer keeps for itself, for ``str.translate``."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_MARK = re.compile(
    r"""[ \t]*(?P<escape>;*)-+8<-+(?P<file>[ \t]+(?:"(?:\\"|[^"])+"|'(?:\\'|[^'])+'))?$"""
)
_ROWS = re.compile(r":-?[0-9]*(?::-?[0-9]*)?(?:,(?=[-0-9:])-?[0-9]*(?::-?[0-9]*)?)*$")
"""How a name goes on that asks for some lines of a file."""

_NO_NUMBER = re.compile(r"-(?![0-9])")
_NO_FILE = re.compile(rf";.*|{_ROWS.pattern}|:[a-z][-_0-9a-z]*", re.IGNORECASE)
"""What a name may be that names no file: a comment, or lines or a section alone."""

_SECTION = re.compile(
    r".*?(;?)(?<!-)-+8<-+[ \t]+\[[ \t]*(?:start|end)[ \t]*:[ \t]*[a-z][-_0-9a-z]*[ \t]*\]",
    re.IGNORECASE,
)
_META = re.compile(r" {0,3}[A-Za-z0-9_-]+:")
_META_MORE = re.compile(r"(?: {4}|\t)")


def split_lines(text: str) -> list[str]:
    """Split at CRLF, CR and LF, and nowhere else; each line keeps its ending."""
    return _LINE.findall(text)


def plain_lines(raw: Sequence[str]) -> list[str]:
    """Return the lines as the renderer sees them: tabs expanded, front matter blank."""
    skipped = _front_matter(raw, [line.rstrip("\r\n") for line in raw])
    plain = [""] * skipped
    started = False  # blanks count on the very first line, where they can be indented code
    for seen in map(_seen, raw[skipped:]):
        plain.append(seen if seen.strip(" ") or not started else "")
        started = started or bool(seen)
    return plain


def _seen(line: str) -> str:
    return line.rstrip("\r\n").translate(UNSEEN).expandtabs(4)


@dataclass(frozen=True, slots=True)
class Includes:
    """What the snippets extension, which reads the lines as they stand, makes of them.

    Attributes:
        made: By the index of a line of its own, what stands there then; None for nothing at all.
        lists: Where each list of files begins and ends; the last may end with the page.
        broken: Indexes of lines that ask for lines of a file by what is no number.
    """

    made: Mapping[int, str | None]
    lists: Sequence[range]
    broken: Sequence[int] = ()


def read_includes(raw: Sequence[str], lines: Sequence[str]) -> Includes:
    """Read the lists of files to include, and the marks of sections.

    Args:
        raw: The lines as they stand.
        lines: As the renderer sees them, front matter blank.
    """
    made: dict[int, str | None] = {}
    marks: list[int] = []
    broken: list[int] = []
    for at, line in enumerate(lines):
        source = raw[at].rstrip("\r\n")
        in_list = len(marks) % 2 == 1
        if not line or not (in_list or "8<" in source):
            continue
        mark = _MARK.match(source)
        if mark and mark["escape"]:
            made[at] = line.replace(";", "", 1)
        elif mark or in_list:
            if mark and not mark["file"]:
                marks.append(at)
            name = _name_on(source, mark, in_list=in_list)
            made[at] = None if name is None else re.sub(r"\S.*", "text", line)
            if name and (rows := _ROWS.search(name)) and _NO_NUMBER.search(rows[0]):
                broken.append(at)
        elif (section := _SECTION.match(source)) and not section[1]:
            made[at] = None
    ends = [*marks[1::2], len(lines)]
    lists = [range(*pair) for pair in zip(marks[::2], ends, strict=False)]
    return Includes(made | _first_blanks(raw, lines, made, lists), lists, broken)


def _first_blanks(
    raw: Sequence[str],
    lines: Sequence[str],
    made: Mapping[int, str | None],
    lists: Sequence[range],
) -> dict[int, str]:
    """The line that comes first where those above it are taken: there, blanks count."""
    taken = False
    for at, line in enumerate(lines):
        if made.get(at, line) is None:
            taken = True
        elif taken:
            seen = _seen(raw[at])
            counts = seen and not seen.strip(" ") and not any(at in held for held in lists)
            return {at: seen} if counts else {}
        elif line:
            break
    return {}


def _name_on(source: str, mark: re.Match[str] | None, *, in_list: bool) -> str | None:
    """The name of the file that a line includes; None where it includes none."""
    if mark and (in_list or not mark["file"]):
        return None
    name = (mark["file"].strip()[1:-1] if mark else source).strip()
    return None if _NO_FILE.fullmatch(name) else name


def _front_matter(raw: Sequence[str], lines: Sequence[str]) -> int:
    """Return how many lines at the start MkDocs takes for itself, YAML or ``key: value``."""
    if lines and lines[0].rstrip(" \t") == "---" and raw[0] != lines[0]:
        for index in range(2, len(lines)):
            if lines[index].rstrip(" \t") in {"---", "..."} and raw[index] != lines[index]:
                return index + 1 if _is_mapping("\n".join(lines[1:index]) + "\n") else 0
    count = 0
    for line in lines:
        if not line.strip():
            return count + 1
        if not _META.match(line) and not (count and _META_MORE.match(line)):
            break
        count += 1
    return count


def _is_mapping(text: str) -> bool:
    """Whether MkDocs can read a text as YAML with names and values."""
    import yaml

    try:
        return isinstance(yaml.safe_load(text), dict)
    except Exception:  # noqa: BLE001  # MkDocs lets none through either
        return False
