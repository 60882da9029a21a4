"""Cells of other publishers: those of MyST and of Quarto, with options."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from codeout.errors import Problem
from codeout.page.any_fences import language_of
from codeout.page.directives import Note
from codeout.page.fences import CELLS
from codeout.page.gaps import is_python

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TAGS: Final = {
    "skip-execution": "codeout: skip",
    "raises-exception": "pytest.mark.xfail",
    "remove-cell": "codeout: hidden",
}
"""The tags of Jupyter, with directives that mean the same."""

_OPTIONS: Final = {
    ("eval", False): "codeout: skip",
    ("error", True): "pytest.mark.xfail",
    ("include", False): "codeout: hidden",
}
"""The options of Quarto, likewise."""

_HEADER: Final = re.compile(
    r"(?P<lead>[> ]*(?:`{3,}|~{3,})) *(?P<name>\{[\w-]+\})(?: +(?P<language>[\w.+-]+))? *"
)
_COMMENT: Final = re.compile(r"#\|(?: |$)")
_FIELD: Final = re.compile(r":[\w-]+:(?: |$)")
_RULE: Final = "---"
_QUARTO: Final = "{python}"
_NO_YAML: Final = "write them as in `:tags: [raises-exception]` or `#| error: true`"


def as_python(line: str, cells: Sequence[str]) -> str:
    """A line that opens a cell, as it would open a fence with Python; any other line as it is.

    Args:
        line: A line without its ending.
        cells: Those of ``CELLS`` that run.
    """
    header = _HEADER.fullmatch(line)
    if header is None or header["name"] not in cells:
        return line
    return f"{header['lead']}python" if is_python(language_of(header["language"] or "py")) else line


@dataclass(frozen=True, slots=True)
class CellOptions:
    """The options on the first lines of a cell.

    Attributes:
        count: How many lines they take that are no code.
        notes: The directives that they mean.
        problems: What is wrong with them.
    """

    count: int = 0
    notes: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_options(opening: str, lines: Sequence[str], line: int, path: str) -> CellOptions:
    """Read the options of a cell.

    Args:
        opening: The line that opens the fence.
        lines: The lines in it, without their indentation.
        line: The line of the first of them in the page, from 1.
        path: The name of the page.
    """
    header = _HEADER.fullmatch(opening.rstrip())
    if header is None or header["name"] not in CELLS:
        return CellOptions()
    held, count = _options_in(lines, myst=header["name"] != _QUARTO)
    while 0 < count < len(lines) and not lines[count].strip():
        count += 1
    values = _mapping("\n".join(held))
    if values is None:
        return CellOptions(count, (), (Problem(path, line, "options that are no YAML", _NO_YAML),))
    notes = tuple(Note(line, text) for text in _directives(values))
    return CellOptions(count, notes)


def _options_in(lines: Sequence[str], *, myst: bool) -> tuple[list[str], int]:
    """The options as YAML, and how many lines they take that are no code."""
    if not myst:  # they are comments of Python
        first = next((at for at, line in enumerate(lines) if not _COMMENT.match(line)), len(lines))
        return [line[len("#| ") :] for line in lines[:first]], 0
    if lines and lines[0].rstrip() == _RULE and _RULE in (each.rstrip() for each in lines[1:]):
        end = next(at for at in range(1, len(lines)) if lines[at].rstrip() == _RULE)
        return list(lines[1:end]), end + 1
    first = next((at for at, line in enumerate(lines) if not _FIELD.match(line)), len(lines))
    return [line[1:].replace(":", ": ", 1) for line in lines[:first]], first


def _mapping(text: str) -> Mapping[str, Any] | None:
    """The values in YAML; None if it is no mapping."""
    import yaml

    try:
        found = yaml.safe_load(text) if text.strip() else {}
    except Exception:  # noqa: BLE001  # it raises more than its own errors
        return None
    return found if isinstance(found, Mapping) else None


def _directives(values: Mapping[str, Any]) -> Iterator[str]:
    for key, value in values.items():
        if key == "tags":
            tags = value if isinstance(value, list) else [value]
            found = (TAGS.get(tag, tag) for tag in tags if isinstance(tag, str))
            yield from (tag for tag in found if tag in TAGS.values() or tag.startswith("codeout:"))
        elif isinstance(value, bool) and (key, value) in _OPTIONS:
            yield _OPTIONS[key, value]
