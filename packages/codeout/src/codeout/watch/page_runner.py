"""A page that somebody edits: its process is kept alive, and each change reruns what it must."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from codeout.engine.dispatch import limits_of
from codeout.engine.jobs import job_of
from codeout.engine.moved_pages import record_before
from codeout.engine.settle import settle
from codeout.engine.transcript import Transcript
from codeout.engine.update import Update
from codeout.live.page import LivePage
from codeout.output.model import with_updates
from codeout.run.events import Doubted, Ended
from codeout.run.forkserver import warm
from codeout.run.job import Isolation
from codeout.watch.inputs import TrackedInputs
from codeout.watch.rerun import Measurement, Rerun
from codeout.watch.whole_page import WholePage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.engine.project import Project
    from codeout.lock.record import Record
    from codeout.run.events import LiveEvent
    from codeout.run.job import Job, Limits


@dataclass(frozen=True, slots=True)
class _Request:
    """What to run. It is kept for each page, so it must not hold the records of all others.

    Attributes:
        config: The settings of its project.
        before: Its record, if there is one.
        plan: The page.
        restarted: Whether it was started again because a file changed while the page read it.
    """

    config: Config
    before: Record | None
    plan: Plan
    restarted: bool = False


class PageRunner:
    """One page and its process.

    Args:
        make_room: Called before a checkpoint is added; it may discard others.
        isolation: What the page may not reach.
    """

    def __init__(
        self, make_room: Callable[[], None] = lambda: None, isolation: Isolation = Isolation()
    ) -> None:
        self._make_room = make_room
        self._isolation = isolation
        self._page: LivePage | WholePage | None = None
        self._limits: Limits | None = None
        self._request: _Request | None = None
        self._measured = Measurement()
        self._inputs = TrackedInputs()
        self._doubts: set[str] = set()  # those that were reported

    @property
    def busy(self) -> bool:
        """Whether the page runs."""
        return self._page is not None and self._page.busy

    @property
    def outdated(self) -> bool:
        """Whether a file has changed that the page has read and not written."""
        return self._request is not None and self._inputs.outdated

    @property
    def inputs(self) -> frozenset[Path]:
        """The files that the page has read or looked for, also if it failed then."""
        return self._inputs.files

    @property
    def waitables(self) -> list[int]:
        """File descriptors that become readable when there are new events."""
        return self._page.waitables if self._page else []

    @property
    def checkpoints(self) -> dict[int, int]:
        """The processes that wait, by the index of the block that each will run next."""
        return self._page.checkpoints if self._page else {}

    @property
    def seconds(self) -> tuple[float, ...]:
        """How long the blocks before each block ran."""
        return self._page.seconds if self._page else ()

    def update(self, project: Project, plan: Plan) -> Iterator[LiveEvent | Rerun]:
        """Run the page as it is now, from the last checkpoint that is still valid.

        Args:
            project: Its project.
            plan: The page.

        Yields:
            What is known at once; see ``poll`` for the rest.

        Raises:
            ConfigError: Pages cannot start.
        """
        config, before = project.config, record_before(project.config, plan, project.lock)
        job = job_of(config, plan, before)
        if isinstance(job, Update):
            self._stop()
            yield Rerun(job)
            return
        if not self.busy:
            self._measured = Measurement()
        self._request = _Request(config, before, plan)
        limits = limits_of(config, isolation=self._isolation)
        events: list[LiveEvent] = []
        if isinstance(self._page, LivePage) and self._is_usable(self._page, job, limits, plan):
            try:
                events = list(self._page.update(job))
            except (OSError, EOFError, ValueError):
                self.close()
        else:
            self.close()
        if self._page is None:
            self._start(job, limits, plan)
        yield from self._follow(events)

    def _is_usable(self, page: LivePage, job: Job, limits: Limits, plan: Plan) -> bool:
        """Whether the live page can go on: nothing that its blocks depended on has changed."""
        was, needs = (replace(each, cells=()) for each in (page.job, job))
        same = page.alive and was == needs and len(plan.sessions) == 1
        return same and self._limits == limits and not self.outdated

    def _start(self, job: Job, limits: Limits, plan: Plan) -> None:
        warm(limits)
        self._limits = limits
        if len(plan.sessions) > 1:
            self._page = WholePage(job, plan.sessions, limits)
        else:
            self._page = LivePage(job, limits, self._make_room)
        self._measured = self._measured.restarted()
        self._inputs = self._inputs.restarted(plan)

    def _stop(self) -> None:
        """Stop the run of a page that cannot run as it is now; its checkpoints stay."""
        self._request = None
        if isinstance(self._page, WholePage):
            self.close()
        elif self._page is not None and self._page.busy:
            done = self._page.job.cells[: self._page.done]
            try:
                for _ in self._page.update(replace(self._page.job, cells=done)):
                    pass
            except (OSError, EOFError, ValueError):
                self.close()

    def poll(self) -> Iterator[LiveEvent | Rerun]:
        """Yield what has happened since the last call."""
        if self._page is not None:
            yield from self._follow(self._page.news())

    def _follow(self, events: Iterable[LiveEvent]) -> Iterator[LiveEvent | Rerun]:
        for event in events:
            self._measured = self._measured.after(event)
            if isinstance(event, Doubted):
                if event.doubt in self._doubts:
                    continue
                self._doubts.add(event.doubt)
            yield event
            if isinstance(event, Ended) and self._request:
                yield from self._finish(event, self._request)

    def _finish(self, ended: Ended, request: _Request) -> Iterator[Rerun]:
        """Give the result of a run, or start again once if a file changed during the run."""
        assert self._page is not None  # noqa: S101  # it has just ended
        config, plan = request.config, request.plan
        self._inputs = self._inputs.after(ended, plan)
        if self._inputs.outdated and not request.restarted:
            job = self._page.job
            self.close()
            self._start(job, limits_of(config, isolation=self._isolation), plan)
            self._request = replace(request, restarted=True)
            return
        if isinstance(self._page, LivePage):
            runs = with_updates(self._page.runs)
            transcript: Transcript | None = Transcript(runs, ended, self._isolation)
        else:
            transcript = self._page.transcript
        assert transcript is not None  # noqa: S101  # likewise
        update = settle(plan, transcript, config, request.before)
        yield self._measured.result(update, transcript)

    def discard(self, index: int) -> None:
        """Discard a checkpoint; the first is the page itself, which stays while it runs."""
        if not isinstance(self._page, LivePage):
            return
        if index:
            self._page.drop(index)
        elif not self._page.busy:
            self.close()

    def close(self) -> None:
        """End the page and all its checkpoints."""
        if self._page is not None:
            with suppress(OSError):
                self._page.close()
            self._page = None
