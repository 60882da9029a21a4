"""Locks of two branches: page by page, and stale where both have run a page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from codeout.lock.merge import merge, sides

from tests.support.records import RECORD

OTHER = replace(RECORD, outputs="07e4")
THIRD = replace(RECORD, outputs="03d")


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "kept"),
    [
        pytest.param(None, None, RECORD, RECORD, id="a page of theirs"),
        pytest.param(None, RECORD, None, RECORD, id="a page of ours"),
        pytest.param(RECORD, RECORD, OTHER, OTHER, id="they ran it"),
        pytest.param(RECORD, OTHER, RECORD, OTHER, id="we ran it"),
        pytest.param(RECORD, OTHER, OTHER, OTHER, id="both alike"),
        pytest.param(RECORD, RECORD, None, None, id="they removed it"),
        pytest.param(RECORD, None, RECORD, None, id="we removed it"),
        pytest.param(RECORD, OTHER, None, None, id="we ran what they removed"),
    ],
)
def test_one_branch_has_changed_a_page(
    base: object, ours: object, theirs: object, kept: object
) -> None:
    merged = merge(*({"a.md": each} if each else {} for each in (ours, theirs, base)))  # type: ignore[arg-type]
    assert dict(merged.records) == ({"a.md": kept} if kept else {})
    assert not merged.open


def test_both_have_run_a_page() -> None:
    merged = merge({"a.md": OTHER}, {"a.md": THIRD}, {"a.md": RECORD})
    assert not merged.records
    assert dict(merged.open) == {"a.md": (OTHER, THIRD)}


CONFLICT = """\
first
<<<<<<< HEAD
ours
||||||| base
base
=======
theirs
>>>>>>> branch
last
"""


def test_the_sides_of_a_conflict() -> None:
    assert sides(CONFLICT) == ("first\nours\nlast\n", "first\ntheirs\nlast\n")
    assert sides(CONFLICT.replace("||||||| base\nbase\n", "")) == sides(CONFLICT)
    assert sides("first\nlast\n") is None
