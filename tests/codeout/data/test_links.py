"""Pages find the data files lent to them, can do with them as they like, and spoil none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.data.assets import Asset, Fetched
from codeout.data.links import link_files

if TYPE_CHECKING:
    from pathlib import Path

DATA = b"weights"


@pytest.fixture
def kept(tmp_path: Path) -> Fetched:
    """A data file in the cache."""
    file = tmp_path / "kept"
    file.write_bytes(DATA)
    file.chmod(0o444)
    return Fetched(Asset("data/weights.bin", "0" * 64, ()), file, stand_in=False)


def test_pages_can_read_what_is_placed_and_put_their_own_in_its_place(
    kept: Fetched, tmp_path: Path
) -> None:
    link_files([kept], tmp_path / "page")
    placed = tmp_path / "page" / "data" / "weights.bin"
    assert placed.read_bytes() == DATA
    assert placed.stat().st_mode & 0o222 == 0
    placed.unlink()
    placed.write_bytes(b"the page's own")
    assert kept.file.read_bytes() == DATA


def test_a_file_system_without_links_gets_copies(
    kept: Fetched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    for name in ("os.symlink", "os.link", "pathlib.Path.symlink_to", "pathlib.Path.hardlink_to"):
        monkeypatch.setattr(name, refuse)
    link_files([kept], tmp_path / "work")
    placed = tmp_path / "work" / "data" / "weights.bin"
    assert not placed.is_symlink()
    assert placed.read_bytes() == DATA
