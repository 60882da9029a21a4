"""The modules form layers: each knows those below it, and nobody knows the adapters."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import bitext
import codeout
import pytest

SOURCES = {
    ".".join(file.relative_to(root.parent).with_suffix("").parts).removesuffix(".__init__"): file
    for root in (Path(str(package.__file__)).parent for package in (bitext, codeout))
    for file in root.rglob("*.py")
}
ADAPTERS = {"bitext.cli", "codeout.cli.main", "codeout.integrations.pytest"}
ADAPTERS |= {"codeout.integrations.mkdocs.plugin"}


def imports(module: str) -> set[tuple[str, str]]:
    """The modules and names that one imports from our packages, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(SOURCES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {(alias.name, "") for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add((inner if inner in SOURCES else node.module, alias.name))
    return {(origin, name) for origin, name in found if origin.startswith(("bitext", "codeout"))}


KNOWN = {module: {origin for origin, _ in imports(module)} for module in SOURCES}


def test_modules_form_layers() -> None:
    assert [*TopologicalSorter(KNOWN).static_order()]


def test_nobody_knows_the_adapters() -> None:
    for module, known in KNOWN.items():
        allowed = ADAPTERS if module.endswith(".__main__") else set()
        assert not known & (ADAPTERS | {"bitext", "codeout"}) - allowed, module


def test_the_engine_knows_nothing_of_languages() -> None:
    for module, known in KNOWN.items():
        assert module.startswith("bitext") or not any(name.startswith("bitext") for name in known)


@pytest.mark.parametrize("module", SOURCES)
def test_private_names_stay_in_their_module(module: str) -> None:
    private = {name for _, name in imports(module) if name.startswith("_")}
    assert not private


@pytest.mark.parametrize(
    "module",
    [
        "output.normalize",
        "output.compare",
        "output.coverage",
        "page.directives",
        "integrations.mkdocs.notes",
        "output.images",
        "output.diff",
        "page.document",
        "page.notebook",
        "run.slow_notice",
        "errors",
        "stability.analysis",
        "text.terminal",
        "stability.variants",
        "integrations.mkdocs.verification",
    ],
)
def test_what_takes_text_apart_touches_no_world(module: str) -> None:
    """Neither files nor processes: text in, data out."""
    tree = ast.parse(SOURCES[f"codeout.{module}"].read_text(encoding="utf-8"))
    names = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert not names & {"os", "subprocess", "sys", "tempfile", "shutil", "time"}
