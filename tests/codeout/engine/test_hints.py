"""Hints for exceptions: what fits the cause, where the class alone would not tell."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from codeout.engine.hints import hint_for
from codeout.page.directives import Directive
from codeout.page.model import Block
from codeout.run.job import Cell
from ipykernel.zmqshell import KernelMagics

from tests.codeout.engine.test_transcript import plan

if TYPE_CHECKING:
    from pathlib import Path

    from codeout.engine.plan import Plan

RUN = "write `<!-- codeout: run -->` before the block"
SKIP = "write `<!-- codeout: skip -->` before the block"


def page(*codes: str) -> Plan:
    return plan(*(Cell(code, 1) for code in codes))


@pytest.mark.parametrize(
    ("codes", "hint"),
    [
        pytest.param(["total"], f"the page never defines or imports it: add that, or {SKIP}"),
        pytest.param(["total", "total = 1"], "the page defines it only later: line 20"),
        pytest.param(["import os as total\ndel total", "total"], "", id="deleted before"),
        pytest.param(["%time total = 1\n1/0", "total"], "", id="failed before"),
    ],
)
def test_a_name_that_is_not_defined(codes: list[str], hint: str) -> None:
    at = next(k for k, code in enumerate(codes) if code == "total")
    said = hint_for(page(*codes), at, "NameError", "NameError: name 'total' is not defined")
    assert said == hint or said.startswith("the block that defines it failed, or deleted it: ")


@pytest.mark.parametrize(
    ("directive", "fix"),
    [
        (Directive(skip=True), "take its `skip` away"),
        (Directive(skip=True, unmarked=True), RUN),
    ],
)
def test_a_name_that_a_block_defines_which_does_not_run(directive: Directive, fix: str) -> None:
    idle = Block("", 7, "total = 1\n", directive)
    running = page("total")
    whole = replace(running.page, parts=(*running.page.parts, idle))
    said = hint_for(replace(running, page=whole), 0, "NameError", "name 'total' is not defined")
    assert said == f"the block that defines it does not run: line 7; {fix}"


@pytest.mark.parametrize("folder", ["docs", "", "src"])
def test_a_module_of_the_project_is_not_to_be_installed(folder: str, tmp_path: Path) -> None:
    (tmp_path / folder).mkdir(exist_ok=True)
    (tmp_path / folder / "helper.py").touch()
    file = tmp_path / "docs/page.md"
    one = replace(page("import helper"), file=file, root=tmp_path)
    summary = "ModuleNotFoundError: No module named 'helper'"
    where = "beside the page" if folder == "docs" else "in the project"
    assert f"`helper` is a module {where}" in hint_for(one, 0, "ModuleNotFoundError", summary)
    other = hint_for(one, 0, "ModuleNotFoundError", summary.replace("helper", "helpers"))
    assert other == f"install the package, or {SKIP}"


@pytest.mark.parametrize(
    ("code", "version"),
    [
        ("class Box[T]: pass", (3, 12)),
        ("t'{name}'", (3, 14)),
        ("print 'type x'", (0, 0)),
    ],
)
def test_syntax_that_is_newer_than_this_python(code: str, version: tuple[int, int]) -> None:
    hint = hint_for(page(code), 0, "SyntaxError", "SyntaxError: invalid syntax")
    came = f"this syntax came with Python {version[0]}.{version[1]}"
    assert hint.startswith(came) == (sys.version_info < version)


@pytest.mark.parametrize(
    "code",
    [
        'options = {"a": 1, ...}',
        "options = {**others, ..., 'b': 2}",
        "train(model, lr=0.1, ...)",
        "train(**options, ...)",
        "def train(model, ...):\n    pass",
        "for ... in data:\n    pass",
        "from codeout import ...",
        "with open(...) as ...:\n    pass",
        "x = 1 ...",
        "%time train(lr=0.1, ...)\nx = {'a': 1, ...}",
        "x = …",
        "train(model, …)",
    ],
)
def test_an_ellipsis_that_is_no_python(code: str) -> None:
    mark = "…" if "…" in code else "..."
    hint = hint_for(page(code), 0, "SyntaxError", "SyntaxError: invalid syntax")
    assert hint == f"`{mark}` stands for code that is left out: write it, or {SKIP}"


@pytest.mark.parametrize("code", ["x = [...\ny = = 2", "exec('x = = 1')  # ...", "x = '...' y"])
def test_an_ellipsis_that_is_not_to_blame(code: str) -> None:
    hint = hint_for(page(code), 0, "SyntaxError", "SyntaxError: invalid syntax")
    assert hint.startswith("if the page means to show this")


def test_an_ellipsis_as_a_value() -> None:
    summary = "TypeError: 'ellipsis' object is not iterable"
    hint = hint_for(page("for x in ...:\n    print(x)"), 0, "TypeError", summary)
    assert hint == f"`...` stands for code that is left out: write it, or {SKIP}"


def test_magics_of_a_kernel() -> None:
    for name in set(KernelMagics.magics["line"]) - {"edit"}:  # which IPython has as well
        summary = f"UsageError: Line magic function `%{name}` not found."
        hint = hint_for(page(f"%{name}"), 0, "UsageError", summary)
        assert hint == f"pages run without a kernel: leave `%{name}` out, or {SKIP}"


@pytest.mark.parametrize(
    ("name", "summary"),
    [
        ("UsageError", "UsageError: pages have no windows: 'qt' cannot be used"),
        ("ImportError", "ImportError: … which requires the 'tk' interactive framework, as …"),
    ],
)
def test_windows(name: str, summary: str) -> None:
    hint = hint_for(page("%matplotlib qt"), 0, name, summary)
    assert hint == f"the page shows figures without a window: choose no backend, or {SKIP}"


@pytest.mark.parametrize(
    ("name", "hint"),
    [("AssertionError", "this code checks what the page says"), ("ValueError", "fix it")],
)
def test_hidden_code_shows_nothing(name: str, hint: str) -> None:
    one = page("raise error")
    (block,) = one.page.blocks
    hidden = replace(block, directive=Directive(hidden=True))
    one = replace(one, page=replace(one.page, parts=(hidden,)))
    assert hint in hint_for(one, 0, name, f"{name}: 1")
