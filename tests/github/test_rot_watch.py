"""The watch for rot: what moved with other releases, and one pull request for it."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest

from tests.codeout.cli.test_main import codeout
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.folder import Folder

SCRIPT = ROOT / ".github" / "rot_watch.py"
IDENTITY = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
HEAD = "| page | line | before | now | packages |\n| --- | --- | --- | --- | --- |\n"
OLD = '"PyYAML" = "5.1"'
RIGHTS = {"GH_TOKEN": "any"}
NOTHING = "The newest releases move no output.\n"
GH = """#!/bin/sh
echo "$@" >> "$GH_LOG"
case "$*" in *"pr list"*) echo "$GH_OPEN" ;; esac
"""


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", *IDENTITY, *words], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


@pytest.fixture
def repository(folder: Folder) -> Folder:
    """A page that was true with another release of a library, and one that fails with this one."""
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    folder.write(".gitignore", "moved.json\nbody.md\nbin\nlog\n")
    folder.page("docs/moves.md", ("import yaml\nprint(1, '|', 2)", "1 | 2"))
    folder.page("docs/fails.md", ("import yaml", ""))
    folder.page("docs/stays.md", ("print(3)", "3"))
    assert codeout("run").exit_code == 0
    lock = folder.read("codeout.lock")
    folder.write("codeout.lock", lock.replace(f'"PyYAML" = "{version("PyYAML")}"', OLD))
    git(folder.root, "init", "--initial-branch=main")
    git(folder.root, "add", ".")
    git(folder.root, "commit", "--message=Begin")
    return folder


def script(folder: Folder, *words: str, **around: str) -> str:
    """What the script prints."""
    path = f"{folder.root / 'bin'}{os.pathsep}{os.environ['PATH']}"
    own = {name: value for name, value in os.environ.items() if name != "GH_TOKEN"}
    done = subprocess.run(
        [sys.executable, SCRIPT, *words],
        cwd=folder.root,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env={**own, "PATH": path, **around},
    )
    return done.stdout


def moved(folder: Folder) -> None:
    """What the releases here give, and the pages with it, as the steps of the workflow do it."""
    folder.write("docs/moves.md", folder.read("docs/moves.md").replace("    1 | 2", "    1 | 0"))
    failing = folder.read("docs/fails.md").replace("import yaml", "import yaml\n    yaml.gone")
    folder.write("docs/fails.md", failing)
    git(folder.root, "commit", "--all", "--message=Pages of another release")
    folder.write("moved.json", codeout("check", "--json").stdout)
    codeout("run")
    folder.write("body.md", script(folder, "report", "moved.json"))


def test_the_table_names_the_line_the_output_and_the_packages(repository: Folder) -> None:
    moved(repository)
    why = f"<code>PyYAML 5.1 → {version('PyYAML')}</code>"
    fault = "module &#x27;yaml&#x27; has no attribute &#x27;gone&#x27;"
    error = f"<code>raised AttributeError: {fault}</code>"
    assert repository.read("body.md") == (
        f"{HEAD}"
        f"| <code>docs/fails.md</code> | 5 |  | {error} | {why} |\n"
        "| <code>docs/moves.md</code> | 10 | <code>1 &#124; 0</code> | <code>1 &#124; 2</code> "
        f"| {why} |\n"
    )


def test_without_rights_it_tells_what_it_would_do(repository: Folder) -> None:
    moved(repository)
    before = git(repository.root, "status", "--short", "--branch")
    told = script(repository, "propose", "body.md")
    assert told.splitlines()[:1] == ["would run: git switch --force-create rot-watch"]
    assert "would run: git push --force origin rot-watch" in told
    assert "would run: gh pr create --head rot-watch" in told
    assert told.endswith(repository.read("body.md") + "\n")
    assert git(repository.root, "status", "--short", "--branch") == before


@pytest.mark.parametrize(
    ("number", "asked"), [("", "pr create --head rot-watch"), ("7", "pr edit 7")]
)
def test_with_rights_there_is_one_pull_request(repository: Folder, number: str, asked: str) -> None:
    moved(repository)
    origin = repository.root.parent / "origin.git"
    git(repository.root, "init", "--bare", str(origin))
    git(repository.root, "remote", "add", "origin", str(origin))
    repository.write("bin/gh", GH).chmod(0o755)
    log = repository.root / "log"
    script(repository, "propose", "body.md", GH_LOG=str(log), GH_OPEN=number, **RIGHTS)
    (first, second) = log.read_text(encoding="utf-8").splitlines()
    assert first.startswith("pr list --head rot-watch --state open")
    title = "--title Take the newest releases that pages import --body-file body.md"
    assert second == f"{asked} {title}"
    files = git(origin, "log", "-1", "--format=%s", "--name-only", "rot-watch")
    assert files.split("\n\n") == [
        "Take the newest releases that pages import",
        "codeout.lock\ndocs/moves.md\n",
    ]


def test_where_nothing_moves_nothing_is_asked_for(repository: Folder) -> None:
    repository.write("moved.json", codeout("check", "--json").stdout)
    assert script(repository, "report", "moved.json") == NOTHING
    repository.write("body.md", NOTHING)
    assert script(repository, "propose", "body.md", **RIGHTS) == NOTHING


def test_pins_move_to_the_newest_release(repository: Folder) -> None:
    repository.write("requirements.in", "PyYAML==5.1  # settings\nPyYAML-extra==1\nother\n")
    repository.write("requirements.txt", "PyYAML==5.1\n")
    repository.write(
        "Makefile",
        "requirements:\n\t@cat requirements.in > asked; echo '$(UPGRADE)' >> asked\n"
        "\techo 'PyYAML==6.9  # via' > requirements.txt\n",
    )
    script(repository, "upgrade")
    assert repository.read("requirements.in") == (
        "PyYAML==6.9  # settings\nPyYAML-extra==1\nother\n"
    )
    assert repository.read("asked") == (
        "PyYAML  # settings\nPyYAML-extra==1\nother\n--upgrade-package PyYAML\n"
    )
