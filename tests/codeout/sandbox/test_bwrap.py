"""The box shows the project and Python wherever they are, and neither home nor hidden files."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from codeout.errors import ConfigError
from codeout.sandbox.bwrap import command, shows

from tests.codeout.sandbox.test_client import needs_bwrap

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.folder import Folder


def inside(root: Path, code: str) -> str:
    """What some Python prints in the box of a project."""
    words = [*command([], root), sys.executable, "-c", code]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


SECRETS = (".env", "app/.env.local", ".git/config", "vendor/lib/.git/config", ".config/token")


@needs_bwrap
def test_what_is_hidden_in_the_project_is_not_there(folder: Folder) -> None:
    for name in (*SECRETS, "app/data.csv"):
        folder.write(name, "told")
    code = f"""
for name in {(*SECRETS, "app/data.csv")}:
    try:
        print(name, open(name).read())
    except OSError:
        pass
"""
    assert inside(folder.root, code) == "app/data.csv told"


@needs_bwrap
def test_neither_is_what_lies_beside_modules_that_are_found_through_the_path(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a project is one folder of a repository that is installed for editing."""
    folder.write(".git/config", "told")
    folder.write("near.py", "x = 1")
    monkeypatch.setattr(sys, "path", [*sys.path, str(folder.root)])
    code = f"import os; print(os.path.exists({str(folder.root)!r} + '/near.py'),"
    code += f" os.listdir({str(folder.root)!r} + '/.git'))"
    folder.write("docs/page.md", "")
    assert inside(folder.root / "docs", code) == "True []"


@needs_bwrap
def test_a_project_behind_a_link(folder: Folder) -> None:
    real, link = folder.write("real/project/data.csv", "told").parents[1], folder.root / "link"
    link.symlink_to(real)
    code = "import os; print(open('data.csv').read(), os.getcwd())"
    assert inside(link / "project", code) == f"told {real}/project"
    code = f"print(open({str(link / 'project' / 'data.csv')!r}).read())"
    assert inside(link / "project", code) == "told"


@needs_bwrap
@pytest.mark.parametrize("name", [".venv", "venv"])
def test_python_behind_a_link_in_the_project(
    name: str, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder.root / name).symlink_to(sys.prefix)
    monkeypatch.setattr(sys, "prefix", str(folder.root / name))
    monkeypatch.setattr(sys, "executable", f"{folder.root}/{name}/bin/python")
    assert inside(folder.root, "import IPython; print(1)") == "1"


@needs_bwrap
def test_links_that_lead_out_of_the_project_lead_nowhere(
    folder: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "secret").write_text("told", encoding="utf-8")
    (folder.root / "link").symlink_to(elsewhere)
    assert inside(folder.root, "import os; print(os.path.exists('link/secret'))") == "False"


@pytest.mark.parametrize("above", ["", "."])
def test_a_project_that_is_the_home_is_refused(
    above: str, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(folder.write(f"{above or 'me'}/data", "").parent))
    with pytest.raises(ConfigError, match="would show pages your home"):
        command([], folder.root)


@needs_bwrap
@pytest.mark.parametrize("home", ["/", "", None])
def test_a_user_without_a_home(
    home: str | None, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    if home is None:
        monkeypatch.delenv("HOME")
    else:
        monkeypatch.setenv("HOME", home)
    assert inside(folder.root, "import codeout; print(1)") == "1"


def test_files_that_it_shows(folder: Folder, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret"
    secret.touch()
    (folder.root / "link").symlink_to(secret)
    seen = folder.write(".hidden/project/data/a.csv", "")
    root = seen.parents[1]
    assert shows(seen, root), "only below the project does a dot hide"
    assert not shows(folder.write(".hidden/project/.env", ""), root)
    assert not shows(folder.write(".hidden/project/.git/config", ""), root)
    assert not shows(root / ".." / "other", root)
    assert not shows(folder.root / "link", folder.root)
    assert not shows(secret, root)
    assert os.path.lexists(folder.root / "link")
