"""The rule for commit messages, and the hook that keeps it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = ROOT / ".github" / "commit_message.py"
LONG = "Say " + "a" * 69


def check(*words: str | Path, cwd: Path) -> tuple[int, str]:
    """The exit status of the script, and what it reports."""
    command = [sys.executable, str(SCRIPT), *map(str, words)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("Read a file once\n", []),
        ("Read a file once\n\nIt was read twice.\nAnd more.\n", []),
        (f"{LONG[:-1]}\n", []),
        (f"{LONG}\n", ["its first line has 73 characters, and at most 72 are shown"]),
        ("read a file once\n", ["its first line does not begin with a capital letter"]),
        ("Read a file once.\n", ["its first line ends with a full stop"]),
        ("Read a file once\nand close it\n", ["its second line is not blank"]),
        ("# a comment\n\nRead a file once\n# another\n", []),
        (f"Read a file once\n# ---- >8 ----\n{LONG}\n{LONG}\n", []),
        (f"Merge branch '{LONG}'\n", []),
        (f'Revert "{LONG}"\n', []),
        ("fixup! read it.\n", []),
        ("Merge both readers.\n", ["its first line ends with a full stop"]),
        ("", []),
    ],
)
def test_messages(message: str, found: list[str], tmp_path: Path) -> None:
    file = tmp_path / "message"
    file.write_text(message, encoding="utf-8")
    status, told = check(file, cwd=tmp_path)
    assert [line.split(": ")[1] for line in told.splitlines()] == found
    assert status == (1 if found else 0)


def test_commits_of_a_range(tmp_path: Path) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "--quiet"], cwd=tmp_path, check=True)
    for message in ("good enough", "Read a file once", "Close it."):
        words = ["commit", "--quiet", "--allow-empty", "--message", message]
        subprocess.run([*git, *words], cwd=tmp_path, check=True)
    assert check("--commits", "HEAD~2..HEAD~1", cwd=tmp_path) == (0, "")
    status, told = check("--commits", "HEAD~2..", cwd=tmp_path)
    assert (status, told) == (
        1,
        "commit message: its first line ends with a full stop: Close it.\n",
    )
