"""The built wheels, installed into an environment away from the checkout: everything is in them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.folder import Folder, tabs
from tests.support.paths import ROOT

PACKAGES = ("bitext", "codeout")
NOT_SOURCE = shutil.ignore_patterns("build", "*.egg-info", "__pycache__")


@dataclass(frozen=True)
class Installed:
    """An environment with both packages.

    Attributes:
        folder: Where it keeps the packages.
        python: Its interpreter.
    """

    folder: Path
    python: Path

    def run(self, *arguments: str | Path, cwd: Path) -> str:
        """What a module prints that ends well, in an environment that knows no checkout."""
        known = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        command = [self.python, *arguments]
        done = subprocess.run(
            command, cwd=cwd, env=known, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Both wheels, built from copies and installed without the network; the rest is borrowed."""
    root = tmp_path_factory.mktemp("wheels")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    alone = ["--no-index", "--no-deps"]
    for name in PACKAGES:
        shutil.copytree(ROOT / "packages" / name, root / name, ignore=NOT_SOURCE)
    sources = [root / name for name in PACKAGES]
    wheels = [*pip, "wheel", *alone, "--no-build-isolation", "--wheel-dir", root / "built"]
    subprocess.run([*wheels, *sources], check=True)
    venv.create(root / "environment", symlinks=True)
    paths = {"base": str(root / "environment"), "platbase": str(root / "environment")}
    folder, programs = (
        Path(sysconfig.get_path(of, "venv", paths)) for of in ("purelib", "scripts")
    )
    python = programs / "python"
    built = sorted((root / "built").glob("*.whl"))
    assert len(built) == len(PACKAGES)
    subprocess.run([*pip, "--python", python, "install", *alone, *built], check=True)
    (folder / "borrowed.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return Installed(folder, python)


def files(folder: Path) -> set[Path]:
    """All files of a package, relative to it."""
    found = (file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    return {file for file in found if file.suffix != ".pyc"}


@pytest.mark.parametrize("name", PACKAGES)
def test_every_file_of_the_sources_is_installed(name: str, installed: Installed) -> None:
    ours = files(ROOT / "packages" / name / "src" / name)
    assert Path("py.typed") in ours
    assert files(installed.folder / name) == ours
    where = installed.run("-c", f"import {name}; print({name}.__file__)", cwd=installed.folder)
    assert Path(where.strip()) == installed.folder / name / "__init__.py"


def test_man_finds_the_page_beside_the_program(installed: Installed) -> None:
    page = installed.python.parents[1] / "share" / "man" / "man1" / "codeout.1"
    assert page.read_text(encoding="utf-8").startswith(".TH CODEOUT 1")


@pytest.mark.parametrize("name", PACKAGES)
def test_the_module_tells_how_it_is_used(name: str, installed: Installed, tmp_path: Path) -> None:
    assert f"Usage: {name}" in installed.run("-m", name, "-h", cwd=tmp_path)


def test_a_page_is_run_checked_and_exported(installed: Installed, folder: Folder) -> None:
    page = folder.page("page.md", ("1 + 1", ""))
    codeout = installed.python.with_name("codeout")
    assert "1 written" in installed.run(codeout, "run", page, cwd=folder.root)
    assert page.read_text(encoding="utf-8") == tabs("1 + 1", "2")
    assert "1 true" in installed.run(codeout, "check", page, cwd=folder.root)
    for form in ("ipynb", "py"):
        installed.run(codeout, "export", page, "--to", form, cwd=folder.root)
        assert "1 + 1" in folder.read(f"page.{form}")


def test_a_site_is_built_with_the_templates_of_the_plugin(
    installed: Installed, folder: Folder
) -> None:
    pytest.importorskip("mkdocs")
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    folder.write(
        "mkdocs.yml",
        "site_name: Site\nplugins: [codeout]\n"
        "markdown_extensions: [bitext, pymdownx.superfences, pymdownx.tabbed]\n",
    )
    folder.page("docs/index.md", ("import click\n1 + 1", ""))
    installed.run("-m", "codeout", "run", "--all", cwd=folder.root)
    installed.run("-m", "mkdocs", "build", cwd=folder.root)
    assert '<details class="codeout-made"' in folder.read("site/index.html")
