"""The files that a live page depends on."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from codeout.engine.plan import Plan
from codeout.run.access import Touched
from codeout.run.events import Ended
from codeout.watch.inputs import TrackedInputs

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.folder import Folder


@pytest.fixture
def plan(folder: Folder) -> Plan:
    folder.write("data.txt", "one")
    return Plan("docs/a.md", folder.root / "docs/a.md", root=folder.root)


def ended(reads: tuple[Path, ...], writes: tuple[Path, ...] = ()) -> Ended:
    touched = Touched(frozenset(map(str, reads)), frozenset(map(str, writes)))
    return Ended("docs/a.md", 1.0, "", touched=touched, began=time.time() + 10)


def test_a_file_that_was_read_is_tracked_until_it_changes(folder: Folder, plan: Plan) -> None:
    data = folder.root / "data.txt"
    inputs = TrackedInputs().after(ended((data,)), plan)
    assert inputs.files == {data}
    assert not inputs.outdated
    folder.write("data.txt", "two")
    assert inputs.outdated


def test_a_file_that_the_page_writes_itself_does_not_count(folder: Folder, plan: Plan) -> None:
    data = folder.root / "data.txt"
    inputs = TrackedInputs().after(ended((data,), (data,)), plan)
    folder.write("data.txt", "two")
    assert not inputs.outdated


def test_a_file_that_was_not_found_counts_once_it_exists(folder: Folder, plan: Plan) -> None:
    late, output = folder.root / "late.txt", folder.root / "output.txt"
    outside = folder.root.parent / "outside.txt"
    inputs = TrackedInputs().after(ended((late, output, outside), (output,)), plan)
    assert inputs.missing == inputs.files == {late}
    inputs = inputs.after(ended(()), plan)
    assert inputs.missing == {late}, "an earlier block looked for it"
    folder.write("late.txt", "")
    assert inputs.outdated


def test_a_page_that_starts_again_has_read_nothing_yet(folder: Folder, plan: Plan) -> None:
    data, late = folder.root / "data.txt", folder.root / "late.txt"
    inputs = TrackedInputs().after(ended((data, late)), plan)
    data.unlink()
    assert inputs.outdated
    inputs = inputs.restarted(plan)
    assert inputs.missing == inputs.files == {data, late}
    folder.write("late.txt", "")
    assert inputs.restarted(plan).files == {data}
