"""Snapshots of a folder: whatever happens to it, each moment can be had back."""

from __future__ import annotations

import itertools
import os
import shutil
import socket
import stat
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.fs.rmtree import unlock
from codeout.live import snapshot as snapshot_module
from codeout.live.snapshot import Snapshots
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, rule

from tests.support.ordinary import as_ordinary_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from codeout.live.snapshot import Snapshot

    from tests.support.folder import Folder

NAMES = st.sampled_from(["a", "b", "folder", "folder/a", "folder/한글 이름"])
BYTES = st.binary(max_size=8)
State = dict[str, tuple[str, object]]


def state(folder: Path) -> State:
    """All that a page could see of a folder."""
    found: State = {}
    for path in sorted([folder, *folder.rglob("*")] if os.path.lexists(folder) else []):
        name = str(path.relative_to(folder))
        mode = oct(stat.S_IMODE(path.lstat().st_mode))
        if path.is_symlink():
            found[name] = ("link", str(path.readlink()))
        elif path.is_dir():
            found[name] = ("folder", mode)
        else:
            found[name] = ("file", (path.read_bytes(), mode, path.stat().st_mtime_ns))
    return found


class AnyHistory(RuleBasedStateMachine):
    """A folder that changes at will, goes back, and changes again."""

    taken = Bundle("taken")

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.folder, store = self.root / "folder", self.root / "store"
        self.folder.mkdir()
        store.mkdir()
        self.snapshots = Snapshots(self.folder, store)

    def teardown(self) -> None:
        """Remove all."""
        shutil.rmtree(self.root)

    def place(self, name: str) -> Path:
        """A path in the folder, with a folder above it."""
        path = self.folder / name
        if not path.parent.is_dir():
            path.parent.unlink(missing_ok=True)
            path.parent.mkdir()
        return path

    @rule(name=NAMES, data=BYTES, in_place=st.booleans())
    def write(self, name: str, data: bytes, in_place: bool) -> None:
        """Write a file, anew or in place."""
        path = self.place(name)
        if path.is_dir() or path.is_symlink() or not in_place:
            self.remove(name)
        with path.open("r+b" if path.exists() else "wb") as file:
            file.write(data)

    @rule(name=NAMES, target_name=NAMES)
    def link(self, name: str, target_name: str) -> None:
        """Make a link."""
        path = self.place(name)
        self.remove(name)
        path.symlink_to(target_name)

    @rule(name=NAMES)
    def make_folder(self, name: str) -> None:
        """Make a folder."""
        path = self.place(name)
        self.remove(name)
        path.mkdir()

    @rule(name=NAMES)
    def remove(self, name: str) -> None:
        """Remove whatever is there."""
        path = self.folder / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif os.path.lexists(path):
            path.unlink()

    @rule(name=NAMES, mode=st.sampled_from([0o644, 0o400, 0o755]))
    def change_mode(self, name: str, mode: int) -> None:
        """Change a file's permissions."""
        path = self.folder / name
        if path.is_file() and not path.is_symlink():
            path.chmod(mode)

    @rule(name=NAMES, seconds=st.integers(1, 10**9))
    def change_times(self, name: str, seconds: int) -> None:
        """Pretend that a file was written at another time."""
        path = self.folder / name
        if path.is_file() and not path.is_symlink():
            os.utime(path, (seconds, seconds))

    @rule(target=taken)
    def take(self) -> tuple[Snapshot, State]:
        """Take a snapshot, and note what is there."""
        return self.snapshots.take(), state(self.folder)

    @rule(pair=taken)
    def go_back(self, pair: tuple[Snapshot, State]) -> None:
        """Bring the folder back to any moment."""
        snapshot, then = pair
        self.snapshots.restore(snapshot)
        assert state(self.folder) == then


AnyHistory.TestCase.settings = settings(deadline=None, max_examples=100, stateful_step_count=30)
TestAnyHistory = AnyHistory.TestCase


def both(folder: Folder) -> tuple[Path, Snapshots]:
    (folder.root / "work").mkdir()
    (folder.root / "store").mkdir()
    return folder.root / "work", Snapshots(folder.root / "work", folder.root / "store")


def test_what_did_not_change_is_copied_once(folder: Folder) -> None:
    work, snapshots = both(folder)
    (work / "large").write_bytes(b"x" * 1000)
    snapshots.take()
    (work / "small").write_bytes(b"x")
    snapshots.take()
    sizes = sorted(file.stat().st_size for file in (folder.root / "store").iterdir())
    assert sizes == [1, 1000]


def test_a_file_that_is_open_stays_the_same_file(folder: Folder) -> None:
    work, snapshots = both(folder)
    with (work / "log").open("w+b", buffering=0) as log:
        log.write(b"one\n")
        before = snapshots.take()
        log.write(b"two\n")
        snapshots.restore(before)
        assert os.pread(log.fileno(), 100, 0) == b"one\n"


def test_the_modes_of_files_are_kept_and_do_not_hinder_their_copies(folder: Folder) -> None:
    work, snapshots = both(folder)
    (work / "closed").write_text("1")
    os.utime(work / "closed", (1, 2))
    (work / "closed").chmod(0o444)
    before = snapshots.take()
    (copy,) = (folder.root / "store").iterdir()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    (work / "closed").unlink()
    snapshots.restore(before)
    found = (work / "closed").stat()
    assert (stat.S_IMODE(found.st_mode), found.st_mtime) == (0o444, 2)


def test_forks_that_count_on_from_the_same_number_keep_what_nobody_may_write(
    folder: Folder,
) -> None:
    def fork_twice() -> None:
        work, store = Path("work"), Path("store")
        work.mkdir()
        store.mkdir()
        (work / "closed").write_text("1")
        (work / "closed").chmod(0o444)
        for _ in range(2):
            Snapshots(work, store).take()

    as_ordinary_user(folder.root, fork_twice)


@pytest.mark.parametrize("mode", [0o000, 0o111, 0o444])
def test_a_folder_that_cannot_be_read_cannot_be_kept(folder: Folder, mode: int) -> None:
    def take() -> None:
        Path("store").mkdir()
        Path("work/closed").mkdir(parents=True)
        Path("work/closed/file").touch()
        Path("work/closed").chmod(mode)
        with pytest.raises(PermissionError):
            Snapshots(Path("work"), Path("store")).take()

    as_ordinary_user(folder.root, take)


def test_a_file_that_cannot_be_read_cannot_be_kept(folder: Folder) -> None:
    def take() -> None:
        Path("work").mkdir()
        Path("store").mkdir()
        Path("work/closed").touch(0o000)
        with pytest.raises(PermissionError):
            Snapshots(Path("work"), Path("store")).take()

    as_ordinary_user(folder.root, take)


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))  # of a long path there is no room in its address


MAKES = pytest.mark.parametrize("make", [os.mkfifo, make_socket])


@MAKES
@pytest.mark.parametrize("name", ["made", "folder/made"])
def test_what_is_no_file_is_removed_where_it_was_not(
    folder: Folder, make: Callable[[Path], None], name: str
) -> None:
    work, snapshots = both(folder)
    before = snapshots.take()
    for _ in range(2):
        (work / name).parent.mkdir(exist_ok=True)
        make(work / name)
        snapshots.restore(before)
        assert not [*work.iterdir()]


@MAKES
def test_what_is_no_file_stays_with_its_mode(folder: Folder, make: Callable[[Path], None]) -> None:
    work, snapshots = both(folder)
    make(work / "made")
    (work / "made").chmod(0o640)
    before = snapshots.take()
    found = (work / "made").stat()
    (work / "made").chmod(0o600)
    os.utime(work / "made")
    snapshots.restore(before)
    again = (work / "made").stat()
    assert (again.st_mode, again.st_ino) == (found.st_mode, found.st_ino)


@MAKES
@pytest.mark.parametrize("instead", [None, Path.mkdir, Path.touch])
def test_what_is_no_file_and_is_gone_cannot_be_brought_back(
    folder: Folder, make: Callable[[Path], None], instead: Callable[[Path], None] | None
) -> None:
    work, snapshots = both(folder)
    make(work / "made")
    before = snapshots.take()
    (work / "made").unlink()
    if instead:
        instead(work / "made")
    with pytest.raises(OSError, match="cannot be made again"):
        snapshots.restore(before)


def test_what_a_page_makes_of_the_clock_is_no_matter(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    work, snapshots = both(folder)
    (work / "file").touch()
    monkeypatch.setattr(time, "time_ns", refuse)
    monkeypatch.setattr(time, "sleep", refuse)
    snapshots.restore(snapshots.take())


@pytest.mark.parametrize("step", [0, -1, -(10**6)])
def test_a_clock_that_stands_still_or_goes_back_is_not_waited_for(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    work, snapshots = both(folder)
    (work / "file").touch()
    times = itertools.count((work / "file").stat().st_ctime_ns, step)
    glances = itertools.islice(times, 100)
    monkeypatch.setattr(snapshot_module, "time_ns", lambda: next(glances))
    snapshots.take()


@pytest.mark.parametrize("instead", [None, Path.mkdir, Path.touch, make_socket, "elsewhere"])
def test_the_folder_itself_comes_back(
    folder: Folder, instead: Callable[[Path], None] | str | None
) -> None:
    work, snapshots = both(folder)
    (work / "inner").mkdir(0o750)
    (work / "inner" / "file").write_text("1")
    folder.write("elsewhere/file", "2")
    work.chmod(0o710)
    before, then = snapshots.take(), state(work)
    for _ in range(2):
        shutil.rmtree(work)
        if isinstance(instead, str):
            work.symlink_to(instead)
        elif instead:
            instead(work)
        snapshots.take()
        snapshots.restore(before)
        assert state(work) == then
    assert folder.read("elsewhere/file") == "2"


def test_a_folder_that_was_gone_goes_again(folder: Folder) -> None:
    work, snapshots = both(folder)
    work.rmdir()
    before = snapshots.take()
    (work / "inner").mkdir(parents=True)
    snapshots.restore(before)
    assert not work.exists()


@pytest.mark.parametrize("again", [True, False])
@pytest.mark.parametrize("name", [".", "inner"])
def test_who_stood_in_a_folder_that_was_removed_stands_in_the_new_one(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, name: str, again: bool
) -> None:
    work, snapshots = both(folder)
    (work / "inner").mkdir()
    monkeypatch.chdir(work / name)
    before = snapshots.take()
    shutil.rmtree(work)
    if again:
        (work / "inner").mkdir(parents=True)
    snapshots.restore(before)
    Path("file").touch()
    assert (work / name / "file").exists()


@pytest.mark.parametrize("later", [0o000, 0o555, 0o755])
@pytest.mark.parametrize("mode", [0o555, 0o755])
def test_folders_that_may_not_be_changed_are_brought_back(
    folder: Folder, mode: int, later: int
) -> None:
    def go_back() -> None:
        work, store, closed = Path("work"), Path("store"), Path("work/closed")
        (closed / "inner").mkdir(parents=True)
        store.mkdir()
        (closed / "file").write_text("1")
        (closed / "inner").chmod(mode)
        closed.chmod(mode)
        snapshots = Snapshots(work, store)
        before, then = snapshots.take(), state(work)
        for _ in range(2):
            unlock(work)
            (closed / "file").unlink()
            (closed / "inner").rmdir()
            (closed / "another").mkdir()
            (closed / "another").chmod(later)
            closed.chmod(later)
            snapshots.restore(before)
            assert state(work) == then
            unlock(work)
            shutil.rmtree(closed)
            snapshots.restore(before)
            assert state(work) == then

    as_ordinary_user(folder.root, go_back)


def test_extended_attributes_are_what_they_were(folder: Folder) -> None:
    work, snapshots = both(folder)
    (work / "file").touch()
    try:
        os.setxattr(work / "file", "user.before", b"1")
    except OSError:
        pytest.skip("this file system has none")
    before = snapshots.take()
    os.setxattr(work / "file", "user.before", b"2")
    os.setxattr(work / "file", "user.after", b"1")
    snapshots.restore(before)
    assert os.listxattr(work / "file") == ["user.before"]
    assert os.getxattr(work / "file", "user.before") == b"1"
