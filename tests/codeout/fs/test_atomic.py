"""Files that are written whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.fs.atomic import leads_out, replace_file

if TYPE_CHECKING:
    from tests.support.folder import Folder


def test_a_file_is_written_whole_or_not_at_all(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder.write("page.md", "old")

    def fail(*_: object) -> None:
        raise OSError(28, "the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", fail)
        with pytest.raises(OSError, match="the disk is full"):
            replace_file(file, b"new")
    assert folder.read("page.md") == "old"
    assert list(folder.root.iterdir()) == [file], "no temporary file is left"
    replace_file(file, b"new")
    assert folder.read("page.md") == "new"
    assert list(folder.root.iterdir()) == [file]


def test_a_written_file_keeps_its_mode(folder: Folder) -> None:
    file = folder.write("page.md", "old")
    file.chmod(0o640)
    replace_file(file, b"new")
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_file_that_would_not_change_is_left_alone(folder: Folder) -> None:
    file = folder.write("page.md", "same")
    before = file.stat()
    replace_file(file, b"same")
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_link_stays_a_link(folder: Folder) -> None:
    file = folder.write("page.md", "old")
    link = folder.root / "link.md"
    link.symlink_to(file)
    replace_file(link, b"new")
    assert link.is_symlink()
    assert folder.read("page.md") == "new"


def test_links_are_followed_to_see_where_a_file_is(folder: Folder) -> None:
    (folder.root / "project").mkdir()
    (folder.root / "behind").symlink_to(folder.root / "project")
    (folder.root / "project/out").symlink_to(folder.root)
    assert not leads_out(folder.root / "behind/not/there.md", folder.root / "project")
    assert not leads_out(folder.root / "project/a.md", folder.root / "behind")
    assert leads_out(folder.root / "project/out/a.md", folder.root / "project")
    assert leads_out(folder.root / "project/../a.md", folder.root / "project")
