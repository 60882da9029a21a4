"""What the packages `page` and `data` may know, and who may know Markdown."""

from __future__ import annotations

import ast
from pathlib import Path

import codeout
import pytest

PACKAGE = Path(str(codeout.__file__)).parent


def imported(folder: Path) -> set[str]:
    """The modules that the modules of a folder import, wherever in them."""
    found = set()
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


@pytest.mark.parametrize(("package", "other"), [("page", "data"), ("data", "page")])
def test_pages_and_data_know_neither_each_other_nor_outputs(package: str, other: str) -> None:
    modules = imported(PACKAGE / package)
    assert not any(name.startswith((f"codeout.{other}", "codeout.output")) for name in modules)


def test_only_pages_know_the_renderer() -> None:
    for folder in PACKAGE.iterdir():
        if folder.is_dir() and folder.name != "page":
            roots = {name.partition(".")[0] for name in imported(folder)}
            assert not roots & {"markdown", "pymdownx"}, folder.name
