"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import stat
import struct
from typing import TYPE_CHECKING

import pytest
from codeout.fs import atomic
from codeout.fs.atomic import replace_file, staged
from codeout.fs.exchange import add
from codeout.fs.place import ChangedError, NewFile, RefusedError, leads_out

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.folder import Folder

USER, OF_OWNER, OF_GROUP, MASK, OF_OTHERS, NOBODY = 2, 1, 4, 16, 32, 0xFFFFFFFF
ACL = [(OF_OWNER, 6, NOBODY), (USER, 6, 1234), (OF_GROUP, 4, NOBODY), (MASK, 6, NOBODY)]
ACL += [(OF_OTHERS, 4, NOBODY)]
"""An access control list that lets user 1234 read and write."""


def test_a_file_is_written_whole_or_not_at_all(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder.write("page.md", "old")

    def fail(*_: object) -> None:
        raise OSError(28, "the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(atomic, "exchange", fail)
        with pytest.raises(OSError, match="the disk is full"):
            replace_file(NewFile(file, b"new"))
    assert folder.read("page.md") == "old"
    assert list(folder.root.iterdir()) == [file], "no temporary file is left"
    replace_file(NewFile(file, b"new"))
    assert folder.read("page.md") == "new"
    assert list(folder.root.iterdir()) == [file]


def test_a_written_file_keeps_its_mode(folder: Folder) -> None:
    file = folder.write("page.md", "old")
    file.chmod(0o640)
    replace_file(NewFile(file, b"new"))
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_written_file_keeps_what_is_attached_to_it(folder: Folder) -> None:
    file = folder.write("page.md", "old")
    before = file.stat()
    acl = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *each) for each in ACL)
    attributes = {"user.origin": b"a tool", "system.posix_acl_access": acl}
    try:
        for name, value in attributes.items():
            os.setxattr(file, name, value)
    except (AttributeError, OSError):
        pytest.skip("this file system has no attributes")
    os.utime(file, (1, 1))
    replace_file(NewFile(file, b"new"))
    assert {name: os.getxattr(file, name) for name in os.listxattr(file)} == attributes
    assert file.stat().st_ino != before.st_ino, "it is a new file"
    assert file.stat().st_mtime >= before.st_mtime, "which has just been written"


def test_other_names_of_a_file_keep_what_it_held(folder: Folder) -> None:
    file, other = folder.write("page.md", "old"), folder.root / "other.md"
    other.hardlink_to(file)
    replace_file(NewFile(file, b"new"))
    assert (folder.read("page.md"), folder.read("other.md")) == ("new", "old")


def test_a_file_that_would_not_change_is_left_alone(folder: Folder) -> None:
    file = folder.write("page.md", "same")
    before = file.stat()
    replace_file(NewFile(file, b"same"))
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_link_stays_a_link(folder: Folder) -> None:
    file = folder.write("page.md", "old")
    link = folder.root / "link.md"
    link.symlink_to(file)
    replace_file(NewFile(link, b"new"))
    assert link.is_symlink()
    assert folder.read("page.md") == "new"


@pytest.fixture(params=[True, False], ids=["exchanging", "renaming"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to replace a file: not every system can exchange two."""
    if not request.param:
        for name in ("exchange", "add"):
            monkeypatch.setattr(atomic, name, lambda *_: False)


@pytest.mark.usefixtures("way")
def test_all_files_are_replaced_or_none(folder: Folder) -> None:
    """What was replaced before the one that fails is put back, with its mode."""
    old = folder.write("old.txt", "old")
    old.chmod(0o640)
    page = folder.write("page.md", "saved")
    files = [
        NewFile(old, b"new"),
        NewFile(folder.root / "more/new.txt", b"new"),
        NewFile(page, b"new", was=b"old"),
    ]
    with pytest.raises(ChangedError), staged(files) as put_in_place:
        put_in_place()
    assert (folder.read("old.txt"), folder.read("page.md")) == ("old", "saved")
    assert old.stat().st_mode & 0o777 == 0o640
    assert sorted(folder.root.iterdir()) == [old, page], "no file and no folder is left"


@pytest.mark.usefixtures("way")
def test_what_is_saved_while_all_is_put_back_stays(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Be it in the place of a file that was replaced, or of one that is new."""
    old, new, page = (folder.root / name for name in ("old.txt", "new.txt", "page.md"))
    folder.write("old.txt", "old")
    folder.write("page.md", "old")
    put = atomic.Staged.put_in_place

    def save_before_the_page(self: atomic.Staged) -> None:
        if self.file.path == page:
            for file in (old, new, page):
                file.write_text("saved", encoding="utf-8")
        put(self)

    monkeypatch.setattr(atomic.Staged, "put_in_place", save_before_the_page)
    files = [NewFile(old, b"new"), NewFile(new, b"new"), NewFile(page, b"new", was=b"old")]
    with pytest.raises(ChangedError), staged(files) as put_in_place:
        put_in_place()
    assert [file.read_text() for file in (old, new, page)] == ["saved"] * 3
    assert sorted(folder.root.iterdir()) == [new, old, page]


@pytest.mark.usefixtures("way")
def test_a_file_that_must_be_absent_replaces_none(folder: Folder) -> None:
    file = folder.write("new.lock", "theirs")
    with pytest.raises(ChangedError):
        replace_file(NewFile(file, b"ours", absent=True))
    assert folder.read("new.lock") == "theirs"


def test_a_file_that_is_made_at_the_last_moment_is_not_replaced(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add_late(new: Path, place: Path) -> bool:
        place.write_text("theirs", encoding="utf-8")
        return add(new, place)

    monkeypatch.setattr(atomic, "add", add_late)
    with pytest.raises(ChangedError):
        replace_file(NewFile(folder.root / "new.lock", b"ours"))
    assert folder.read("new.lock") == "theirs"


def test_links_are_followed_to_see_where_a_file_is(folder: Folder) -> None:
    (folder.root / "project").mkdir()
    (folder.root / "behind").symlink_to(folder.root / "project")
    (folder.root / "project/out").symlink_to(folder.root)
    assert not leads_out(folder.root / "behind/not/there.md", folder.root / "project")
    assert not leads_out(folder.root / "project/a.md", folder.root / "behind")
    assert leads_out(folder.root / "project/out/a.md", folder.root / "project")
    assert leads_out(folder.root / "project/../a.md", folder.root / "project")


def test_only_a_regular_file_is_replaced(folder: Folder) -> None:
    os.mkfifo(folder.root / "pipe")
    with pytest.raises(RefusedError, match="is no regular file"):
        replace_file(NewFile(folder.root / "pipe", b"new"))
    assert stat.S_ISFIFO((folder.root / "pipe").stat().st_mode)


@pytest.mark.parametrize("name", [".git/config", "link/config"])
def test_what_is_of_git_is_not_written(name: str, folder: Folder) -> None:
    folder.write(".git/config", "old")
    (folder.root / "link").symlink_to(".git")
    with pytest.raises(RefusedError, match="is in git's own folder"):
        replace_file(NewFile(folder.root / name, b"new", within=folder.root))
    assert folder.read(".git/config") == "old"
