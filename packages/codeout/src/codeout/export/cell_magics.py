"""Cell magics of IPython that a script can have."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from codeout.export.line_magics import split_options
from codeout.export.shell_text import shell_literal
from codeout.export.syntax import comment, indented, is_python

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_BOUND: Final = re.compile(r"--(?:out|err|proc)[ =](\w+)")
_MAGIC: Final = re.compile(r"%%(?P<name>\w+)(?!\S)\s*(?P<given>.*)")


def cell_magic(line: str, body: str, python: str | None, names: AbstractSet[str]) -> str | None:
    """A cell as Python, below its magic as a comment; None if there is no way.

    What it would bind is None then.

    Args:
        line: The magic.
        body: What follows it.
        python: The same as Python, if it can be that.
        names: What the page binds.
    """
    found = _MAGIC.fullmatch(line)
    cell = _cell(found["name"], found["given"], body, python, names) if found else python
    if cell is not None and is_python(cell):
        return f"{comment(line)}\n{cell}"
    if not (bound := _BOUND.findall(line)):
        return None
    lines = comment(f"{line}\n{body}")
    return f"{lines}\n{' = '.join(bound)} = None  # only IPython has it"


def _cell(
    name: str, given: str, body: str, python: str | None, names: AbstractSet[str]
) -> str | None:
    match name, given.split():
        case "time", _:
            return python
        case "timeit" | "prun", _:  # what stands beside the magic runs first
            first = split_options(f"{given} ")[1].strip()
            return "\n".join(filter(None, [first, python])) if python is not None else None
        case "capture", words:
            bound = "".join(f" as {word}" for word in words if not word.startswith("-"))
            return None if python is None else f"with _Captured(){bound}:\n{_body(python)}"
        case "writefile" | "file", [*options, file] if set(options) <= {"-a"}:
            opened = f"open({shell_literal(file, names)}, {'a' if options else 'w'!r})"
            return f"with {opened} as _file:\n    _file.write({_quoted(body)})"
        case "bash" | "sh", [] | ["--no-raise-error"]:
            return f"_shell({_quoted(body)}, {name!r})"
    return None


def _quoted(text: str) -> str:
    """Some lines as a literal that keeps them apart."""
    safe = text.replace("\\", "\\\\").replace('"""', r"\"\"\"").replace("\r", "\\r")
    return f'"""\\\n{safe}\n"""'


def _body(python: str) -> str:
    """Some Python as the body of a statement."""
    return indented(python) if ast.parse(python).body else f"{indented(python)}\n    pass"
