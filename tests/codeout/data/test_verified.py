"""A file that was checked is known by its looks; one that was not, by its checksum."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from codeout.data import verified
from codeout.data.verified import intact, keep, sha256_of

DATA = b"weights"
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file in its place, verified."""
    (tmp_path / "scratch").write_bytes(DATA)
    keep(tmp_path / "scratch", tmp_path / "kept" / "file")
    return tmp_path / "kept" / "file"


def never(file: Path) -> str:
    """Stands for a hash where none is to be made."""
    raise AssertionError(f"{file} is read again")


def test_the_checksum_is_that_of_sha256sum(file: Path) -> None:
    assert sha256_of(file) == SHA256


def test_a_kept_file_is_moved_and_read_only(file: Path, tmp_path: Path) -> None:
    assert file.read_bytes() == DATA
    assert file.stat().st_mode & 0o777 == 0o444
    assert not (tmp_path / "scratch").exists()


def test_a_sealed_file_is_not_read_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verified, "sha256_of", never)
    assert intact(file, SHA256)
    assert intact(file), "nor need its checksum be known"


def test_a_file_that_looks_otherwise_has_to_have_its_checksum(file: Path) -> None:
    file.chmod(0o644)
    file.write_bytes(DATA[1:])
    assert not intact(file)
    assert not intact(file, SHA256)
    file.write_bytes(DATA)
    assert intact(file, SHA256)


def test_a_change_that_hides_its_time_is_seen(file: Path) -> None:
    before = file.stat()
    file.chmod(0o644)
    file.write_bytes(DATA[::-1])
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not intact(file, SHA256)


def test_a_note_about_another_checksum_says_nothing(file: Path) -> None:
    assert not intact(file, "0" * 64)


def test_a_file_with_the_right_checksum_is_sealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_bytes(DATA)
    assert not intact(file), "nobody checked it"
    assert intact(file, SHA256)
    monkeypatch.setattr(verified, "sha256_of", never)
    assert intact(file)


def test_what_cannot_be_sealed_is_known_by_its_checksum_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    file = tmp_path / "file"
    file.write_bytes(DATA)
    monkeypatch.setattr(Path, "chmod", refuse)
    assert intact(file, SHA256)
    assert not intact(file)


def test_what_is_not_there_is_not_intact(tmp_path: Path) -> None:
    assert not intact(tmp_path / "none", SHA256)
