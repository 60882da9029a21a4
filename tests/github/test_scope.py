"""Which changes are of what people write alone, so that CI runs no tests of the engine."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SCOPE = ROOT / ".github" / "scope"
IDENTITY = ["-c", "user.name=a", "-c", "user.email=a@example.org"]


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *IDENTITY, *words], cwd=folder, check=True, capture_output=True)


def scope(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["bash", SCOPE, *words], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (["docs/basics/tensors.md", "codeout.lock"], "all=false\n"),
        (["snippets/network.py", "glossary.toml", "README.md"], "all=false\n"),
        (["docs/basics/tensors.md", "packages/codeout/src/codeout/main.py"], "all=true\n"),
        (["mkdocs.yml"], "all=true\n"),
        (["theme/docs/page.md"], "all=true\n"),
        (["requirements.txt"], "all=true\n"),
    ],
    ids=lambda value: value[-1] if isinstance(value, list) else value.strip(),
)
def test_a_change_of_pages_alone_is_told_apart(
    tmp_path: Path, changed: list[str], told: str
) -> None:
    git(tmp_path, "init", "--initial-branch=main")
    git(tmp_path, "commit", "--allow-empty", "--message=Begin")
    git(tmp_path, "switch", "--create", "change")
    for name in changed:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--message=Change")
    assert scope(tmp_path, "main") == told


def test_without_a_commit_to_compare_with_all_is_tested(tmp_path: Path) -> None:
    git(tmp_path, "init")
    assert scope(tmp_path, "") == "all=true\n"
