"""A conflict in the lock, resolved by what the pages are now; and git's merge driver."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.config.pyproject import find_config
from codeout.engine.project import Project
from codeout.engine.resolve import Resolved, resolve
from codeout.lock.lockfile import Lock

from tests.codeout.cli.test_main import codeout
from tests.support.records import RECORD, lock_of
from tests.support.repository import git

if TYPE_CHECKING:
    from tests.support.folder import Folder

PROGRAM = Path(sys.executable).with_name("codeout")
CONFLICT = "<<<<<<< HEAD\n{}=======\n{}>>>>>>> other\n"


@pytest.fixture
def ran(folder: Folder) -> Folder:
    """A project whose two pages have run."""
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['.']\n")
    for name in ("a.md", "b.md"):
        folder.page(name, ("1 + 1", ""))
    assert codeout("run").exit_code == 0
    return folder


def test_the_record_that_fits_the_page_is_kept(ran: Folder) -> None:
    ours = ran.read("codeout.lock")
    lock_of({"a.md": RECORD, "c.md": RECORD}, ran.root / "theirs").write()
    ran.write("codeout.lock", CONFLICT.format(ours, ran.read("theirs")))
    assert resolve(find_config(ran.root)) == Resolved(3, ())
    project = Project.open(ran.root)
    assert [*project.lock] == ["a.md", "b.md", "c.md"]
    assert all(project.status(plan).fresh for plan in project.plans())


def test_a_page_that_no_record_fits_is_stale(ran: Folder) -> None:
    lock = Lock.read(ran.root / "codeout.lock")
    record = lock.get("a.md")
    assert record is not None
    ours, theirs = (replace(record, outputs=digest) for digest in ("0a", "0b"))
    lock_of({"a.md": ours}, ran.root / "ours").write()
    lock_of({"a.md": theirs}, ran.root / "theirs").write()
    ran.write("codeout.lock", CONFLICT.format(ran.read("ours"), ran.read("theirs")))
    assert resolve(find_config(ran.root)) == Resolved(0, ("a.md",))


def test_without_a_conflict_nothing_is_written(ran: Folder) -> None:
    before = ran.read("codeout.lock")
    assert resolve(find_config(ran.root)) is None
    assert ran.read("codeout.lock") == before


def test_git_merges_two_branches_with_our_driver(ran: Folder) -> None:
    git(ran.root, "init", "-q", "-b", "main")
    ran.write(".gitattributes", "codeout.lock merge=codeout\n")
    git(ran.root, "config", "merge.codeout.driver", f"{PROGRAM} lock merge %O %A %B")
    git(ran.root, "add", ".")
    git(ran.root, "commit", "-qm", "base")
    for branch, name in (("other", "a.md"), ("main", "b.md")):
        git(ran.root, "checkout", "-q", *(["-b"] if branch == "other" else []), branch)
        ran.page(name, ("2 + 2", ""))
        assert codeout("run").exit_code == 0
        git(ran.root, "commit", "-qam", name)
    git(ran.root, "merge", "-q", "other")
    project = Project.open(ran.root)
    assert all(project.status(plan).fresh for plan in project.plans())
