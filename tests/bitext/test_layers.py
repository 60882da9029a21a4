"""The modules form layers: each imports only modules of the layers before its own."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import bitext
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

LAYERS = (
    ("model", "lines", "inline", "korean", "number_words", "avoided", "text_runs", "settings"),
    ("glossary",),
    ("tree", "pairing", "glossary_page"),
    ("parser", "finding", "annotate", "glossary_links"),
    ("page", "inline_pairs"),
    ("github",),
    ("rules.context", "headings"),
    (
        "rules.presence",
        "rules.agreement",
        "rules.wording",
        "rules.counts",
        "rules.style",
        "extension",
    ),
    ("rules",),
    ("", "cli"),
    ("__main__",),
)
LAYER = {module: number for number, modules in enumerate(LAYERS) for module in modules}
LIBRARIES = {
    "click": {"cli"},
    "markdown": {"parser", "headings", "extension", "glossary_links", "inline_pairs"},
    "pymdownx": {"parser"},
    "yaml": {"lines"},
}
FOLDER = Path(str(bitext.__file__)).parent
SOURCES = {
    ".".join(file.relative_to(FOLDER).with_suffix("").parts).removesuffix("__init__").rstrip("."): (
        ast.parse(file.read_text(encoding="utf-8"))
    )
    for file in FOLDER.rglob("*.py")
}


def imports(tree: ast.AST, *, typing: bool = True) -> Iterator[tuple[str, str]]:
    """Yield each module that is imported anywhere, and the name taken from it.

    Args:
        tree: The source.
        typing: Whether imports count that only a type checker needs.
    """
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING" and not typing:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((str(node.module), alias.name) for alias in node.names)
        yield from imports(node, typing=typing)


def own_modules(module: str) -> set[str]:
    """The modules of the package that one imports, the package itself as ``""``."""
    found = set()
    for origin, name in imports(SOURCES[module]):
        package, _, inner = origin.partition(".")
        if package == "bitext":
            submodule = f"{inner}.{name}".strip(".")
            found.add(submodule if submodule in SOURCES else inner)
    return found


def test_every_module_has_its_layer() -> None:
    assert set(SOURCES) == set(LAYER)


@pytest.mark.parametrize("module", SOURCES)
def test_a_module_imports_from_layers_before_its_own(module: str) -> None:
    later = {each for each in own_modules(module) if LAYER[each] >= LAYER[module]}
    assert not later


@pytest.mark.parametrize("module", SOURCES)
def test_private_names_stay_in_their_module(module: str) -> None:
    taken = [name for origin, name in imports(SOURCES[module]) if origin.startswith("bitext")]
    assert not [name for name in taken if name.startswith("_")]


def test_libraries_stay_in_the_modules_that_need_them() -> None:
    users: dict[str, set[str]] = {}
    for module, tree in SOURCES.items():
        for origin, _ in imports(tree, typing=False):
            users.setdefault(origin.partition(".")[0], set()).add(module)
    assert {library: users[library] for library in LIBRARIES} == LIBRARIES
    assert "codeout" not in users
