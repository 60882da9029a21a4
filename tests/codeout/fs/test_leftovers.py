"""Temporary files of what was killed go; what somebody may still write to stays."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
from codeout.fs.leftovers import remove_leftovers, remove_old_leftovers

if TYPE_CHECKING:
    from pathlib import Path

HOURS = 7200  # seconds


def left(folder: Path, name: str, age: float = 0) -> Path:
    """A file that was written so many seconds ago."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("half")
    for each in (file, file.parent):
        os.utime(each, (time.time() - age,) * 2)
    return file


def test_only_our_temporary_files_go(tmp_path: Path) -> None:
    ours = left(tmp_path, ".codeout-0a1b2c_d")
    others = [".codeout-0a1b2c_d.md", ".codeout-short", "codeout-0a1b2c3d", ".codeout-0A1B2C3D"]
    kept = [left(tmp_path, name) for name in others]
    assert remove_leftovers([tmp_path, tmp_path / "missing"]) == (ours,)
    assert sorted(tmp_path.iterdir()) == sorted(kept)


def test_in_a_shared_folder_only_old_ones_go(tmp_path: Path) -> None:
    old = {left(tmp_path, f"{folder}.codeout-0a1b2c3d", HOURS) for folder in ("", "statuses/")}
    new = left(tmp_path, "statuses/.codeout-0a1b2c3e")
    kept = left(tmp_path, "statuses/a.json", HOURS)
    assert {*remove_old_leftovers(tmp_path)} == old
    assert {*(tmp_path / "statuses").iterdir()} == {new, kept}


@pytest.mark.parametrize("age", [0, HOURS])
def test_the_folder_of_a_download_goes_when_nobody_writes_to_it(age: int, tmp_path: Path) -> None:
    file = left(tmp_path, ".codeout-0a1b2c3d/data.zip", age)
    os.utime(file.parent, (time.time() - HOURS,) * 2)
    assert remove_old_leftovers(tmp_path) == ((file.parent,) if age else ())
    assert file.exists() == (not age)


def test_a_link_goes_and_not_what_it_leads_to(tmp_path: Path) -> None:
    mine = left(tmp_path, "mine/file.txt", HOURS)
    link = tmp_path / "cache/.codeout-0a1b2c3d"
    link.parent.mkdir()
    link.symlink_to(mine.parent)
    os.utime(link, (time.time() - HOURS,) * 2, follow_symlinks=False)
    assert remove_old_leftovers(link.parent) == (link,)
    assert mine.read_text() == "half"


def test_a_cache_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert remove_old_leftovers(tmp_path / "cache") == ()
