"""Folders are removed, whatever modes a page gave to what is in them."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.fs.rmtree import remove, unlock

from tests.support.ordinary import as_ordinary_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.folder import Folder


@pytest.mark.parametrize("mode", [0o000, 0o111, 0o444, 0o555])
@pytest.mark.parametrize("locked", ["page", "page/work", "page/work/inner"])
def test_a_folder_goes_whatever_its_mode(folder: Folder, locked: str, mode: int) -> None:
    def leave() -> None:
        Path("page/work/inner/innermost").mkdir(parents=True)
        for name in ("page/file", "page/work/file", "page/work/inner/file"):
            Path(name).touch(0o000)
        Path(locked).chmod(mode)
        remove(Path("page"))

    as_ordinary_user(folder.root, leave)
    assert not (folder.root / "page").exists()


def test_folders_locked_in_one_another_go(folder: Folder) -> None:
    def leave() -> None:
        names = ["page/work/inner", "page/work", "page"]
        Path(names[0]).mkdir(parents=True)
        for name in names:
            Path(name).chmod(0o000)
        remove(Path("page"))

    as_ordinary_user(folder.root, leave)
    assert not (folder.root / "page").exists()


def test_what_links_lead_to_stays_as_it_is(folder: Folder) -> None:
    def leave() -> None:
        Path("elsewhere/inner").mkdir(parents=True)
        Path("page/work").mkdir(parents=True)
        Path("page/work/link").symlink_to("../../elsewhere")
        Path("elsewhere/inner").chmod(0o500)
        Path("elsewhere").chmod(0o500)
        Path("page/work").chmod(0o500)
        remove(Path("page"))

    as_ordinary_user(folder.root, leave)
    assert not (folder.root / "page").exists()
    for name in ("elsewhere", "elsewhere/inner"):
        assert stat.S_IMODE((folder.root / name).stat().st_mode) == 0o500


@pytest.mark.parametrize("act", [remove, unlock])
def test_a_link_in_the_place_of_the_folder_is_not_followed(
    folder: Folder, act: Callable[[Path], None]
) -> None:
    inner = folder.root / "elsewhere" / "inner"
    inner.mkdir(parents=True)
    inner.chmod(0o500)
    inner.parent.chmod(0o500)
    (folder.root / "page").symlink_to("elsewhere")
    act(folder.root / "page")
    for path in (inner, inner.parent):
        assert stat.S_IMODE(path.stat().st_mode) == 0o500


@pytest.mark.parametrize("act", [remove, unlock])
def test_a_folder_that_is_gone_is_no_matter(folder: Folder, act: Callable[[Path], None]) -> None:
    act(folder.root / "page")


def test_folders_may_lie_deeper_than_python_follows(tmp_path: Path) -> None:
    top = tmp_path / "top"
    top.mkdir()
    here = os.open(top, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    remove(top)
    assert not top.exists()
