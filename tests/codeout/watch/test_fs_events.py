"""What is saved is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from codeout.watch import fs_events
from codeout.watch.fs_events import FolderWatcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.folder import Folder


@pytest.fixture
def watcher(folder: Folder) -> Iterator[FolderWatcher]:
    (folder.root / "below").mkdir()
    watched = FolderWatcher([folder.root, folder.root / "not there"])
    yield watched
    watched.close()


def test_a_file_that_is_written_or_put_in_place_is_told(
    folder: Folder, watcher: FolderWatcher
) -> None:
    for save in (folder.write, lambda *_: (folder.root / "a.md").replace(folder.root / "b.md")):
        save("a.md", "text")
        assert watcher.connection.poll(10)
        assert folder.root / "a.md" in watcher.changes()


def test_what_was_told_is_told_once(folder: Folder, watcher: FolderWatcher) -> None:
    folder.write("a.md", "text")
    assert watcher.connection.poll(10)
    watcher.changes()
    assert not watcher.connection.poll(0.3)
    assert not watcher.changes()


def test_folders_below_are_left_to_others(folder: Folder, watcher: FolderWatcher) -> None:
    folder.write("below/a.md", "text")
    folder.write("a.md", "text")
    assert watcher.connection.poll(10)
    assert folder.root / "below/a.md" not in watcher.changes()


def make_anew(below: Path) -> None:
    below.rename(below.with_name("away"))
    below.mkdir()


@pytest.mark.parametrize(
    "change",
    [make_anew, lambda below: below.rmdir(), lambda below: (below.parent / "not there").mkdir()],
    ids=["made anew", "gone", "there at last"],
)
def test_other_folders_at_its_paths_are_seen_at_once(
    folder: Folder, change: Callable[[Path], None]
) -> None:
    (below := folder.root / "below").mkdir()
    watcher = FolderWatcher([below, folder.root / "not there"])
    assert watcher.up_to_date
    folder.write("below/a.md", "text").unlink()
    assert watcher.up_to_date, "only what is in it has changed"
    change(below)
    assert not watcher.up_to_date
    watcher.close()


def test_a_new_folder_is_told_from_the_old_though_its_number_is_the_same(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (below := folder.root / "below").mkdir()
    monkeypatch.setattr(fs_events, "_identity", lambda _: (1, 1))
    watcher = FolderWatcher([below])
    below.rmdir()
    below.mkdir()
    assert watcher.connection.poll(10)
    watcher.changes()
    assert not watcher.up_to_date
    watcher.close()


def test_a_folder_that_goes_as_the_watch_begins_is_left_out(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (below := folder.root / "below").mkdir()
    watch = fs_events.watch

    def late(*folders: Path, **how: Any) -> Any:
        if below.is_dir():
            below.rmdir()
        return watch(*folders, **how)

    monkeypatch.setattr(fs_events, "watch", late)
    watcher = FolderWatcher([folder.root, below])
    assert not watcher.up_to_date
    folder.write("a.md", "text")
    assert watcher.connection.poll(10)
    watcher.close()
