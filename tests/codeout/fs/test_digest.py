"""Short digests of texts and of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.fs.digest import digest, digest_file
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from tests.support.folder import Folder


def test_the_parts_of_a_digest_do_not_run_together() -> None:
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("abc", "")}) == 4
    assert digest("ab", "c") == digest(b"ab", b"c")
    assert digest("가") == digest("가".encode())


def test_a_digest_is_short_whatever_it_is_of() -> None:
    assert len(digest("\udcff")) == len(digest()) == 16


@pytest.mark.parametrize("chunk", [1, 2, 3, 1 << 20])
def test_a_file_is_read_in_parts_of_any_size(
    chunk: int, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("codeout.fs.digest._CHUNK", chunk)
    file = folder.root / "data"

    @given(st.text("ab\r\n").map(str.encode))
    def check(data: bytes) -> None:
        file.write_bytes(data)
        assert digest_file(file) == digest(data.replace(b"\r\n", b"\n"))

    check()
