"""What is measured of one rerun."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from codeout.engine.plan import Plan
from codeout.engine.transcript import Transcript
from codeout.engine.update import Update
from codeout.output.model import Ran
from codeout.run.events import Ended, Finished, Resumed, Started
from codeout.watch.rerun import Measurement, Rerun

UPDATE = Update(Plan("a.md", Path("a.md"), b"old"), b"new")
TRANSCRIPT = Transcript((), Ended("a.md", 0.1, "work"))


def measured(*events: Resumed | Started | Finished) -> Measurement:
    found = Measurement(time.monotonic() - 5)
    for event in events:
        found = found.after(event)
    return found


def block(index: int) -> tuple[Started, Finished]:
    return Started("a.md", index), Finished("a.md", index, Ran((), 0.1, 0, frozenset()))


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((), (0, 0, 0.0)),
        ((*block(0), *block(1)), (0, 2, 0.0)),
        ((Resumed("a.md", 2, 7.5), *block(2)), (2, 1, 7.5)),
        ((*block(0), *block(1), Resumed("a.md", 1, 0.5), *block(1)), (1, 1, 0.5)),
    ],
    ids=["nothing ran", "from the first block", "from a checkpoint", "edited while it ran"],
)
def test_the_blocks_since_the_last_checkpoint_count(
    events: tuple[Resumed | Started | Finished, ...], expected: tuple[int, int, float]
) -> None:
    rerun = measured(*events).result(UPDATE, TRANSCRIPT)
    assert (rerun.start, rerun.ran, rerun.saved) == expected


def test_seconds_count_from_the_change_also_if_the_page_starts_again() -> None:
    rerun = measured(Resumed("a.md", 2, 7.5), *block(2)).restarted().result(UPDATE, TRANSCRIPT)
    assert 5 <= rerun.seconds < 6
    assert rerun == Rerun(UPDATE, seconds=rerun.seconds, transcript=TRANSCRIPT)
