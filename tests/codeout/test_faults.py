"""Faults while a page is written: nothing is lost, nothing is left, and one message tells."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from codeout.config.settings import Config
from codeout.engine.commit import write
from codeout.engine.plan import plan_page
from codeout.engine.transcript import Transcript
from codeout.engine.update import Update, settle
from codeout.lock.lockfile import Lock
from codeout.output.model import Figure, Output, Ran, Value
from codeout.run.events import Ended
from PIL import Image

from tests.support.folder import Folder, tabs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROGRAM = Path(sys.executable).with_name("codeout")
ROOM = "make it writable, or make room, and run the page again"


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [PROGRAM, *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def contents(folder: Folder) -> dict[Path, bytes]:
    """All files of a folder, hidden ones too."""
    return {file: file.read_bytes() for file in folder.root.rglob("*") if file.is_file()}


def png() -> bytes:
    file = BytesIO()
    Image.new("RGB", (8, 8), "red").save(file, "png")
    return file.getvalue()


@pytest.fixture
def update(folder: Folder) -> Update:
    """What writes a page, two figures and a record; the page shows 1 and has no figure."""
    folder.page("page.md", ("x", "1"))
    config = Config(folder.root)
    figures: list[Output] = [Figure(png(), "png"), Figure(png() + b"more", "png")]
    ran = Ran((Value("2"), *figures), 0.1, 0, frozenset())
    plan = plan_page(config, folder.root / "page.md")
    return settle(plan, Transcript((ran,), Ended("page.md", 1.0, "/work")), config, None)


def after(number: int, act: Callable[[], None], what: Callable[..., Any]) -> Callable[..., Any]:
    """A function of the system, with something that happens at one of its calls."""
    calls = 0

    def replaced(*arguments: object, **options: object) -> Any:
        nonlocal calls
        calls += 1
        if calls == number:
            act()
        return what(*arguments, **options)

    return replaced


def full() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


STEPS: dict[str, Callable[..., Any]] = {"os.fsync": os.fsync, "tempfile.mkstemp": tempfile.mkstemp}
FILES = ("1.png ", "2.png ", "", "codeout.lock ")


@pytest.mark.parametrize("at", range(4), ids=["a figure", "the next", "the page", "the lock"])
@pytest.mark.parametrize("step", STEPS)
def test_the_disk_fills(
    at: int, step: str, update: Update, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, lock = contents(folder), Lock(folder.root / "codeout.lock")
    with monkeypatch.context() as broken:
        broken.setattr(step, after(at + 1, full, STEPS[step]))
        (problem,) = write(update, lock)
    assert problem.message == f"{FILES[at]}cannot be written: No space left on device"
    assert problem.hint == ROOM
    assert contents(folder) == before
    assert {file.name for file in folder.root.iterdir()} == {"page.md"}, "not even folders stay"
    assert list(lock) == []
    assert write(update, lock) == (), "there is room again"
    assert "figure 2" in folder.read("page.md")


def test_a_page_is_edited_at_the_last_moment(
    update: Update, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is looked at when all else is done."""
    lock = Lock(folder.root / "codeout.lock")

    def edit() -> None:
        folder.write("page.md", "edited")

    monkeypatch.setattr(os, "fsync", after(4, edit, os.fsync))
    (problem,) = write(update, lock)
    assert problem.message == "changed while it ran, and was not written"
    assert [file.name for file in folder.root.iterdir()] == ["page.md"]
    assert folder.read("page.md") == "edited"
    assert list(lock) == []


@pytest.mark.parametrize("fails", ["1.png", "2.png", "page.md", "codeout.lock"])
def test_a_rename_fails(
    fails: str, update: Update, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It hardly can, having room and leave; what was not written counts as stale."""
    lock = Lock(folder.root / "codeout.lock")
    before, replace = folder.read("page.md"), Path.replace

    def rename(self: Path, target: Path) -> Path:
        if Path(target).name == fails:
            raise OSError(errno.EIO, "Input/output error")
        return replace(self, target)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", rename)
        (problem,) = write(update, lock)
    assert problem.message.endswith("cannot be written: Input/output error")
    assert (folder.read("page.md") == before) == (fails != "codeout.lock")
    assert not [file for file in contents(folder) if file.name.startswith(".")]
    plan = plan_page(Config(folder.root), folder.root / "page.md")
    assert plan.reasons(lock) == plan.reasons(Lock.read(folder.root / "codeout.lock"))
    assert plan.reasons(lock) == ("never ran",)


def test_a_read_only_page_stays(folder: Folder) -> None:
    """Also where root runs, whom no mode stops."""
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['.']\n")
    file = folder.page("page.md", ("1 + 1", "3"))
    file.chmod(0o444)
    ran = run("run", cwd=folder.root)
    assert ran.stdout == (
        f"page.md: cannot be written: it is read-only\n  hint: {ROOM}\n"
        "pages: 0 written, 0 unchanged, 1 failed, 0 fresh and not run\n"
    )
    assert (ran.returncode, ran.stderr) == (1, "")
    assert folder.read("page.md") == tabs("1 + 1", "3")
    assert "never ran" in run("status", cwd=folder.root).stdout
    file.chmod(0o644)
    assert "1 written" in run("run", cwd=folder.root).stdout


def test_a_read_only_lock_stops_a_run(folder: Folder) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['.']\n")
    folder.page("page.md", ("1 + 1", "3"))
    run("run", cwd=folder.root)
    (folder.root / "codeout.lock").chmod(0o444)
    (folder.root / "page.md").unlink()
    folder.page("other.md", ("1 + 1", "3"))
    ran = run("run", cwd=folder.root)
    assert ran.stderr == (
        "codeout: codeout.lock: cannot be written: it is read-only\n"
        "  hint: make it writable, or make room, and run again\n"
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert folder.read("other.md") == tabs("1 + 1", "3")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Folder]:
    """A file system of 64 kB, where root may make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]
    if os.geteuid() or subprocess.run(mount, check=False, stderr=subprocess.DEVNULL).returncode:
        pytest.skip("no file system to be had")
    yield Folder(disk)
    subprocess.run(["umount", disk], check=True)


def test_a_disk_is_full(small_disk: Folder) -> None:
    small_disk.write("pyproject.toml", "[tool.codeout]\npages = ['.']\n")
    small_disk.page("large.md", ("for _ in range(3000): print('x' * 40)", "3"))
    small_disk.page("small.md", ("1 + 1", "3"))
    before = contents(small_disk)
    ran = run("run", "--jobs", "1", cwd=small_disk.root)
    assert ran.stdout.startswith("large.md: cannot be written: No space left on device\n")
    assert "1 written, 0 unchanged, 1 failed" in ran.stdout
    assert (ran.returncode, ran.stderr) == (1, "")
    now = contents(small_disk)
    assert {file.name for file in now.keys() - before.keys()} == {"codeout.lock"}
    assert now[small_disk.root / "large.md"] == before[small_disk.root / "large.md"]
    assert small_disk.read("small.md") == tabs("1 + 1", "2")
    assert "1 stale" in run("status", cwd=small_disk.root).stdout
