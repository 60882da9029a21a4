"""Blocks as IPython reads them: magics, shell commands and requests for help told from Python."""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Translation:
    """A block of code as Python.

    Attributes:
        python: The block, line by line, with commands as calls of ``get_ipython()``. It need not be
            valid: the block may be wrong. Of a block with a cell magic it is the rest of the block,
            which may be in any language.
        commands: First and last line, counted from 1, of each command: a magic, a shell command, a
            request for help.
        cell_magic: Whether the first command is a cell magic.
    """

    python: str
    commands: tuple[tuple[int, int], ...] = ()
    cell_magic: bool = False


def syntax_tree(code: str) -> ast.Module | None:
    """All Python of a block; None if it is not valid.

    It includes what line magics such as ``%time`` are given, if that is Python, and of a block with
    a cell magic it is the rest of the block.
    """
    if (tree := _parsed(code)) is not None:
        return tree
    if (tree := _parsed(translate(code).python)) is None:
        return None
    given = [part for node in ast.walk(tree) for part in _given_to_magic(node)]
    return ast.Module([*tree.body, *given], [])


def _given_to_magic(node: ast.AST) -> list[ast.stmt]:
    match node:
        case ast.Call(ast.Attribute(attr="run_line_magic"), [_, ast.Constant(str(given))]):
            tree = _parsed(given)
            return tree.body if tree else []
    return []


def translate(code: str) -> Translation:
    """Have IPython translate a block; valid Python stays as it is, and does not load IPython."""
    if _parsed(code) is not None:
        return Translation(code)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the run has shown them
        try:
            return _translated(code)
        except (SyntaxError, SystemError, ValueError):  # IPython gives up on indents and nul bytes
            return Translation(code)


def _parsed(code: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _translated(code: str) -> Translation:
    from IPython.core import inputtransformer2 as ipython

    manager: Any = ipython.TransformerManager()  # type: ignore[no-untyped-call]
    text = code if code.endswith("\n") else f"{code}\n"
    lines = text.splitlines(keepends=True)  # at other characters than \n too
    for clean in manager.cleanup_transforms:
        lines = clean(lines)
    start = text.count("\n") - _newlines(lines)  # empty lines at the start are gone
    if not lines:
        return Translation(code)
    if ipython.cell_magic(lines) != lines:  # type: ignore[no-untyped-call]
        body = [*lines[1:], "\n"] if code.endswith("\n") else lines[1:]
        return _with_cell_magic(start, body)
    origins = [start + _newlines(lines[:at]) for at in range(len(lines))]
    commands = []
    for _ in range(ipython.TRANSFORM_LOOP_LIMIT):
        changed, after = manager.do_one_token_transform(lines)
        if not changed:
            break
        at = next(at for at, pair in enumerate(zip(lines, after, strict=False)) if len({*pair}) > 1)
        rest = at + 1 + len(lines) - len(after)  # one line has replaced some
        commands.append((origins[at] + 1, origins[rest - 1] + 1))
        lines, origins = after, [*origins[: at + 1], *origins[rest:]]
    python = [""] * (code.count("\n") + 1)
    for origin, line in zip(origins, lines, strict=True):
        python[origin] += line.removesuffix("\n")
    return Translation("\n".join(python), tuple(commands))


def _with_cell_magic(start: int, rest: list[str]) -> Translation:
    """A block whose first line, after ``start`` empty ones, is a cell magic."""
    body = translate("".join(rest).removesuffix("\n"))
    magic = start + 1
    python = [""] * magic + (body.python.split("\n") if rest else [])
    others = ((magic + first, magic + last) for first, last in body.commands)
    return Translation("\n".join(python), ((magic, magic), *others), cell_magic=True)


def _newlines(lines: list[str]) -> int:
    return sum(line.count("\n") for line in lines)
