"""The lock: the records of all pages come back from its file as they were."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from codeout.errors import ConfigError
from codeout.lock.lockfile import Lock
from codeout.lock.record import Inputs
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.records import RECORD

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.folder import Folder

TEXT = """\
# Written by codeout: what each page was made with. Keep it in version control.

["docs/a.md"]
blocks = 3
code = "c0de"
data = "da7a"
date = 2026-11-23
device = "cpu"
includes = { "snippets/net.py" = "1ab", "snippets/그물.py" = "2cd" }
outputs = "0075"
python = "3.11.2"
seconds = 2.5
stand-ins = ["data/가중치.pth"]
versions = { "numpy" = "2.4.0", "torch" = "2.14.1" }
"""


@pytest.fixture
def file(folder: Folder) -> Path:
    """Where the lock goes."""
    return folder.root / "codeout.lock"


def test_a_record_is_a_table_with_a_line_a_key(file: Path) -> None:
    Lock(file, {"docs/a.md": RECORD}).write()
    assert file.read_text(encoding="utf-8") == TEXT


def test_pages_are_sorted(file: Path) -> None:
    lock = Lock(file)
    for page in ("b.md", "a.md", "c.md"):
        lock.put(page, RECORD)
    lock.write()
    tables = [line for line in file.read_text(encoding="utf-8").splitlines() if line[:1] == "["]
    assert tables == ['["a.md"]', '["b.md"]', '["c.md"]']
    assert list(lock) == ["a.md", "b.md", "c.md"]


ODD = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1)


@settings(deadline=None)  # a file is written and read
@given(page=ODD, include=ODD)
def test_any_name_comes_back(
    tmp_path_factory: pytest.TempPathFactory, page: str, include: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.lock"
    record = replace(RECORD, inputs=Inputs("c", {include: "1"}), stand_ins=(include,))
    Lock(file, {page: record}).write()
    assert Lock.read(file).get(page) == record


@pytest.mark.parametrize(
    "page", ['say "hi".md', "한글/모델 저장.md", "🔥.md", "a\\b'c.md", "\x7f.md"]
)
def test_an_odd_name_comes_back(file: Path, page: str) -> None:
    Lock(file, {page: RECORD}).write()
    assert Lock.read(file).get(page) == RECORD


def test_no_file_is_an_empty_lock(file: Path) -> None:
    assert list(Lock.read(file)) == []
    assert list(Lock.read(None)) == []


def test_without_a_path_nothing_is_written(folder: Folder) -> None:
    lock = Lock(None)
    lock.put("a.md", RECORD)
    lock.write()
    assert list(folder.root.iterdir()) == []


def test_a_record_stays_when_it_tells_the_same() -> None:
    lock = Lock(None, {"a.md": RECORD})
    lock.put("a.md", replace(RECORD, date=dt.date(2027, 1, 1), seconds=99.0))
    assert lock.get("a.md") == RECORD


def test_a_record_is_replaced_when_it_tells_something_new() -> None:
    lock = Lock(None, {"a.md": RECORD})
    now = replace(RECORD, date=dt.date(2027, 1, 1), outputs="other")
    lock.put("a.md", now)
    assert lock.get("a.md") == now


def test_a_record_that_changes_is_written_anew(file: Path) -> None:
    lock = Lock(file, {"a.md": RECORD})
    lock.write()
    lock.put("a.md", replace(RECORD, outputs="new"))
    lock.write()
    assert 'outputs = "new"' in file.read_text(encoding="utf-8")


def test_pages_that_are_no_more_are_forgotten(file: Path) -> None:
    lock = Lock(file, {"a.md": RECORD, "b.md": RECORD})
    lock.keep_only(["b.md", "c.md"])
    lock.write()
    assert list(Lock.read(file)) == ["b.md"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param(
            f"<<<<<<< HEAD\n{TEXT}=======\n>>>>>>> branch\n",
            "codeout.lock:1: a merge left its conflict here",
            id="conflict",
        ),
        pytest.param(
            '["a.md"]\nblocks = 3\n',
            "codeout.lock: not what codeout wrote about a.md",
            id="missing key",
        ),
        pytest.param("a = 3\n", "codeout.lock: not what codeout wrote about a", id="no table"),
    ],
)
def test_a_lock_that_cannot_be_understood_is_told(file: Path, text: str, why: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        Lock.read(file)
    assert str(error.value) == (
        f"{why}\n  hint: keep what both sides of a merge wrote, "
        "or delete the file and run `codeout run`"
    )


def test_a_lock_that_cannot_be_read_is_told(folder: Folder) -> None:
    (folder.root / "codeout.lock").mkdir()
    with pytest.raises(ConfigError) as error:
        Lock.read(folder.root / "codeout.lock")
    assert error.value.message == "codeout.lock: cannot be read: Is a directory"
