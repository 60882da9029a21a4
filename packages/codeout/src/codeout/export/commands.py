"""Commands of IPython in a block, as Python where there is a way, and else as comments."""

from __future__ import annotations

import ast
import re
from typing import Final

from codeout.run.magics import translate

_TIMED: Final = frozenset({"time", "timeit", "prun", "capture"})
"""Magics that run the Python that they are given."""

_CELL: Final = re.compile(r"\s*%%(?P<name>\w+)")
_LINE: Final = re.compile(r"(?P<indent>\s*)%(?P<name>\w+)\s+(?P<code>\S.*)")
_ASSIGNED: Final = re.compile(r"(?P<target>\s*[\w, .\[\]]+?=\s*)!{1,2}(?P<command>.+)")
_AUTOMAGIC: Final = re.compile(
    r"\s*(?:pip|conda|mamba|uv|ls|cd|pwd|mkdir|cat|rm|cp|mv|who|whos)\b(?!\s*[=(\[.,])"
)


def as_python(source: str) -> str | None:
    """A block as Python alone, line by line; None if there is no way.

    ``%time``, ``%%capture`` and the like leave their Python behind, and ``files = !ls`` becomes a
    call; other commands become comments, also those without ``%``, such as ``pip install``.
    """
    translation = translate(source)
    lines = source.split("\n")
    if translation.cell_magic:
        magic = next(at for at, line in enumerate(lines) if line.strip())
        found = _CELL.match(lines[magic])
        if not found or found["name"] not in _TIMED:
            return None
        rest = as_python("\n".join(lines[magic + 1 :]))
        before = [*lines[:magic], comment(lines[magic])]
        return None if rest is None else "\n".join([*before, rest])
    python = translation.python.split("\n")
    for first, last in translation.commands:
        python[first - 1 : last] = _command(lines[first - 1 : last])
    if is_python(text := "\n".join(python)):
        return text
    python = [comment(line) if _AUTOMAGIC.match(line) else line for line in python]
    return text if is_python(text := "\n".join(python)) else None


def _command(lines: list[str]) -> list[str]:
    """One command, of as many lines."""
    if len(lines) == 1:
        line = lines[0]
        if (found := _LINE.fullmatch(line)) and found["name"] in _TIMED:
            python = f"{found['indent']}{found['code']}"
            return [python] if is_python(python.strip()) else [comment(line)]
        if found := _ASSIGNED.fullmatch(line):
            command = found["command"]
            literal = (
                f"f{command!r}" if "{" in command and is_python(f"f{command!r}") else repr(command)
            )
            return [f"{found['target']}_lines_of({literal})"]
    return [comment(line) for line in lines]


def is_python(source: str) -> bool:
    """Whether Python takes a source; ``await`` may stand outside of functions."""
    try:
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        compile(source, "<cell>", "exec", flags, dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


def comment(text: str) -> str:
    """Text as comments."""
    return "\n".join(f"# {line}".rstrip() for line in re.split(r"\r\n?|\n", text))
