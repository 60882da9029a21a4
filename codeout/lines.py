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
_LIST = re.compile(r"[ \t]*-+8<-+")
_NO_FILE = re.compile(r"""[ \t]*(?:;(?!;*-+8<-)|-+8<-+[ \t]+(?:"[^"]+"|'[^']+')$)""")
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
    lines = [line.rstrip("\r\n") for line in raw]
    skipped = _front_matter(raw, lines)
    plain = [""] * skipped
    started = False  # blanks count on the very first line, where they can be indented code
    for line in lines[skipped:]:
        seen = line.translate(UNSEEN).expandtabs(4)
        plain.append(seen if seen.strip(" ") or not started else "")
        started = started or bool(seen)
    return plain


@dataclass(frozen=True, slots=True)
class Includes:
    """What the snippets extension, which reads the lines as they stand, makes of them.

    Attributes:
        made: By the index of a line of its own, what stands there then; None for nothing at all.
        lists: Where each list of files begins and ends; the last may end with the page.
    """

    made: Mapping[int, str | None]
    lists: Sequence[range]


def read_includes(raw: Sequence[str], lines: Sequence[str]) -> Includes:
    """Read the lists of files to include, and the marks of sections.

    Args:
        raw: The lines as they stand.
        lines: As the renderer sees them, front matter blank.
    """
    made: dict[int, str | None] = {}
    marks: list[int] = []
    for at, line in enumerate(lines):
        source = raw[at].rstrip("\r\n")
        if not line or not (len(marks) % 2 or "8<" in source):
            continue
        if _LIST.fullmatch(source):
            marks.append(at)
            made[at] = None
        elif len(marks) % 2:
            made[at] = None if _NO_FILE.match(source) else _from_list(line)
        elif (section := _SECTION.match(source)) and not section[1]:
            made[at] = None
    ends = [*marks[1::2], len(lines)]
    return Includes(made, [range(*pair) for pair in zip(marks[::2], ends, strict=False)])


def _from_list(line: str) -> str:
    """What comes of a line in a list of files: a mark that is shown as it stands, or a file."""
    shown = re.sub("^( *);", r"\1", line)
    return shown if shown != line else re.sub(r"\S.*", "text", line)


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
