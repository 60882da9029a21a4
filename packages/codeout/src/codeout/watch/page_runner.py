"""A page that somebody works on: it is kept alive, and each change runs what it asks for."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from codeout.engine.execute import job_of, limits_of
from codeout.engine.transcript import Transcript
from codeout.engine.update import Update, settle
from codeout.live.page import LivePage
from codeout.lock.observed import Observed, observe
from codeout.run.events import Doubted, Ended, Finished, Resumed
from codeout.run.forkserver import warm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from codeout.engine.plan import Plan
    from codeout.engine.project import Project
    from codeout.run.events import LiveEvent
    from codeout.run.job import Job, Limits


@dataclass(frozen=True, slots=True)
class Rerun:
    """What came of a change.

    Attributes:
        update: What to write.
        start: The block that the page went on with; 0 where it began anew.
        ran: How many blocks ran.
        seconds: From the change to the end.
        saved: Seconds that the blocks before ``start`` took when they ran.
    """

    update: Update
    start: int = 0
    ran: int = 0
    seconds: float = 0.0
    saved: float = 0.0


class Desk:
    """One page and its process."""

    def __init__(self) -> None:
        self._page: LivePage | None = None
        self._limits: Limits | None = None
        self._asked: tuple[Project, Plan] | None = None
        self._anew = False  # begun again, for a file changed while it was read
        self._seen = Observed()
        self._missed = frozenset[Path]()  # files of the project that were not there
        self._doubts: set[str] = set()
        self._since = time.monotonic()
        self._start, self._ran, self._saved = 0, 0, 0.0

    @property
    def busy(self) -> bool:
        """Whether the page runs."""
        return self._page is not None and self._page.busy

    @property
    def outdated(self) -> bool:
        """Whether a file that the page has read, and not written, is not as it was any more."""
        if self._asked is None:
            return False
        changed = set(self._seen.changed(self._asked[1].root)) - set(self._seen.writes)
        return bool(changed) or any(map(_is_there, self._missed))

    @property
    def reads(self) -> frozenset[Path]:
        """The files that the page has read, or looked for, though it may have failed then."""
        return self._missed.union(self._seen.files(self._asked[1].root) if self._asked else ())

    @property
    def things(self) -> list[int]:
        """What becomes ready when there is news."""
        return self._page.waitables if self._page else []

    @property
    def checkpoints(self) -> dict[int, int]:
        """The processes that wait, by the index of the block that each stands before."""
        return self._page.checkpoints if self._page else {}

    def aim(self, project: Project, plan: Plan) -> Iterator[LiveEvent | Rerun]:
        """Have the page run as it is now.

        Args:
            project: Its project.
            plan: The page.

        Raises:
            ConfigError: Pages cannot start.
        """
        job = job_of(project.config, plan)
        if isinstance(job, Update):
            self._rest()
            yield Rerun(job)
            return
        if not self.busy:
            self._since = time.monotonic()
        self._asked, self._anew = (project, plan), False
        limits = limits_of(project.config)
        events: list[LiveEvent] = []
        if self._page is not None and self._holds(job, limits):
            try:
                events = list(self._page.aim(job))
            except (OSError, EOFError, ValueError):
                self.close()
        else:
            self.close()
        if self._page is None:
            self._begin(job, limits)
        yield from self._follow(events)

    def _holds(self, job: Job, limits: Limits) -> bool:
        """Whether what the page has seen so far is still as it was."""
        page = self._page
        same = page is not None and page.alive and page.job.files == job.files
        return same and self._limits == limits and not self.outdated

    def _begin(self, job: Job, limits: Limits) -> None:
        warm(limits)
        self._page, self._limits = LivePage(job, limits), limits
        self._start, self._ran, self._saved = 0, 0, 0.0
        self._miss(self.reads)
        self._seen = Observed()

    def _rest(self) -> None:
        """Stop what runs of a page that cannot run as it is now; its checkpoints stay."""
        self._asked = None
        if self._page is not None and self._page.busy:
            done = self._page.job.cells[: self._page.done]
            try:
                for _ in self._page.aim(replace(self._page.job, cells=done)):
                    pass
            except (OSError, EOFError, ValueError):
                self.close()

    def news(self) -> Iterator[LiveEvent | Rerun]:
        """What has happened since the last call."""
        if self._page is not None:
            yield from self._follow(self._page.news())

    def _follow(self, events: Iterable[LiveEvent]) -> Iterator[LiveEvent | Rerun]:
        for event in events:
            match event:
                case Resumed(_, index, seconds):
                    self._start, self._ran, self._saved = index, 0, seconds
                case Finished():
                    self._ran += 1
                case Doubted(doubt=doubt) if doubt in self._doubts:
                    continue
                case Doubted(doubt=doubt):
                    self._doubts.add(doubt)
            yield event
            if isinstance(event, Ended) and self._asked:
                yield from self._settle(event, *self._asked)

    def _settle(self, ended: Ended, project: Project, plan: Plan) -> Iterator[Rerun]:
        assert self._page is not None  # noqa: S101  # it has just ended
        self._seen = observe(ended.touched, plan.root, plan.file, ended.began)
        looked_for = self._missed.union(map(Path, ended.touched.reads))
        self._miss(looked_for.difference(map(Path, ended.touched.writes)))
        if self.outdated and self._limits and not self._anew:
            job = self._page.job
            self.close()
            self._begin(job, self._limits)
            self._anew = True
            return
        transcript = Transcript(self._page.runs, ended)
        update = settle(plan, transcript, project.config, project.lock.get(plan.path))
        seconds = time.monotonic() - self._since
        yield Rerun(update, self._start, self._ran, seconds, self._saved)

    def _miss(self, files: Iterable[Path]) -> None:
        """Remember which files are not there, as far as they would be part of the project."""
        root = self._asked[1].root if self._asked else Path()
        here = (file for file in files if file.is_relative_to(root))
        self._missed = frozenset(file for file in here if not _is_there(file))

    def drop(self, index: int) -> None:
        """Let go of a checkpoint; the first is the page itself."""
        if self._page is None or self._page.busy:
            return
        if index:
            self._page.drop(index)
        else:
            self.close()

    def close(self) -> None:
        """End the page."""
        if self._page is not None:
            with suppress(OSError):
                self._page.close()
            self._page = None


def _is_there(file: Path) -> bool:
    try:
        return file.exists()
    except OSError:  # in a folder that may not be looked into, for one
        return False
