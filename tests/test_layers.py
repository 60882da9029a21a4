"""The modules form layers: each knows those below it, and nobody knows the adapters."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import codeout

SOURCES = {file.stem: file for file in Path(codeout.__file__).parent.glob("*.py")}
ADAPTERS = ("cli", "mkdocs_plugin", "pytest_plugin")


def imports(module: str) -> set[tuple[str, str]]:
    """The modules and names that one imports from codeout, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(SOURCES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {
                (alias.name.removeprefix("codeout."), "")
                for alias in node.names
                if alias.name.startswith("codeout.")
            }
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("codeout"):
            origin = (node.module or "").removeprefix("codeout").removeprefix(".")
            found |= {(origin or alias.name, alias.name) for alias in node.names}
    return found


KNOWN = {module: {origin for origin, _ in imports(module)} for module in SOURCES}


def test_modules_form_layers() -> None:
    assert [*TopologicalSorter(KNOWN).static_order()]


def test_nobody_knows_the_adapters() -> None:
    for module, known in KNOWN.items():
        assert not known & {*ADAPTERS, "__init__"}, module


@pytest.mark.parametrize("module", SOURCES)
def test_private_names_stay_in_their_module(module: str) -> None:
    private = {name for _, name in imports(module) if name.startswith("_")}
    assert not private


@pytest.mark.parametrize(
    "module", ["normalize", "compare", "directive", "page", "notebook", "problem"]
)
def test_what_takes_text_apart_touches_no_world(module: str) -> None:
    """Neither files nor processes: text in, data out."""
    tree = ast.parse(SOURCES[module].read_text(encoding="utf-8"))
    names = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert not names & {"os", "subprocess", "sys", "tempfile", "shutil", "time"}
