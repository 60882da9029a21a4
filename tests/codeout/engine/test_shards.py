"""Shards: every page in one of them, and none with much more to do than the others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.engine.project import Project
from codeout.engine.resolve import join
from codeout.engine.shards import START, Shard, pages_of
from codeout.engine.update import Update
from codeout.errors import ConfigError
from codeout.lock.file_text import read_records
from codeout.lock.lockfile import Lock
from hypothesis import given
from hypothesis import strategies as st

from tests.support.records import RECORD

if TYPE_CHECKING:
    from tests.support.folder import Folder

SECONDS = st.none() | st.floats(0, 100).map(lambda seconds: round(seconds, 1))


@dataclass(frozen=True)
class Page:
    """A page by its name."""

    path: str
    file: Path = Path()


def divided(seconds: list[float | None], of: int) -> tuple[list[Page], list[list[Page]], Lock]:
    """Pages that took some seconds, None for never ran, in as many shards."""
    pages = [Page(f"{at}.md") for at in range(len(seconds))]
    lock = Lock(None)
    for page, took in zip(pages, seconds, strict=True):
        if took is not None:
            lock.put(page.path, replace(RECORD, seconds=took))
    return pages, [pages_of(Shard(n, of), pages, lock) for n in range(1, of + 1)], lock


@given(st.lists(SECONDS, max_size=30), st.integers(1, 6))
def test_every_page_is_in_one_shard(seconds: list[float | None], of: int) -> None:
    pages, shards, _ = divided(seconds, of)
    assert sorted(page.path for shard in shards for page in shard) == sorted(
        page.path for page in pages
    )
    assert shards == divided(seconds, of)[1], "on every machine"


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30), st.integers(1, 6))
def test_no_shard_has_more_than_its_part_and_one_page(seconds: list[float], of: int) -> None:
    took = [round(each, 1) for each in seconds]
    _, shards, lock = divided([*took], of)
    records = [[lock.get(page.path) for page in shard] for shard in shards]
    loads = [sum(record.seconds + START for record in shard if record) for shard in records]
    whole = sum(took) + START * len(took)
    assert max(loads) <= whole / of + max(took) + START + 1e-6


def test_short_pages_are_divided_too() -> None:
    """A lock has 0.0 seconds for each."""
    _, (one, other), _ = divided([0.0, 0.0, 0.0, 0.0], 2)
    assert len(one) == len(other) == 2


def test_a_page_that_never_ran_counts_as_the_median() -> None:
    _, (one, other), _ = divided([10.0, 1.0, 1.0, None], 2)
    assert [page.path for page in one] == ["0.md"]
    assert [page.path for page in other] == ["1.md", "2.md", "3.md"]


def test_joined_shards_have_the_lock_of_one_machine(folder: Folder) -> None:
    """But for the seconds, which differ from run to run."""
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    for at in range(5):
        folder.page(f"docs/{at}.md", (f"{at} + 1", ""))
    folder.page("docs/fails.md", ("1 / 0", ""))
    begun = folder.write("codeout.lock", "")
    for number in (1, 2):
        begun.write_text("")
        project = Project.open()
        plans = [project.plan(file) for file in project.files()]
        for event in project.execute(pages_of(Shard(number, 2), plans, project.lock)):
            if isinstance(event, Update) and not event.problems:
                assert project.write(event) == ()
        begun.rename(folder.root / f"{number}.lock")
        begun.write_text("")
    assert join(project.config, [folder.root / "1.lock", folder.root / "2.lock"]) == 5
    joined = read_records(begun, begun.read_bytes())
    assert [*joined] == [f"docs/{at}.md" for at in range(5)]

    begun.unlink()
    alone = Project.open()
    for event in alone.execute(alone.plans()):
        if isinstance(event, Update) and not event.problems:
            assert alone.write(event) == ()
    assert all(
        record.same_as(joined[page]) for page in alone.lock if (record := alone.lock.get(page))
    )
    assert {*alone.lock} == {*joined}


def test_a_page_in_two_shards_is_refused(folder: Folder) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    for name, took in (("one", 1), ("two", 2)):
        lock = Lock(folder.root / f"{name}.lock")
        lock.put("docs/a.md", replace(RECORD, blocks=took))
        lock.write()
    config = Project.open().config
    with pytest.raises(ConfigError, match=r"two.lock: another shard has recorded docs/a.md too"):
        join(config, [folder.root / "one.lock", folder.root / "two.lock"])
    assert not (folder.root / "codeout.lock").exists()
