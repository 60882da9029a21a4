"""The tasks for Visual Studio Code, tried as it does: in a terminal, line by line."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from select import select
from typing import TYPE_CHECKING, Any

import pytest
from codeout.init.project import init

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.folder import Folder

SECONDS = 120
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
PAGE = "```python\nx = 1\n```\n\n```python\n{}\n```\n\n```pycon\n>>> x\n{}\n```\n"

Marker = tuple[str, str, int, str]
"""Its severity, its file, its line, and what it says."""


class Problems:
    """The list of problems that the editor keeps while a task runs.

    Attributes:
        markers: What it shows.
        busy: Whether a task in the background is at work.
    """

    def __init__(self, task: dict[str, Any]) -> None:
        self.matchers = task["problemMatcher"]
        self.markers: set[Marker] = set()
        self.busy = False

    def read(self, line: str) -> None:
        """Read a line as the editor does; one that begins or ends a run is nothing else."""
        for matcher in self.matchers:
            if self.begins_or_ends(line, matcher):
                continue
            pattern = matcher["pattern"]
            if found := re.search(pattern["regexp"], line):
                file, number, message = (found[pattern[k]] for k in ("file", "line", "message"))
                self.markers.add((matcher["severity"], file, int(number), message))

    def begins_or_ends(self, line: str, matcher: dict[str, Any]) -> bool:
        """Forget what was told of a page that runs again."""
        known = matcher.get("background")
        if not known:
            return False
        if begun := re.search(known["beginsPattern"]["regexp"], line):
            file = begun[known["beginsPattern"]["file"]]
            own = (matcher["severity"], file)
            self.markers = {each for each in self.markers if each[:2] != own}
            self.busy = True
        ended = re.search(known["endsPattern"], line)
        self.busy = self.busy and not ended
        return bool(begun or ended)


class Terminal:
    """A task in a terminal of its own."""

    def __init__(self, folder: Folder, label: str) -> None:
        tasks = json.loads(folder.read(".vscode/tasks.json"))["tasks"]
        (task,) = (each for each in tasks if each["label"] == label)
        self.problems = Problems(task)
        self.lines: list[str] = []
        self.rest = b""
        ours, theirs = pty.openpty()
        self.screen = ours
        program = shutil.which(task["command"])
        assert program
        self.process = subprocess.Popen(
            [program, *task["args"]],
            cwd=folder.root,
            env=os.environ | task["options"]["env"],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)

    def until(self, done: Callable[[], bool]) -> None:
        """Read lines until something holds, or the task has ended."""
        end = time.monotonic() + SECONDS
        while not done():
            assert time.monotonic() < end, self.lines
            ready, _, _ = select([self.screen], [], [], 0.1)
            data = b""
            if ready:
                with suppress(OSError):  # nobody holds the other end
                    data = os.read(self.screen, 1 << 16)
            if ready and not data:
                return
            *lines, self.rest = (self.rest + data).split(b"\n")
            for line in lines:
                self.lines.append(CONTROL.sub("", line.decode()).rstrip("\r"))
                self.problems.read(self.lines[-1])

    def until_line(self, text: str) -> None:
        """Read until a new line holds a text."""
        known = len(self.lines)
        self.until(lambda: any(text in line for line in self.lines[known:]))

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()
        os.close(self.screen)


@pytest.fixture
def start(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Terminal]]:
    """Starts tasks of a project: an output differs on one page, code does not run on another."""
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    init(folder.root, vscode=True)
    folder.write("docs/a page.md", PAGE.format("print(x)", "2"))
    folder.write("docs/b.md", "```pycon\n>>> 3\n3\n```\n\n```py3\n1\n```\n")
    begun: list[Terminal] = []

    def make(label: str) -> Terminal:
        begun.append(Terminal(folder, label))
        return begun[-1]

    yield make
    for each in begun:
        each.close()


NOTE = ("info", "docs/b.md", 6, "not run: fence `py3`; nearest: a fence `python`")


def test_a_check_lists_what_is_wrong_and_what_is_left_out(
    folder: Folder, start: Callable[[str], Terminal]
) -> None:
    folder.write("docs/c.md", "```python\nx = 0\n1 / x\n```\n")
    check = start("codeout check")
    check.until(lambda: False)
    assert check.problems.markers == {
        ("error", "docs/a page.md", 11, "the output differs"),
        ("error", "docs/c.md", 3, "raised ZeroDivisionError: division by zero"),
        NOTE,
    }


def test_bad_settings_are_listed_at_their_line(
    folder: Folder, start: Callable[[str], Terminal]
) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\ntime-out = 3\n")
    check = start("codeout check")
    check.until(lambda: False)
    assert check.problems.markers == {
        ("error", "pyproject.toml", 2, "unknown key `time-out` in [tool.codeout]")
    }


def test_a_watch_forgets_what_is_mended(folder: Folder, start: Callable[[str], Terminal]) -> None:
    watch = start("codeout watch")
    watch.until_line("docs/b.md: unchanged; ")
    watch.until(lambda: any("docs/a page.md: written; " in line for line in watch.lines))
    assert watch.problems.markers == {NOTE}
    folder.write("docs/a page.md", PAGE.format("x / 0", "1"))
    watch.until_line("docs/a page.md: failed; ")
    raised = ("error", "docs/a page.md", 6, "raised ZeroDivisionError: division by zero")
    assert watch.problems.markers == {raised, NOTE}
    folder.write("docs/a page.md", PAGE.format("<", "1"))
    watch.until_line("docs/a page.md: failed; ")
    assert [told[2:] for told in watch.problems.markers - {NOTE}] == [
        (6, "raised SyntaxError: invalid syntax")
    ]
    folder.write("docs/a page.md", PAGE.format("print(x)", "1"))
    watch.until_line("docs/a page.md: runs from block 2")
    assert watch.problems.busy
    watch.until_line("docs/a page.md: ")
    assert watch.problems.markers == {NOTE}
    assert not watch.problems.busy


def test_tasks_that_are_there_are_kept(folder: Folder) -> None:
    own = '{"version": "2.0.0", "tasks": []}\n'
    folder.write(".vscode/tasks.json", own)
    *_, step = init(folder.root, vscode=True)
    assert folder.read(".vscode/tasks.json") == own
    assert step.done == "kept; add to its `tasks`, unless it has them:"
    assert [each["label"] for each in json.loads(f"[{step.left}]")] == [
        "codeout watch",
        "codeout check",
    ]


def test_nothing_is_left_to_do_for_tasks_that_are_ours(folder: Folder) -> None:
    init(folder.root, vscode=True)
    *_, step = init(folder.root, vscode=True)
    assert (step.done, step.left) == ("kept", "")
