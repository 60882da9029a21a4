"""The lines of a page: as they are in its file, and as the renderer sees them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

RESERVED: Final = {2: "", 3: ""}
"""Characters that the renderer drops, because its placeholders have them; for ``str.translate``."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_KEY = re.compile(r" {0,3}[A-Za-z0-9_-]+:")
_CONTINUATION = re.compile(r"(?: {4}|\t)")


def split_lines(text: str) -> list[str]:
    """Split a text at CRLF, CR and LF only; each line keeps its ending."""
    return _LINE.findall(text)


def ending_of(line: str) -> str:
    """The ending of a line; empty for the last line of a page that does not end it."""
    return line[len(line.rstrip("\r\n")) :]


def plain_lines(raw: Sequence[str]) -> list[str]:
    """Return the lines as the renderer sees them, without endings; front matter is empty.

    Args:
        raw: The lines of a page, with their endings.
    """
    skipped = _count_front_matter(raw, [line.rstrip("\r\n") for line in raw])
    plain = [""] * skipped
    started = False  # blanks count on the first line only: they may be indented code
    for seen in map(plain_line, raw[skipped:]):
        plain.append(seen if seen.strip(" ") or not started else "")
        started = started or bool(seen)
    return plain


def plain_line(line: str) -> str:
    """Return one line as the renderer sees it: without its ending, tabs expanded."""
    return line.rstrip("\r\n").translate(RESERVED).expandtabs(4)


def _count_front_matter(raw: Sequence[str], lines: Sequence[str]) -> int:
    """Count the lines at the start that MkDocs reads as metadata, YAML or ``key: value``."""
    if lines and lines[0].rstrip(" \t") == "---" and raw[0] != lines[0]:
        for index in range(2, len(lines)):
            if lines[index].rstrip(" \t") in {"---", "..."} and raw[index] != lines[index]:
                return index + 1 if _is_mapping("\n".join(lines[1:index]) + "\n") else 0
    count = 0
    for line in lines:
        if not line.strip():
            return count + 1
        if not _KEY.match(line) and not (count and _CONTINUATION.match(line)):
            break
        count += 1
    return count


def _is_mapping(text: str) -> bool:
    """Whether a text is a mapping in YAML."""
    import yaml

    try:
        return isinstance(yaml.safe_load(text), dict)
    except Exception:  # noqa: BLE001  # MkDocs ignores any error
        return False
