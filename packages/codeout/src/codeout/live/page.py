"""A live page, seen from the parent: which checkpoint to resume from after an edit.

Blocks before the first change are not run again: the checkpoint that waits there forks once more.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import accumulate
from typing import TYPE_CHECKING

from codeout.live.chain import Chain
from codeout.live.history import History
from codeout.live.worker import serve_live
from codeout.run.events import Doubted, Ended, Finished, Resumed, Started
from codeout.run.messages import NO_CLOSING, Closing, Parked
from codeout.run.supervision import Supervisor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from codeout.output.model import Ran
    from codeout.run.channel import Channel
    from codeout.run.events import LiveEvent
    from codeout.run.job import Cell, Job, Limits
    from codeout.run.protocol import Message
    from codeout.run.reasons import Reason


class LivePage:
    """Runs a page, and after each edit the blocks from the first change on.

    Args:
        job: The page; its cells are those of the first run.
        limits: How to run it.
        make_room: Called before a process is added; it may drop checkpoints.

    Attributes:
        job: The latest version of the page.
        busy: Whether it runs.
        runs: Results of its cells when it last ended.
    """

    def __init__(
        self, job: Job, limits: Limits, make_room: Callable[[], None] = lambda: None
    ) -> None:
        self.job = job
        self._make_room = make_room
        self.busy = True
        self.runs: tuple[Ran, ...] = ()
        self._history = History()
        self._died: tuple[Cell, Reason] | None = None
        self._finishing = False
        self._supervisor = Supervisor(serve_live, job, limits, duplex=True)
        self._process = self._supervisor.process
        self._chain = Chain(self._process.channel)

    @property
    def channel(self) -> Channel:
        """Where the next message comes from."""
        return self._chain.channel

    @property
    def waitables(self) -> list[int]:
        """Descriptors that become ready when there is news."""
        return [self.channel.fileno(), self._process.sentinel] if self.busy else []

    @property
    def done(self) -> int:
        """How many cells have run."""
        return len(self._history.runs)

    @property
    def checkpoints(self) -> dict[int, int]:
        """Process IDs of checkpoints, by the index of the block that each waits before."""
        return self._chain.processes

    @property
    def seconds(self) -> tuple[float, ...]:
        """How long the blocks before each block ran, and all that have run at the end."""
        return tuple(accumulate((ran.seconds for ran in self._history.runs), initial=0.0))

    def update(self, job: Job) -> Iterator[LiveEvent]:
        """Run a new version of the page from the first change on; what is outdated is stopped.

        Args:
            job: The same page with other cells.

        Raises:
            OSError: The page has ended, and a new one has to be created.
        """
        self.job = job
        same = self._history.common(job.cells)
        if same < len(self._history.cells):
            self._go_back(same)
        elif self.busy:
            return
        self.busy = True
        yield Resumed(self.job.path, self.done, self._history.seconds)
        yield from self._go_on()

    def _go_back(self, same: int) -> None:
        """Return to the last checkpoint before the first change."""
        index = self._chain.nearest(same)
        if index is None:
            raise BrokenPipeError("no checkpoint is left")
        self._cut(index)
        if not self._chain.processes:
            raise BrokenPipeError("no checkpoint is what it was")

    def _cut(self, index: int) -> int:
        """Return to a checkpoint; returns the exit status of the fork that it had."""
        self._history, self._died = self._history.before(index), None
        self._finishing = False
        return self._chain.cut(index)

    def _go_on(self) -> Iterator[LiveEvent]:
        """Run the next block, or finish the page."""
        if self._history.completes(self.job.cells):
            self._finishing = True
            self._supervisor.allow(self._limit)
            self._chain.finish()
            return
        index = self.done
        cell = self.job.cells[index]
        if self._died and self._died[0] == cell:
            yield self._end(self._history.begin(cell), self._died[1])
        else:
            self._run(cell)
            yield Started(self.job.path, index)

    def _run(self, cell: Cell) -> None:
        self._died = None
        self._history = self._history.begin(cell)
        self._supervisor.begin_block(self.done, cell.timeout)
        self._chain.run(self.done, cell)

    @property
    def _limit(self) -> float | None:
        """Seconds that the process may take between blocks: the limit of its last block."""
        cells = self._history.cells
        return cells[-1].timeout if cells else None

    def news(self) -> Iterator[LiveEvent]:
        """What has happened since the last call."""
        return self._supervisor.news(self)

    def receive(self, message: Message) -> Iterator[LiveEvent]:
        """See ``codeout.run.supervision.Supervised``."""
        index, running = self.done, self._history.running
        match message:
            case Finished(path, at, ran) if running and (path, at) == (self.job.path, index):
                yield message
                self._history = self._history.finish(ran)
                self._supervisor.allow(self._limit)
            case Parked(process, doubt) if not running and not self._finishing:
                self._chain.park(index, process, doubt)
                self._make_room()
                if doubt and index:
                    yield Doubted(self.job.path, index - 1, doubt)
                yield from self._go_on()
            case Closing() as closing if self._finishing:
                self._finishing = False
                if self._history.completes(self.job.cells):
                    yield self._end(self._history, closing=closing)
                else:  # blocks were added
                    yield from self._go_on()
            case _:
                raise ValueError("not for a page to tell")

    def interrupt(self, reason: Reason | None) -> Ended:
        """See ``codeout.run.supervision.Supervised``; checkpoints stay."""
        left = self._history
        index = self._chain.nearest(left.last)
        status, closing = None, NO_CLOSING
        with suppress(OSError, EOFError, ValueError):
            if index is not None:
                status = self._cut(index)
                closing = self._chain.closing()
        reason = reason or self._process.why_it_ended(status)
        if status is None or not self._chain.processes:
            self.close()
        elif left.running:
            self._died = left.cells[-1], reason
        return self._end(left, reason, closing)

    def abort(self, reason: Reason) -> Ended:
        """See ``codeout.run.supervision.Supervised``."""
        self.close()
        return self._end(self._history, reason)

    def _end(
        self, left: History, reason: Reason | None = None, closing: Closing = NO_CLOSING
    ) -> Ended:
        self.busy = False
        self.runs = left.runs
        return self._supervisor.ended(
            self.job, seconds=left.seconds, index=left.last, reason=reason, closing=closing
        )

    def drop(self, index: int) -> None:
        """Remove a checkpoint, unless it is the first, which is the page itself."""
        if index:
            self._chain.drop(index)

    @property
    def alive(self) -> bool:
        """Whether it can be updated."""
        return self._process.alive and bool(self._chain.processes or self.busy)

    def close(self) -> None:
        """End all its processes."""
        self.busy = False
        self._chain.close()
        self._process.close()
