"""Files whose names come from elsewhere: regular, inside, and not without end."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.fs.regular import read_regular

if TYPE_CHECKING:
    from tests.support.folder import Folder


def test_a_regular_file_is_read(folder: Folder) -> None:
    assert read_regular(folder.write("a.txt", "text"), 4, folder.root) == b"text"


def test_one_that_is_too_large_is_not(folder: Folder) -> None:
    with pytest.raises(OSError, match="it has more than 3 bytes"):
        read_regular(folder.write("a.txt", "text"), 3)


def test_what_has_no_end_is_not_read(folder: Folder) -> None:
    os.mkfifo(folder.root / "pipe")
    for place in (folder.root / "pipe", Path("/dev/zero")):
        with pytest.raises(OSError, match="it is no regular file"):
            read_regular(place, 100)
    with pytest.raises(IsADirectoryError):
        read_regular(folder.root, 100)


def test_one_outside_is_not_read_through_a_link(
    folder: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret"
    secret.write_text("secret")
    (folder.root / "link").symlink_to(secret)
    with pytest.raises(OSError, match="it leads out of the project"):
        read_regular(folder.root / "link", 100, folder.root)
    assert read_regular(folder.root / "link", 100) == b"secret"
