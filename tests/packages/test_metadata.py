"""What an index is told of the packages: links, licence, dependencies."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from email.parser import BytesParser
from typing import TYPE_CHECKING

import pytest

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message
    from pathlib import Path

PACKAGES = ("bitext", "codeout")
REPOSITORY = "https://example.org/owner/name"
BUILD = "from setuptools import build_meta as b; print(b.prepare_metadata_for_build_wheel('.'))"
# Whoever uses them has these: the plugins are loaded by their hosts, and a page imports torch. Dask
# Distributed is an extra.
HOSTS = {
    "distributed",
    "docutils",
    "lsprotocol",
    "mkdocs",
    "pygls",
    "pytest",
    "pytest_codeblocks",
    "setuptools",
    "sphinx",
    "torch",
    "zensical",
    "uv",
}
DISTRIBUTIONS = {"PIL": "pillow", "IPython": "ipython", "pymdownx": "pymdown-extensions"}
DISTRIBUTIONS |= {"yaml": "pyyaml", "traitlets": "ipython"}  # IPython is configured by traitlets


def metadata(name: str, folder: Path, repository: str) -> Message:
    """The core metadata of a package, built with an address of the repository."""
    here = ROOT / "packages" / name
    (folder / "src" / name).mkdir(parents=True)
    for file in ("pyproject.toml", "setup.py", "README.md", "LICENSE", f"src/{name}/__init__.py"):
        shutil.copy(here / file, folder / file)
    if (here / "man").is_dir():
        shutil.copytree(here / "man", folder / "man")
    environment = os.environ | {"REPO_URL": repository}
    done = subprocess.run(
        [sys.executable, "-c", BUILD], cwd=folder, env=environment, capture_output=True, check=True
    )
    built = folder / done.stdout.decode().split()[-1] / "METADATA"
    return BytesParser().parsebytes(built.read_bytes(), headersonly=True)


def test_the_links_of_both_packages_come_from_one_setting(tmp_path: Path) -> None:
    bitext, codeout = (
        metadata(name, tmp_path / name, f"{REPOSITORY}/").get_all("Project-URL", [])
        for name in PACKAGES
    )
    assert [line.replace("/bitext/", "/codeout/") for line in bitext] == codeout
    assert f"Source, {REPOSITORY}" in bitext
    for line in (*bitext, *codeout):
        assert f", {REPOSITORY}" in line
        if found := re.search("/HEAD/(.+)", line):
            assert (ROOT / found[1]).exists(), line


def test_without_an_address_there_are_no_links(tmp_path: Path) -> None:
    for name in PACKAGES:
        assert metadata(name, tmp_path / name, "").get_all("Project-URL") is None


def modules(tree: ast.AST) -> Iterator[str]:
    """Yield the first name of each module that code imports when it runs."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module).partition(".")[0]
        yield from modules(node)


@pytest.mark.parametrize("name", PACKAGES)
def test_every_library_that_is_imported_is_a_dependency(name: str) -> None:
    folder = ROOT / "packages" / name
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    imported: set[str] = set()
    for file in folder.rglob("src/**/*.py"):
        imported |= {*modules(ast.parse(file.read_text(encoding="utf-8")))}
    libraries = imported - sys.stdlib_module_names - HOSTS - {name}
    needed = {DISTRIBUTIONS.get(library, library) for library in libraries}
    assert {re.split("[<>=]", line)[0] for line in project["dependencies"]} == needed


@pytest.mark.parametrize("name", PACKAGES)
def test_both_packages_are_of_the_same_people_and_licence(name: str) -> None:
    folder = ROOT / "packages" / name
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert (folder / "LICENSE").read_text(encoding="utf-8") == licence
    assert project["license"] == licence.partition(" ")[0]
    assert project["authors"][0]["name"].lower() in licence.lower()
    assert not [each for each in project["classifiers"] if each.startswith("License")]  # an error
    first = (folder / "CHANGELOG.md").read_text(encoding="utf-8").partition("## [")[2]
    assert first.startswith(("Unreleased]", f"{project['version']}]"))
