"""TOML files: what they hold, and the line where they are broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.config.toml import read_toml
from codeout.errors import ConfigError

if TYPE_CHECKING:
    from tests.support.folder import Folder

CONFLICT = "a = 1\n<<<<<<< ours\nb = 1\n=======\nb = 2\n>>>>>>> theirs\n"


def test_a_file_is_read(folder: Folder) -> None:
    assert read_toml(folder.write("a.toml", "a = 1\n"), "mend it") == {"a": 1}


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (b"a = 1\nb\n", "a.toml:2: not valid TOML: expected '=' after a key"),
        (b"a = [\n1,\n", "a.toml:2: not valid TOML: invalid value at the end of the file"),
        (CONFLICT.encode(), "a.toml:2: a merge left its conflict here"),
    ],
)
def test_a_broken_line_is_named(folder: Folder, source: bytes, told: str) -> None:
    file = folder.write("a.toml", "")
    file.write_bytes(source)
    with pytest.raises(ConfigError) as error:
        read_toml(file, "mend it")
    assert error.value.message.startswith(told)
    assert error.value.hint == "mend it"


def test_bytes_that_are_not_utf_8_are_named(folder: Folder) -> None:
    file = folder.write("a.toml", "")
    file.write_bytes(b"# one\n# \xe9\n")
    with pytest.raises(ConfigError) as error:
        read_toml(file, "mend it")
    assert str(error.value) == ("a.toml:2: not UTF-8 (byte 0xe9)\n  hint: save the file as UTF-8")


def test_text_that_looks_like_a_conflict_is_a_text(folder: Folder) -> None:
    file = folder.write("a.toml", "a = '''\n<<<<<<< ours\n'''\n")
    assert read_toml(file, "mend it") == {"a": "<<<<<<< ours\n"}


def test_a_file_of_brackets_is_told(folder: Folder) -> None:
    file = folder.write("a.toml", f"a = {'[' * 5000}{']' * 5000}")
    with pytest.raises(ConfigError, match=r"a\.toml: not valid TOML: nested too deeply"):
        read_toml(file, "fix it")
