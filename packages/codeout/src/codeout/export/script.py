"""Exported cells as a script in the percent format, which editors run cell by cell.

Python runs it from top to bottom: an error that a page means to show is caught and printed,
``await`` gets a loop, and what only IPython understands is turned into a comment.
"""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from codeout.export.cells import Code, Prose, Raw
from codeout.export.commands import as_python, comment
from codeout.run.names import names_bound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.export.cells import ExportCell

_ALL: Final = {"BaseException", "KeyboardInterrupt", "SystemExit"}
_CAUGHT: Final = """\
except {name} as _error:
    print(f"{{type(_error).__name__}}: {{_error}}")"""

_HELPERS: Final = {
    "display": """\
class _Shown:
    def __init__(self, display_id):
        self.display_id = display_id

    def update(self, *values, **_):
        print(*values)

    display = update


def display(*values, display_id=None, **_):
    print(*values)
    return _Shown(display_id) if display_id else None
""",
    "_lines_of": """\
def _lines_of(command):
    import subprocess

    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    return (done.stdout + done.stderr).splitlines()
""",
    "_loop": """\
import asyncio

_loop = asyncio.new_event_loop()""",
}
"""What a script has at its start where it needs it: what IPython brings along."""


def as_script(cells: Sequence[ExportCell]) -> str:
    """A script that runs through."""
    taken = [_without_futures(cell) for cell in cells]
    names = dict.fromkeys(name for _, futures in taken for name in futures)
    first = [Code(f"from __future__ import {', '.join(names)}")] if names else []
    body = "\n\n".join(_cell(cell) for cell, _ in taken) + "\n"
    needed = [code for name, code in _HELPERS.items() if re.search(rf"(?<![\w.]){name}\b", body)]
    head = ["\n\n".join(["# %%", *needed]).replace("\n\n", "\n", 1)] if needed else []
    return "\n\n".join([*map(_cell, first), *head, body])


def _without_futures(cell: ExportCell) -> tuple[ExportCell, list[str]]:
    """Take out imports from ``__future__``, which Python wants first; return the names as well."""
    if not isinstance(cell, Code) or "__future__" not in cell.source:
        return cell, []
    source = as_python(cell.source)
    if source is None:
        return cell, []
    lines, names = source.split("\n"), []
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            names += [alias.name for alias in node.names]
            for at in range(node.lineno - 1, node.end_lineno or node.lineno):
                lines[at] = comment(lines[at])
    return replace(cell, source="\n".join(lines)), names


def _cell(cell: ExportCell) -> str:
    if isinstance(cell, Raw):
        return f"# %% [raw]\n{comment(cell.text)}"
    if isinstance(cell, Prose):
        return f"# %% [markdown]\n{comment(cell.text)}"
    tags = ' tags=["raises-exception"]' if cell.raises else ""
    return f"# %%{tags}\n{_python(cell)}"


def _python(cell: Code) -> str:
    """Code that Python takes, and that does not end the script."""
    source = as_python(cell.source)
    if source is None:
        return comment(cell.source)
    if _awaits(source):
        source = _awaiting(source)
        if _awaits(source):  # such as `from x import *`, which no function may do
            return comment(cell.source)
    if not cell.raises or not ast.parse(source).body:
        return source
    name = "BaseException" if cell.raises.rpartition(".")[2] in _ALL else "Exception"
    return f"try:\n{_inner(source)}\n{_CAUGHT.format(name=name)}"


def _inner(source: str) -> str:
    """Indent code, except for the lines inside of its strings."""
    within = {
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant | ast.JoinedStr) and node.end_lineno
        for line in range(node.lineno + 1, node.end_lineno + 1)
    }
    lines = enumerate(source.split("\n"), start=1)
    return "\n".join(
        f"    {line}" if line.strip() and number not in within else line for number, line in lines
    )


def _awaiting(source: str) -> str:
    """Code with ``await`` outside of functions, as a function that runs to its end."""
    tree = ast.parse(source)
    names = sorted({name for name in names_bound(tree) if name.isidentifier()})
    outer = f"    global {', '.join(names)}\n" if names else ""
    return f"async def _block():\n{outer}{_inner(source)}\n\n\n_loop.run_until_complete(_block())"


def _awaits(source: str) -> bool:
    """Whether code has an ``await`` outside of functions."""
    try:
        compile(source, "<cell>", "exec", dont_inherit=True)
    except SyntaxError:
        return True
    return False
