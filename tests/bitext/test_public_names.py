"""What ``import bitext`` gives: what it is, that it is documented, and what it costs."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
import tomllib
from importlib import import_module, metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bitext
import pytest
from markdown.extensions import Extension

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = [
    "Avoided",
    "Block",
    "Checked",
    "Finding",
    "Glossary",
    "GlossaryError",
    "Kind",
    "Page",
    "PageError",
    "Pair",
    "Pairing",
    "Settings",
    "SettingsError",
    "Term",
    "Use",
    "check",
    "find_settings",
    "korean",
    "load",
    "makeExtension",
    "mark_title",
    "pair",
    "read_glossary",
    "split_halves",
]
FOLDER = Path(str(bitext.__file__)).parent
_NEEDLESS = {"click", "codeout", "markdown", "pymdownx", "yaml"}


def members() -> Iterator[tuple[str, Any]]:
    """Yield every public object, with the public methods of the classes."""
    for name in NAMES:
        thing = getattr(bitext, name)
        yield name, thing
        for member, value in vars(thing).items() if inspect.isclass(thing) else ():
            if not member.startswith("_") and (
                inspect.isroutine(value) or isinstance(value, property)
            ):
                yield f"{name}.{member}", value


def test_the_public_names() -> None:
    assert bitext.__all__ == NAMES


def test_every_public_name_is_documented() -> None:
    for name, thing in members():
        doc = inspect.getdoc(thing)
        assert doc, name
        assert not doc.startswith(f"{name}("), "made by dataclass"


def test_functions_document_their_arguments() -> None:
    for name in NAMES:
        function = getattr(bitext, name)
        if inspect.isfunction(function):
            doc = inspect.getdoc(function) or ""
            for argument in inspect.signature(function).parameters:
                named = f"\n    {argument}: " in doc or argument in doc.splitlines()[0]
                assert named, f"{name}: {argument}"


def test_signatures_name_no_class_that_is_not_exported() -> None:
    sources = [file.read_text(encoding="utf-8") for file in FOLDER.rglob("*.py")]
    classes = set(re.findall(r"^class ([A-Z]\w+)", "\n".join(sources), re.MULTILINE))
    for name, thing in members():
        function = thing.fget if isinstance(thing, property) else thing
        for annotation in map(str, getattr(function, "__annotations__", {}).values()):
            assert not classes & set(re.findall(r"\w+", annotation)) - set(NAMES), name


def test_the_version_is_that_of_the_distribution() -> None:
    assert bitext.__version__ == metadata.version("bitext")
    with pytest.raises(AttributeError, match="module 'bitext' has no attribute 'nothing'"):
        bitext.nothing  # noqa: B018


def test_the_import_loads_no_library() -> None:
    code = f"import sys, bitext; print(sorted(set(sys.modules) & {_NEEDLESS}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b"[]\n"


def test_the_extensions_have_entry_points() -> None:
    project = tomllib.loads((ROOT / "packages/bitext/pyproject.toml").read_text(encoding="utf-8"))
    points = project["project"]["entry-points"]["markdown.extensions"]
    assert set(points) == {"bitext", "bitext.glossary_links"}
    for name, target in points.items():
        extension = metadata.EntryPoint(name, target, "markdown.extensions").load()
        assert issubclass(extension, Extension)
        assert type(import_module(name).makeExtension()) is extension, "named by its module"
