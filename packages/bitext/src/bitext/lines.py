"""The lines of a page: as they are in its file, and as Python-Markdown sees them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_YAML = re.compile(r"---[ \t]*\n(?P<yaml>.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_KEY = re.compile(r" {0,3}[A-Za-z0-9_-]+:")
_CONTINUATION = re.compile(r" {4}|\t")
_RESERVED = {2: "", 3: ""}  # control characters that Python-Markdown uses for placeholders


def split_lines(text: str) -> list[str]:
    """Split a text at CRLF, CR and LF only; each line keeps its ending."""
    return _LINE.findall(text)


def plain_lines(raw: Sequence[str]) -> list[str]:
    """Return the lines without endings, tabs expanded; blank lines and front matter are empty.

    Args:
        raw: The lines of a page, each with its ending.
    """
    skipped = _count_front_matter(raw)
    plain = (line.rstrip("\r\n").translate(_RESERVED).expandtabs(4) for line in raw[skipped:])
    return [""] * skipped + [line if line.strip(" ") else "" for line in plain]


def _count_front_matter(raw: Sequence[str]) -> int:
    """Count the lines that MkDocs reads as metadata: YAML, or ``key: value`` up to a blank line."""
    lines = [line.rstrip("\r\n") for line in raw]
    ended = bool(raw) and raw[-1] != lines[-1]
    if block := _YAML.match("\n".join([*lines, ""] if ended else lines)):
        return block[0].count("\n") if _is_mapping(block["yaml"]) else 0
    for at, line in enumerate(lines):
        if not line.strip():
            return at + 1
        if not _KEY.match(line) and not (at and _CONTINUATION.match(line)):
            return at
    return len(lines)


def _is_mapping(source: str) -> bool:
    import yaml

    try:
        return isinstance(yaml.safe_load(source), dict)
    except Exception:  # noqa: BLE001  # MkDocs ignores any error
        return False
