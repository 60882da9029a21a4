"""When a note is due on what still runs, on a clock that the tests make up."""

from __future__ import annotations

import pytest
from codeout.run.slow_notice import SlowNotice


@pytest.mark.parametrize("began", [0.0, 1234.5])
def test_notes_are_due_after_5_seconds_and_then_each_twice_as_late(began: float) -> None:
    notice = SlowNotice(began)
    glances = [(at / 4, notice.due(began + at / 4)) for at in range(4 * 200)]
    notes = [(seconds, due) for seconds, due in glances if due]
    assert notes == [(5, 5), (10, 10), (20, 20), (40, 40), (80, 80), (160, 160)]


def test_a_note_comes_at_the_first_glance_after_its_time() -> None:
    notice = SlowNotice(0)
    assert notice.due(4.999) == 0
    assert notice.due(5.1) == 5
    assert notice.due(5.1) == 0, "once"


def test_notes_that_were_missed_are_left_out() -> None:
    notice = SlowNotice(0)
    assert [notice.due(now) for now in (39.9, 39.9, 40)] == [20, 0, 40]
