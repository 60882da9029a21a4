"""Golden messages: what a terminal shows where somebody makes a mistake.

``messages/`` has a folder a case, with the files of a small project, and in it

- ``command.txt``: what is typed there, a command a line: ``CODEOUT_CACHE=a.txt codeout fetch``.
- ``expected.txt``: what the terminal shows: for each its output, its errors and its exit status.

``CODEOUT_ACCEPT=1 pytest tests/codeout/test_messages.py`` writes what happens into the
expectations. Read each one before you commit it: would you know what to do?
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from codeout.cli.main import main

MESSAGES = Path(__file__).parent / "messages"
NAMES = sorted(folder.name for folder in MESSAGES.iterdir())
ACCEPT = os.environ.get("CODEOUT_ACCEPT") == "1"
CODEOUT = ("-m", "codeout")
SECONDS = re.compile(r"in [\d.]+ ?s(econds)?\b")


@pytest.mark.parametrize("name", NAMES)
def test_message_is_as_expected(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case, project = MESSAGES / name, tmp_path / "project"
    shutil.copytree(case, project, ignore=shutil.ignore_patterns("command.txt", "expected.txt"))
    monkeypatch.chdir(project)
    monkeypatch.setenv("CODEOUT_CACHE", str(tmp_path / "cache"))
    before = files(project)
    lines = (case / "command.txt").read_text(encoding="utf-8").splitlines()
    shown = "".join(show(line, monkeypatch) for line in lines)
    shown = shown.replace(str(project), "PROJECT").replace(str(tmp_path), "HOME")
    if ACCEPT:
        (case / "expected.txt").write_text(shown, encoding="utf-8")
    assert shown == (case / "expected.txt").read_text(encoding="utf-8")
    assert "Traceback" not in shown or "<cell>" in shown, "only a page may show one"
    kept = {file: data for file, data in files(project).items() if file in before}
    assert kept == before or name.startswith("fine-"), "a mistake costs nothing"


def show(command: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A command, and what it shows: its output, its errors, its exit status."""
    words = shlex.split(command)
    alone = "PYTHONPATH" in command or words[0] != "codeout"
    while "=" in words[0]:
        name, value = words.pop(0).split("=", 1)
        monkeypatch.setenv(name, value, prepend=os.pathsep if name == "PYTHONPATH" else None)
    if alone:
        start = CODEOUT if words[0] == "codeout" else ("-m", words[0])
        python = [sys.executable, *start, *words[1:]]
        done = subprocess.run(python, capture_output=True, text=True, check=False)
        shown, status = done.stdout + done.stderr, done.returncode
    else:
        told = CliRunner().invoke(main, words[1:], prog_name="codeout")
        if told.exception and not isinstance(told.exception, SystemExit):
            raise told.exception
        shown, status = told.stdout + told.stderr, told.exit_code
    return f"$ {command}\n{SECONDS.sub('in SECONDS', shown)}[exit status {status}]\n"


def files(folder: Path) -> dict[Path, bytes]:
    """The files of a folder, with their bytes."""
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
