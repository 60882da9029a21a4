"""Live pages for tests, which wait until a page has ended."""

from __future__ import annotations

from multiprocessing import connection
from typing import TYPE_CHECKING

from codeout.live.page import LivePage
from codeout.output.model import Stream
from codeout.run.events import Finished
from codeout.run.forkserver import warm
from codeout.run.job import Cell, Job, Limits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from codeout.run.events import LiveEvent

LIMITS = Limits(workers=1, printed=1000)


def job(*codes: str, timeout: float = 60.0) -> Job:
    """A page with some blocks."""
    return Job("page.md", tuple(Cell(code, timeout) for code in codes))


def live(*codes: str, timeout: float = 60.0) -> LivePage:
    """A page that begins to run."""
    warm(LIMITS)
    return LivePage(job(*codes, timeout=timeout), LIMITS)


def drain(page: LivePage, *codes: str, timeout: float = 60.0) -> list[LiveEvent]:
    """Events until a page has ended; it is updated to other blocks first, if any are given."""
    events = [*page.update(job(*codes, timeout=timeout))] if codes else []
    while page.busy:
        connection.wait(page.waitables, 0.2)
        events += page.news()
    return events


def ran(events: Iterable[LiveEvent]) -> list[int]:
    """The blocks that ran."""
    return [event.index for event in events if isinstance(event, Finished)]


def printed(events: Iterable[LiveEvent]) -> list[str]:
    """What the blocks that ran printed."""
    outputs = (event.ran.outputs for event in events if isinstance(event, Finished))
    return [item.text for each in outputs for item in each if isinstance(item, Stream)]
