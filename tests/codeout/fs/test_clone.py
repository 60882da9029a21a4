"""Copies: the same to the byte, with holes and times, and ours to read and write."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

import pytest
from codeout.fs.clone import OURS, copy
from hypothesis import given, settings
from hypothesis import strategies as st


def fill(path: Path, pieces: list[tuple[bytes, int]]) -> None:
    """Write a file of data and, where there is none, of holes."""
    with path.open("wb") as file:
        for data, length in pieces:
            if data:
                file.write((data * length)[:length])
            else:
                file.truncate(file.seek(length, os.SEEK_CUR))


LENGTHS = st.sampled_from([0, 1, 4095, 4096, 4097, 65536, 2**20, 2**20 + 1]) | st.integers(0, 2**18)
PIECES = st.lists(st.tuples(st.sampled_from([b"", b"", b"\0", b"1", b"23 "]), LENGTHS), max_size=6)


@pytest.mark.parametrize("can_tell", [True, False])
@settings(deadline=None)
@given(pieces=PIECES, others=PIECES)
def test_data_and_holes_are_the_same_to_the_byte(
    can_tell: bool, pieces: list[tuple[bytes, int]], others: list[tuple[bytes, int]]
) -> None:
    """Whatever the target held before, and where the system cannot tell data from holes."""
    with tempfile.TemporaryDirectory() as root, pytest.MonkeyPatch.context() as patch:
        if not can_tell:
            patch.setattr(os, "SEEK_DATA", 77)
        source, target = Path(root, "source"), Path(root, "target")
        fill(source, pieces)
        fill(target, others)
        copy(source, target)
        assert target.read_bytes() == source.read_bytes()


def test_holes_take_no_room(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    fill(source, [(b"1", 5000), (b"", 2**26), (b"2", 1), (b"", 2**26)])
    copy(source, target)
    found = target.stat()
    assert found.st_size == source.stat().st_size
    assert found.st_blocks * 512 < 2**20


def test_a_copy_has_the_times_of_its_original_and_a_mode_of_ours(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_text("1")
    source.chmod(0o444)
    os.utime(source, (1, 2))
    copy(source, target)
    assert target.stat().st_mtime == 2
    assert stat.S_IMODE(target.stat().st_mode) == OURS
