"""Faults while a page is written: nothing is lost, nothing is left, and one message tells."""

from __future__ import annotations

import errno
import os
import secrets
import subprocess
import sys
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from codeout.config.settings import Config
from codeout.engine.commit import write
from codeout.engine.planning import plan_page
from codeout.engine.settle import settle
from codeout.engine.transcript import Transcript
from codeout.fs import atomic
from codeout.fs.exchange import exchange
from codeout.lock.lockfile import Lock
from codeout.output.model import Figure, Output, Ran, Value
from codeout.run.events import Ended
from PIL import Image

from tests.support.folder import Folder, tabs
from tests.support.records import RECORD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from codeout.engine.update import Update

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


STEPS: dict[str, Callable[..., Any]] = {
    "os.fsync": os.fsync,
    "secrets.token_hex": secrets.token_hex,
}
FILES = ("codeout.lock ", "1.png ", "2.png ", "")


@pytest.mark.parametrize("at", range(4), ids=["the lock", "a figure", "the next", "the page"])
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


@pytest.mark.parametrize("exchanging", [True, False], ids=["exchanging", "renaming"])
@pytest.mark.parametrize("at", range(4), ids=["the lock", "a figure", "the next", "the page"])
def test_a_page_is_saved_while_a_file_is_put_in_its_place(
    at: int, exchanging: bool, update: Update, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What its author saved stays, and all else is as it was."""
    lock = Lock(folder.root / "codeout.lock")

    def save() -> None:
        (folder.root / "saved").write_text("edited", encoding="utf-8")
        (folder.root / "saved").rename(folder.root / "page.md")

    put = after(at + 1, save, atomic.Staged.put_in_place)
    monkeypatch.setattr(atomic.Staged, "put_in_place", put)
    if not exchanging:
        monkeypatch.setattr(atomic, "exchange", lambda *_: False)
    (problem,) = write(update, lock)
    assert problem.message == "changed while it ran, and was not written"
    assert [file.name for file in folder.root.iterdir()] == ["page.md"]
    assert folder.read("page.md") == "edited"
    assert list(lock) == []


@pytest.mark.parametrize("saves", [1, 2, 3])
def test_a_page_is_saved_between_two_exchanges(
    saves: int, update: Update, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last text wins, however often its author saves while the page is put back."""
    page, done = folder.root / "page.md", 0

    def exchange_late(one: Path, other: Path) -> bool:
        nonlocal done
        if other == page and done < saves:
            done += 1
            page.unlink()
            folder.write("page.md", f"edited {done}")
        return exchange(one, other)

    monkeypatch.setattr(atomic, "exchange", exchange_late)
    (problem,) = write(update, Lock(None))
    assert problem.message == "changed while it ran, and was not written"
    assert folder.read("page.md") == f"edited {saves}"
    assert [file.name for file in folder.root.iterdir()] == ["page.md"]


def test_others_write_to_the_lock_meanwhile(
    update: Update, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a pull does. What they wrote is joined, not lost."""
    file = folder.root / "codeout.lock"
    lock = Lock(file)

    def pull(page: str) -> None:
        theirs = Lock.read(file)
        theirs.put(page, RECORD)
        theirs.write()

    pull("before.md")
    monkeypatch.setattr(os, "fsync", after(3, partial(pull, "while.md"), os.fsync))
    assert write(update, lock) == ()
    assert list(Lock.read(file)) == ["before.md", "page.md", "while.md"]


def test_others_leave_a_conflict_in_the_lock(update: Update, folder: Folder) -> None:
    before = folder.read("page.md")
    lock = Lock(folder.root / "codeout.lock")
    folder.write("codeout.lock", "<<<<<<< HEAD\n")
    (problem,) = write(update, lock)
    assert problem.message.endswith("codeout.lock:1: a merge left its conflict here")
    assert folder.read("codeout.lock") == "<<<<<<< HEAD\n"
    assert folder.read("page.md") == before


@pytest.mark.parametrize("fails", ["codeout.lock", "1.png", "2.png", "page.md"])
def test_a_rename_fails(
    fails: str, update: Update, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It hardly can, having room and leave; then nothing is written."""
    lock = Lock(folder.root / "codeout.lock")
    before, put = contents(folder), atomic.Staged.put_in_place

    def refuse(self: atomic.Staged) -> None:
        if self.file.path.name == fails:
            raise OSError(errno.EIO, "Input/output error")
        put(self)

    with monkeypatch.context() as broken:
        broken.setattr(atomic.Staged, "put_in_place", refuse)
        (problem,) = write(update, lock)
    assert problem.message.endswith("cannot be written: Input/output error")
    assert contents(folder) == before
    plan = plan_page(Config(folder.root), folder.root / "page.md")
    assert plan.reasons(lock) == ("never ran",)
    assert write(update, lock) == ()


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
