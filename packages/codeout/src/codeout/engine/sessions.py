"""One run of a page: each session is a job of its own, and all of them make one transcript."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from codeout.engine.transcript import Transcript
from codeout.output.model import with_updates
from codeout.run.access import Touched
from codeout.run.events import Ended, Finished
from codeout.run.job import Isolation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.output.model import Ran
    from codeout.run.events import Event
    from codeout.run.job import Job


class PageRun:
    """The sessions of one page.

    Args:
        job: The page.
        sessions: The indexes of its cells, by session.
        isolation: What it may not reach.

    Attributes:
        jobs: A job for each session, by its name.
        transcript: What the run left behind; None until all sessions have ended.
    """

    def __init__(
        self, job: Job, sessions: Sequence[Sequence[int]], isolation: Isolation = Isolation()
    ) -> None:
        self.jobs: dict[str, Job] = {}
        self.transcript: Transcript | None = None
        self._job = job
        self._isolation = isolation
        self._cells: dict[str, Sequence[int]] = {}
        self._runs: dict[str, list[Ran]] = {}
        self._endings: dict[str, Ended] = {}
        for number, cells in enumerate(sessions or (range(len(job.cells)),), start=1):
            name = job.path if len(sessions) < 2 else f"{job.path}#{number}"  # noqa: PLR2004
            self.jobs[name] = replace(job, path=name, cells=tuple(job.cells[at] for at in cells))
            self._cells[name] = cells
            self._runs[name] = []

    def anew(self) -> PageRun:
        """Another run of the page, with the same jobs."""
        return PageRun(self._job, [*self._cells.values()], self._isolation)

    def receive(self, event: Event) -> Iterator[Event]:
        """Yield an event of a session as one of the page, which ends with its last session."""
        told = replace(event, path=self._job.path, index=self._cells[event.path][event.index])
        if isinstance(told, Finished):
            self._runs[event.path].append(told.ran)
        if not isinstance(told, Ended):
            yield told
            return
        self._endings[event.path] = told
        if len(self._endings) == len(self.jobs):
            self.transcript = self._gathered()
            yield self.transcript.ended

    def _gathered(self) -> Transcript:
        runs: list[Ran | None] = [None] * len(self._job.cells)
        for name, cells in self._cells.items():
            for at, ran in zip(cells, with_updates(self._runs[name]), strict=False):
                runs[at] = ran
        endings = tuple(self._endings[name] for name in self.jobs)
        return Transcript(tuple(runs), _joined(endings), self._isolation, endings)


def _joined(endings: Sequence[Ended]) -> Ended:
    """The end of a page, from those of its sessions."""
    first = next((each for each in endings if each.died), endings[0])
    touched = {
        field.name: frozenset().union(*(getattr(each.touched, field.name) for each in endings))
        for field in fields(Touched)
    }
    return replace(
        first,
        seconds=sum(each.seconds for each in endings),
        device=next((each.device for each in endings if each.device != "cpu"), "cpu"),
        touched=Touched(**touched),
        began=min(each.began for each in endings),
    )
