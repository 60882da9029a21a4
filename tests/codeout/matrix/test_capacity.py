"""How many environments are checked side by side is decided by what the first ones took."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.matrix import capacity
from codeout.matrix.capacity import Capacity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> Callable[[int | None], None]:
    """Says how much memory is left."""

    def say(count: int | None) -> None:
        monkeypatch.setattr(capacity, "available", lambda: count)

    say(100)
    return say


def test_another_begins_if_it_fits(left: Callable[[int | None], None], tmp_path: Path) -> None:
    it = Capacity(tmp_path)
    it.running = 1
    assert it.for_another(), "nothing has been measured"
    left(55)
    it.measure()
    assert it.for_another(), "45 of 100 are taken"
    it.running = 2
    assert not it.for_another()
    left(20)
    it.measure()
    assert not it.for_another()
    it.running = 1
    left(45)
    it.measure()
    assert not it.for_another(), "the most that one took counts"


def test_what_others_take_meanwhile_is_no_room(
    left: Callable[[int | None], None], tmp_path: Path
) -> None:
    it = Capacity(tmp_path)
    left(30)
    it.measure()
    it.running = 1
    left(20)
    it.measure()
    it.running = 2
    assert it.for_another(), "three times 10 of the 30 that were left"
    it.running = 3
    assert not it.for_another()


def test_without_an_answer_of_the_system_all_fit(
    left: Callable[[int | None], None], tmp_path: Path
) -> None:
    left(None)
    it = Capacity(tmp_path)
    it.running = 9
    it.measure()
    assert it.for_another()


def test_another_begins_if_the_disk_has_room_for_as_large_a_one(
    left: Callable[[int | None], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del left
    it = Capacity(tmp_path)
    free = 50
    monkeypatch.setattr(it, "free", lambda: free)
    it.installed(before=70)
    assert it.for_another()
    free = 19
    assert not it.for_another()


def test_memory_is_measured_while_checks_run(
    left: Callable[[int | None], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capacity, "_SECONDS", 0.001)
    with Capacity(tmp_path) as it:
        it.running = 1
        left(20)
        while it.for_another():
            pass
