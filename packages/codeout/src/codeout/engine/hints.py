"""Hints for exceptions that a page does not expect: what its author may do about each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from codeout.engine.ellipses import blamed_ellipsis, ellipsis_of_fragment
from codeout.engine.newer_syntax import needed_version
from codeout.formats import format_of
from codeout.run.magics import syntax_tree
from codeout.run.names import missing_module, names_bound, undefined_name

if TYPE_CHECKING:
    from codeout.engine.plan import Plan

_TRACEBACK: Final = "Traceback (most recent call last):"
_NO_MAGIC: Final = re.compile(r"UsageError: Line magic function `%(\w+)` not found")
_OF_KERNELS: Final = frozenset(
    {"autosave", "clear", "cls", "connect_info", "less", "man", "more", "qtconsole", "subshell"}
)
"""Magics that come with Jupyter's kernel."""
_WINDOW: Final = re.compile("pages have no windows|requires the '\\w+' interactive framework")
_FIXED: Final = {
    "SystemExit": "a page goes on after the block: leave `sys.exit()` out",
    "EOFError": "nobody types while a page runs: give the value in the code instead of `input()`",
}


def hint_for(plan: Plan, at: int, name: str, summary: str) -> str:
    """What to do about an exception.

    Args:
        plan: The page that ran.
        at: The index of the cell that raised it.
        name: The class of the exception, without its module.
        summary: Its type and the first line of its message.
    """
    directive = format_of(plan.path).directive
    if name in _FIXED:
        return _FIXED[name]
    if hint := _for_cause(plan, at, name, summary, directive.format("skip")):
        return hint
    if plan.running[at].directive.hidden:
        return _for_hidden(name)
    if plan.running[at].typed:
        return f"if the page means to show this, write `{_TRACEBACK}` below the statement"
    return f"if the page means to show this, {directive.format(f'raises={name}')}"


def _for_cause(plan: Plan, at: int, name: str, summary: str, skip: str) -> str:
    """What to do about an exception whose cause can be told; empty for others."""
    code = plan.cells[at].code
    if plan.cells[at].language:
        return ""
    if name == "ModuleNotFoundError":
        return _for_module(plan, summary) or f"install the package, or {skip}"
    if name == "NameError" and (undefined := undefined_name(summary)):
        return _for_name(plan, at, undefined, skip)
    if name == "SyntaxError" and (version := needed_version(code)):
        return f"this syntax came with Python {version}; run the page with that or a newer one"
    if left_out := blamed_ellipsis(code, name, summary):
        return _for_ellipsis(left_out, skip)
    return _for_display(summary, skip)


def _for_display(summary: str, skip: str) -> str:
    """What to do where a window or Jupyter's kernel is wanted; empty for other exceptions."""
    if _WINDOW.search(summary):
        return f"the page shows figures without a window: choose no backend, or {skip}"
    if (found := _NO_MAGIC.search(summary)) and found[1] in _OF_KERNELS:
        return f"pages run without a kernel: leave `%{found[1]}` out, or {skip}"
    return ""


def _for_ellipsis(ellipsis: str, skip: str) -> str:
    """What to do about code that is a part of some whole."""
    return f"`{ellipsis}` stands for code that is left out: write it, or {skip}"


def _for_hidden(name: str) -> str:
    """What to do about an exception of code that no reader sees."""
    if name == "AssertionError":
        return "this code checks what the page says: correct the page, or the assertion"
    return "the code is hidden, so that no reader would see this: fix it"


def _for_name(plan: Plan, at: int, name: str, skip: str) -> str:
    """What to do about a name that is not defined."""
    python = [
        (k, cell.code) for k, cell in enumerate(plan.cells) if not (cell.shell or cell.language)
    ]
    places = [k for k, code in python if name in _bound(code)]
    titles = [plan.running[k].title for k in places]
    own = next((session for session in plan.sessions if at in session), places)
    if places and not {*places} & {*own}:
        return f"the block that defines it is in another session: {titles[0]}"
    if before := [title for k, title in zip(places, titles, strict=True) if k < at]:
        return f"the block that defines it failed, or deleted it: {before[-1]}"
    if titles:
        return f"the page defines it only later: {titles[0]}"
    idle = (block for block in plan.page.blocks if block.directive.skip)
    if block := next((block for block in idle if name in _bound(block.code)), None):
        run = format_of(plan.path).directive.format("run")
        fix = run if block.directive.unmarked else "take its `skip` away"
        return f"the block that defines it does not run: {block.title}; {fix}"
    if left_out := ellipsis_of_fragment(plan.cells[at].code):
        return _for_ellipsis(left_out, skip)
    return f"the page never defines or imports it: add that, or {skip}"


def _bound(code: str) -> set[str]:
    """The names that a block defines or imports."""
    tree = syntax_tree(code)
    return names_bound(tree) if tree else set()


def _for_module(plan: Plan, summary: str) -> str:
    """What to do about a module that lies in the project and is not found; empty for others."""
    module = missing_module(summary).partition(".")[0]
    if not module:
        return ""
    for folder in (plan.file.parent, plan.root, plan.root / "src"):
        place = folder / module
        if place.with_suffix(".py").is_file() or (place / "__init__.py").is_file():
            where = "beside the page" if folder == plan.file.parent else "in the project"
            return (
                f"`{module}` is a module {where}; a page runs in a folder of its own: install "
                "the project (`pip install -e .`), or set PYTHONPATH"
            )
    return ""
