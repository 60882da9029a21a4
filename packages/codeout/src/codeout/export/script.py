"""Exported cells as a script in the percent format, which editors run cell by cell.

Python runs it from top to bottom: an error that a page means to show is caught and printed,
``await`` gets a loop, and what only IPython understands is turned into a comment.
"""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from codeout.export.awaiting import without_await
from codeout.export.cells import Code, Prose, Raw
from codeout.export.commands import as_python
from codeout.export.last_value import keep_last_value, reads_last_value
from codeout.export.script_helpers import helpers_for
from codeout.export.syntax import comment, indented
from codeout.run.names import names_bound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.export.cells import ExportCell

_ALL: Final = {"BaseException", "KeyboardInterrupt", "SystemExit"}
_MARK: Final = re.compile(r"^([^\S\n]*)(?=%%|<codecell>|In\[\d* ?\])", re.MULTILINE)
_CAUGHT: Final = """\
except {name} as _error:
    print(f"{{type(_error).__name__}}: {{_error}}")"""


def as_script(cells: Sequence[ExportCell]) -> str:
    """A script that runs through."""
    taken = [_without_futures(cell) for cell in _without_commands(cells)]
    names = dict.fromkeys(name for _, futures in taken for name in futures)
    first = [Code(f"from __future__ import {', '.join(names)}")] if names else []
    body = "\n\n".join(_cell(cell) for cell, _ in taken) + "\n"
    needed = helpers_for(body)
    head = ["\n\n".join(["# %%", *needed]).replace("\n\n", "\n", 1)] if needed else []
    return "\n\n".join([*map(_cell, first), *head, body])


def _without_commands(cells: Sequence[ExportCell]) -> list[ExportCell]:
    """Turn the code of cells into Python; what cannot be that is a comment."""
    sources = [as_python(cell.source) for cell in cells if isinstance(cell, Code)]
    trees = [ast.parse(source) for source in sources if source is not None]
    names = frozenset(name for tree in trees for name in _names(tree))

    def convert(cell: ExportCell) -> ExportCell:
        if not isinstance(cell, Code):
            return cell
        source = as_python(cell.source, names)
        return replace(cell, source=comment(cell.source) if source is None else source)

    converted = [convert(cell) for cell in cells]
    if not reads_last_value([cell.source for cell in converted if isinstance(cell, Code)]):
        return converted
    return [
        replace(cell, source=keep_last_value(cell.source)) if isinstance(cell, Code) else cell
        for cell in converted
    ]


def _names(tree: ast.Module) -> Iterator[str]:
    """The names that a block binds, in its functions as well."""
    yield from names_bound(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name


def _without_futures(cell: ExportCell) -> tuple[ExportCell, list[str]]:
    """Take out imports from ``__future__``, which Python wants first; return the names as well."""
    if not isinstance(cell, Code) or "__future__" not in cell.source:
        return cell, []
    lines, names = cell.source.split("\n"), []
    for node in ast.parse(cell.source).body:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            names += [alias.name for alias in node.names]
            for at in range(node.lineno - 1, node.end_lineno or node.lineno):
                lines[at] = comment(lines[at])
    return replace(cell, source="\n".join(lines)), names


def _cell(cell: ExportCell) -> str:
    if isinstance(cell, Raw):
        return f"# %% [raw]\n{_without_marks(cell.text)}"
    if isinstance(cell, Prose):
        return f"# %% [markdown]\n{_without_marks(cell.text)}"
    tags = ' tags=["raises-exception"]' if cell.raises else ""
    return f"# %%{tags}\n{_python(cell)}"


def _without_marks(text: str) -> str:
    """Text as comments, none of which begins another cell of the percent format."""
    return comment(_MARK.sub(r"\1\\", text))


def _python(cell: Code) -> str:
    """Code that does not end the script."""
    source = without_await(cell.source)
    if source is None:
        return comment(cell.source)
    if not cell.raises or not ast.parse(source).body:
        return source
    name = "BaseException" if cell.raises.rpartition(".")[2] in _ALL else "Exception"
    return f"try:\n{indented(source)}\n{_CAUGHT.format(name=name)}"
