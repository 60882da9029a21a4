"""A page of several sessions, of which each run starts from the first block."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from codeout.engine.sessions import PageRun
from codeout.run.page import RunningPage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.engine.transcript import Transcript
    from codeout.run.events import Event
    from codeout.run.job import Job, Limits


class WholePage:
    """Runs the sessions of a page one after the other; it has no checkpoints.

    Args:
        job: The page.
        sessions: The indexes of its cells, by session.
        limits: How to run it.

    Attributes:
        job: The page.
        busy: Whether it runs.
        checkpoints: None; see ``LivePage``.
        seconds: Likewise.
    """

    def __init__(self, job: Job, sessions: Sequence[Sequence[int]], limits: Limits) -> None:
        self.job = job
        self.busy = True
        self.checkpoints: dict[int, int] = {}
        self.seconds: tuple[float, ...] = ()
        self._limits = limits
        self._run = PageRun(job, sessions)
        self._waiting = deque(self._run.jobs.values())
        self._running = RunningPage(self._waiting.popleft(), limits)

    @property
    def waitables(self) -> list[int]:
        """Descriptors that become ready when there is news."""
        return self._running.waitables if self.busy else []

    @property
    def transcript(self) -> Transcript | None:
        """What the run left behind, once it has ended."""
        return self._run.transcript

    def news(self) -> Iterator[Event]:
        """What has happened since the last call."""
        if not self.busy:
            return
        for event in self._running.news():
            if not self._running.busy:
                self._go_on()
            yield from self._run.receive(event)

    def _go_on(self) -> None:
        """Begin the next session, or end the run."""
        if self._waiting:
            self._running = RunningPage(self._waiting.popleft(), self._limits)
        else:
            self.busy = False

    def close(self) -> None:
        """End the run."""
        self.busy = False
        self._waiting.clear()
        self._running.close()
