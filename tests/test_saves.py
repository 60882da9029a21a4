"""What is saved is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from codeout.saves import Saves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from folder import Folder


@pytest.fixture
def saves(folder: Folder) -> Iterator[Saves]:
    (folder.root / "below").mkdir()
    watched = Saves([folder.root, folder.root / "not there"])
    yield watched
    watched.close()


def test_a_file_that_is_written_or_put_in_place_is_told(folder: Folder, saves: Saves) -> None:
    for save in (folder.write, lambda *_: (folder.root / "a.md").replace(folder.root / "b.md")):
        save("a.md", "text")
        assert saves.connection.poll(10)
        assert folder.root / "a.md" in saves.take()


def test_what_was_told_is_told_once(folder: Folder, saves: Saves) -> None:
    folder.write("a.md", "text")
    assert saves.connection.poll(10)
    saves.take()
    assert not saves.connection.poll(0.3)
    assert not saves.take()


def test_folders_below_are_left_to_others(folder: Folder, saves: Saves) -> None:
    folder.write("below/a.md", "text")
    folder.write("a.md", "text")
    assert saves.connection.poll(10)
    assert folder.root / "below/a.md" not in saves.take()
