"""Two runs in one project: the second waits, says so, and sees what the first has written."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.fs.flock import exclusive

if TYPE_CHECKING:
    from tests.support.folder import Folder

PROGRAM = Path(sys.executable).with_name("codeout")
# Notes each run; the first waits until somebody tells it to go on.
NOTING = """\
import pathlib, time
here = pathlib.Path({root!r})
with (here / "runs").open("a") as runs:
    _ = runs.write("run ")
while not (here / "go").exists():
    time.sleep(0.01)
"""


@pytest.fixture
def site(folder: Folder) -> Folder:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    folder.page("docs/page.md", (NOTING.format(root=str(folder.root)), ""), ("1 + 1", "3"))
    return folder


def start(root: Path, *arguments: str) -> subprocess.Popen[str]:
    """Begin a run in a folder."""
    pipe = subprocess.PIPE
    return subprocess.Popen([PROGRAM, *arguments], cwd=root, stdout=pipe, stderr=pipe, text=True)


def first(site: Folder) -> subprocess.Popen[str]:
    """Begin a run that has come to the page's first block."""
    run = start(site.root, "run")
    while not (site.root / "runs").exists():
        assert run.poll() is None
    return run


def test_the_second_run_waits_and_says_so(site: Folder) -> None:
    with first(site) as one, start(site.root / "docs", "run") as two:
        assert two.stderr is not None
        told = two.stderr.readline()
        assert told == (f"codeout: another run is at work in {site.root}; waiting for its end\n")
        (site.root / "go").touch()
        assert "1 written, 0 unchanged, 0 failed, 0 fresh" in one.communicate()[0]
        assert "0 written, 0 unchanged, 0 failed, 1 fresh" in two.communicate()[0]
    assert site.read("runs") == "run ", "what the first one ran, the second did not"


def test_what_writes_nothing_does_not_wait(site: Folder) -> None:
    with first(site) as one:
        with start(site.root, "status") as other:
            assert "never ran" in other.communicate()[0]
        one.send_signal(signal.SIGINT)
        one.communicate()


def test_a_run_that_was_killed_blocks_nobody(site: Folder) -> None:
    with first(site) as one:
        one.kill()
    (site.root / "go").touch()
    with start(site.root, "run") as two:
        stdout, stderr = two.communicate()
    assert "1 written" in stdout
    assert stderr == ""


def test_where_folders_cannot_be_locked_nobody_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(9, "Bad file descriptor")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with exclusive(tmp_path, lambda _: pytest.fail("it waits")):
        assert os.listdir(tmp_path) == []  # noqa: PTH208
