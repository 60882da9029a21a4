"""Data files that a worker takes in parts, and keeps by their content."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from codeout import Asset
from codeout.cluster.store import fetched, lacking, receive
from codeout.cluster.task import Content

if TYPE_CHECKING:
    from pathlib import Path

BYTES = b"1 2 3\n" * 1000


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Content:
    """A file that is not here yet."""
    monkeypatch.setenv("CODEOUT_CACHE", str(tmp_path / "cache"))
    sha256 = hashlib.sha256(BYTES).hexdigest()
    return Content(Asset("data/numbers.txt", sha256, ()), sha256, stand_in=False)


def test_a_file_arrives_in_parts_from_two_senders(content: Content) -> None:
    assert lacking((content,)) == (content.sha256,)
    for sender in ("one", "two"):
        assert receive(content, sender, 0, BYTES[:10], last=False) == ""
    for sender in ("one", "two"):
        assert receive(content, sender, 10, BYTES[10:], last=True) == ""
    assert lacking((content,)) == ()
    assert fetched((content,))[0].file.read_bytes() == BYTES


def test_a_file_that_was_damaged_on_its_way(content: Content, tmp_path: Path) -> None:
    why = receive(content, "one", 0, BYTES[1:], last=True)
    assert why == "data/numbers.txt did not arrive as it was sent"
    assert lacking((content,)) == (content.sha256,)
    assert [*(tmp_path / "cache").iterdir()] == []


def test_a_file_that_cannot_be_kept(content: Content, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")
    why = receive(content, "one", 0, BYTES, last=True)
    assert why.startswith(f"data/numbers.txt cannot be kept in {tmp_path / 'cache'}: ")
