"""Hints for exceptions that a page does not expect: what its author may do about each."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Final

from codeout.formats import format_of
from codeout.run.magics import syntax_tree
from codeout.run.names import names_bound

if TYPE_CHECKING:
    from codeout.engine.plan import Plan

_UNDEFINED: Final = re.compile(r"name '(\w+)' is not defined")
_NO_MODULE: Final = re.compile(r"No module named '(\w+)")
_ELLIPSIS: Final = re.compile(r"(?i)ellipsis")
_FIXED: Final = {
    "SystemExit": "a page goes on after the block: leave `sys.exit()` out",
    "EOFError": "nobody types while a page runs: give the value in the code instead of `input()`",
}

# What came with a version of Python: https://docs.python.org/3/whatsnew/.
_NEWER: Final = (
    ((3, 12), re.compile(r"^\s*(?:type\s+\w+|(?:def|class)\s+\w+\[)", re.MULTILINE)),
    ((3, 14), re.compile(r"(?<!\w)[tT][rR]?[\"']|^\s*except\s+[\w.]+\s*,", re.MULTILINE)),
)


def hint_for(plan: Plan, at: int, name: str, summary: str) -> str:
    """What to do about an exception.

    Args:
        plan: The page that ran.
        at: The index of the cell that raised it.
        name: The class of the exception, without its module.
        summary: Its type and the first line of its message.
    """
    directive = format_of(plan.path).directive
    code = plan.cells[at].code
    if name in _FIXED:
        return _FIXED[name]
    if name == "ModuleNotFoundError":
        return _for_module(plan, summary) or f"install the package, or {directive.format('skip')}"
    if name == "NameError" and (found := _UNDEFINED.search(summary)):
        return _for_name(plan, at, found[1])
    if name == "SyntaxError" and (version := _needed_version(code)):
        return f"this syntax came with Python {version}; run the page with that or a newer one"
    if _ELLIPSIS.search(summary) and "..." in code:
        return f"`...` stands for code that is left out: write it, or {directive.format('skip')}"
    return f"if the page means to show this, {directive.format(f'raises={name}')}"


def _for_name(plan: Plan, at: int, name: str) -> str:
    """What to do about a name that is not defined."""
    directive = format_of(plan.path).directive
    places = [k for k, cell in enumerate(plan.cells) if name in _bound(cell.code)]
    titles = [plan.running[k].title for k in places]
    if before := [title for k, title in zip(places, titles, strict=True) if k < at]:
        return f"the block that defines it failed, or deleted it: {before[-1]}"
    if titles:
        return f"the page defines it only later: {titles[0]}"
    return f"the page never defines or imports it: add that, or {directive.format('skip')}"


def _bound(code: str) -> set[str]:
    """The names that a block defines or imports."""
    tree = syntax_tree(code)
    return names_bound(tree) if tree else set()


def _for_module(plan: Plan, summary: str) -> str:
    """What to do about a module that lies in the project and is not found; empty for others."""
    found = _NO_MODULE.search(summary)
    if not found:
        return ""
    for folder in (plan.file.parent, plan.root, plan.root / "src"):
        place = folder / found[1]
        if place.with_suffix(".py").is_file() or (place / "__init__.py").is_file():
            where = "beside the page" if folder == plan.file.parent else "in the project"
            return (
                f"`{found[1]}` is a module {where}; a page runs in a folder of its own: install "
                "the project (`pip install -e .`), or set PYTHONPATH"
            )
    return ""


def _needed_version(code: str) -> str:
    """The version of Python that the syntax of a block needs, if this one is older."""
    for version, pattern in _NEWER:
        if sys.version_info < version and pattern.search(code):
            return ".".join(map(str, version))
    return ""
