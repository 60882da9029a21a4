"""The lines of ``files = !command``: a list with as much of IPython's as a script uses."""

from __future__ import annotations

import ast
from textwrap import indent
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

CALL: Final = "_lines_of"
"""The function that runs a command for its lines."""

_PATHS: Final = """\
@property
def {}(self):
    from pathlib import Path

    return [path for path in map(Path, self) if path.exists()]
"""
_MEMBERS: Final[Mapping[str, str]] = {
    **{name: f'{name} = property("\\n".join)\n' for name in ("n", "nlstr")},
    **{name: f'{name} = property(" ".join)\n' for name in ("s", "spstr")},
    **{name: f"{name} = property(lambda self: self)\n" for name in ("l", "list")},
    **{name: _PATHS.format(name) for name in ("p", "paths")},
    "grep": """\
def grep(self, pattern, prune=False, field=None):
    import re

    def fits(line):
        words = line.split()[field:][:1] if field is not None else [line]
        text = "".join(words)
        found = pattern(text) if callable(pattern) else re.search(pattern, text, re.IGNORECASE)
        return bool(found) != bool(prune)

    return _Lines(filter(fits, self))
""",
    "fields": """\
def fields(self, *numbers):
    lines = [line.split() for line in self]
    if not numbers:
        return lines
    chosen = ([words[n] for n in numbers if -len(words) <= n < len(words)] for words in lines)
    return _Lines(" ".join(words) for words in chosen if words)
""",
}
_FUNCTION: Final = f"""\
def {CALL}(command):
    import subprocess

    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    return %s
"""
_LINES: Final = "(done.stdout + done.stderr).splitlines()"


def lines_helper(tree: ast.Module) -> str:
    """The function that runs a command for its lines, for a script that calls it."""
    lists = _names_of_lines(tree)
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    used = {node.attr for node in nodes if _first_name(node) in lists}
    members = "\n".join(code for name, code in _MEMBERS.items() if name in used)
    if not members:
        return _FUNCTION % _LINES
    body = indent(members, "    ")
    return f"class _Lines(list):\n{body}\n\n{_FUNCTION % f'_Lines({_LINES})'}"


def _names_of_lines(tree: ast.Module) -> set[str]:
    """The function itself, and the names that a script binds to lines, or makes of those."""
    found = {CALL}
    for node in ast.walk(tree):
        match node:
            case ast.Assign([ast.Name(name)], value) if _first_name(value) in found:
                found.add(name)
    return found


def _first_name(node: ast.expr) -> str:
    """The name with which an expression like ``name.grep("x").n`` begins; empty for others."""
    while True:
        match node:
            case ast.Name(name):
                return name
            case ast.Attribute(value=inner) | ast.Call(func=inner):
                node = inner
            case _:
                return ""
