"""The lock: the records of all pages come back from its file as they were."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from codeout.errors import CodeoutError, ConfigError
from codeout.fs.place import ChangedError
from codeout.lock import lockfile
from codeout.lock.lockfile import Lock
from codeout.lock.record import Inputs
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.records import RECORD, lock_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.folder import Folder

TEXT = """\
# Written by codeout: what each page was made with. Keep it in version control.

version = 1

["docs/a.md"]
blocks = 3
code = "c0de"
data = "da7a"
date = 2026-11-23
device = "cpu"
figures = { "1.png" = "f1" }
includes = { "snippets/net.py" = "1ab", "snippets/그물.py" = "2cd" }
matrix."torch-2.6" = { block = 2, date = 2026-11-29, environment = "e0", line = 7, \
python = "3.12.1", result = "differs", says = "3 → 2", versions = { "a" = "1" } }
outputs = "0075"
plugins = { "codeout-sql" = "1.0" }
python = "3.11.2"
seconds = 2.5
stand-ins = ["data/가중치.pth"]
versions = { "numpy" = "2.4.0", "torch" = "2.14.1" }
"""


RESTORE = "take the file from version control, or delete it, and run `codeout run`"


@pytest.fixture
def file(folder: Folder) -> Path:
    """Where the lock goes."""
    return folder.root / "codeout.lock"


def test_a_record_is_a_table_with_a_line_a_key(file: Path) -> None:
    lock_of({"docs/a.md": RECORD}, file).write()
    assert file.read_text(encoding="utf-8") == TEXT


def test_pages_are_sorted(file: Path) -> None:
    lock = Lock(file)
    for page in ("b.md", "a.md", "c.md"):
        lock.put(page, RECORD)
    lock.write()
    tables = [line for line in file.read_text(encoding="utf-8").splitlines() if line[:1] == "["]
    assert tables == ['["a.md"]', '["b.md"]', '["c.md"]']
    assert list(lock) == ["a.md", "b.md", "c.md"]


ODD = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=99)
PAGES = ODD.map(lambda name: f"{name}.md")


@settings(deadline=None)  # a file is written and read
@given(page=PAGES, include=ODD)
def test_any_name_comes_back(
    tmp_path_factory: pytest.TempPathFactory, page: str, include: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.lock"
    record = replace(RECORD, inputs=Inputs("c", {include: "1"}), stand_ins=(include,))
    lock_of({page: record}, file).write()
    assert Lock.read(file).get(page) == record


@pytest.mark.parametrize(
    "page", ['say "hi".md', "한글/모델 저장.md", "🔥.md", "a\\b'c.md", "\x7f.md"]
)
def test_an_odd_name_comes_back(file: Path, page: str) -> None:
    lock_of({page: RECORD}, file).write()
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
    lock = lock_of({"a.md": RECORD})
    lock.put("a.md", replace(RECORD, date=dt.date(2027, 1, 1), seconds=99.0))
    assert lock.get("a.md") == RECORD


def test_a_record_is_replaced_when_it_tells_something_new() -> None:
    lock = lock_of({"a.md": RECORD})
    now = replace(RECORD, date=dt.date(2027, 1, 1), outputs="07e4")
    lock.put("a.md", now)
    assert lock.get("a.md") == now


def test_a_record_that_changes_is_written_anew(file: Path) -> None:
    lock = lock_of({"a.md": RECORD}, file)
    lock.write()
    lock.put("a.md", replace(RECORD, outputs="0e3"))
    lock.write()
    assert 'outputs = "0e3"' in file.read_text(encoding="utf-8")


def test_pages_that_are_no_more_are_forgotten(file: Path) -> None:
    lock = lock_of({"a.md": RECORD, "b.md": RECORD}, file)
    lock.keep_only(["b.md", "c.md"])
    lock.write()
    assert list(Lock.read(file)) == ["b.md"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param(
            f"<<<<<<< HEAD\n{TEXT}=======\n>>>>>>> branch\n",
            "codeout.lock:1: a merge left its conflict here\n  hint: `codeout lock resolve` keeps "
            "what fits the pages; or take either side of the merge",
            id="conflict",
        ),
        pytest.param(
            '["a.md"]\nblocks = 3\n',
            f"codeout.lock: not what codeout wrote about `code` of a.md\n  hint: {RESTORE}",
            id="missing key",
        ),
        pytest.param(
            "a = 3\n",
            f"codeout.lock: not what codeout wrote about a\n  hint: {RESTORE}",
            id="no table",
        ),
        pytest.param(
            TEXT.replace("version = 1", "version = 2"),
            "codeout.lock: written by another version of codeout (form 2)\n"
            "  hint: use that version here too, or delete the file and run `codeout run`",
            id="newer",
        ),
    ],
)
def test_a_lock_that_cannot_be_understood_is_told(file: Path, text: str, why: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        Lock.read(file)
    assert str(error.value) == why


def test_a_lock_without_a_version_is_of_the_first(file: Path) -> None:
    file.write_text(TEXT.replace("version = 1\n\n", ""), encoding="utf-8")
    assert Lock.read(file).get("docs/a.md") == RECORD


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('code = "c0de"', "code = 5"),
        ('code = "c0de"', 'code = "no digest"'),
        ("blocks = 3", "blocks = '1'"),
        ("blocks = 3", "blocks = -1"),
        ("blocks = 3", "blocks = true"),
        ("date = 2026-11-23", 'date = "x"'),
        ("date = 2026-11-23", "date = 2026-11-23T10:00:00"),
        ("seconds = 2.5", "seconds = nan"),
        ("seconds = 2.5", "seconds = 'x'"),
        ('stand-ins = ["data/가중치.pth"]', 'stand-ins = "abc"'),
        ('"torch" = "2.14.1"', '"torch --index-url" = "2.14.1"'),
        ('"torch" = "2.14.1"', '"torch" = "<b>"'),
        ('python = "3.11.2"', 'python = "<script>"'),
        ('device = "cpu"', 'device = "CPU!"'),
        ('"1.png" = "f1"', '"../1.png" = "f1"'),
        ("blocks = 3", "blocks = 3\nsurprise = 1"),
        ("blocks = 3", "blocks = 3\nreads = [1]"),
        ("blocks = 3", "blocks = 3\nwrites = [1]"),
    ],
)
def test_every_value_has_the_form_of_those_that_are_written(file: Path, old: str, new: str) -> None:
    """Nobody reviews the lock, and its values come to readers and into exports."""
    assert old in TEXT
    file.write_text(TEXT.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"not what codeout wrote about `[a-z-]+` of docs/a\.md"):
        Lock.read(file)


def test_a_lock_that_cannot_be_read_is_told(folder: Folder) -> None:
    (folder.root / "codeout.lock").mkdir()
    with pytest.raises(ConfigError) as error:
        Lock.read(folder.root / "codeout.lock")
    assert error.value.message == "codeout.lock: cannot be read: Is a directory"


def test_a_value_that_would_not_be_read_back_is_not_written(file: Path) -> None:
    lock = Lock(file)
    with pytest.raises(CodeoutError, match="the lock cannot hold its `device`"):
        lock.put("a.md", replace(RECORD, device="CPU!"))
    assert list(lock) == []


def test_others_who_write_all_the_time_are_told(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(_: object) -> None:
        raise ChangedError

    lock = lock_of({"a.md": RECORD}, file)
    monkeypatch.setattr(lockfile, "replace_file", change)
    with pytest.raises(CodeoutError, match="others write to it all the time"):
        lock.write()


def test_a_lock_that_others_make_meanwhile_is_joined(file: Path) -> None:
    mine, theirs = Lock.read(file), Lock.read(file)
    mine.put("mine.md", RECORD)
    theirs.put("theirs.md", RECORD)
    theirs.write()
    mine.write()
    assert list(Lock.read(file)) == ["mine.md", "theirs.md"]
