"""A live page, seen from codeout: a chain of checkpoints, and what of it still holds.

After an edit, the blocks before the first that changed are not run again: the checkpoint that
waits there forks once more.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from codeout.chain import Chain
from codeout.checkpoint import serve_live
from codeout.job import (
    NOTHING,
    Broke,
    Closing,
    Doubted,
    Ended,
    Finished,
    Lasting,
    Parked,
    Resumed,
    Started,
)
from codeout.patience import Patience
from codeout.process import FORGED, START_SECONDS, PageProcess, why_it_is_late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.cell import Cell
    from codeout.job import Job, Limits, LiveEvent
    from codeout.output import Ran
    from codeout.wire import Message


class LivePage:
    """Runs a page, and after each change of it what has to run again.

    Args:
        job: The page; its cells are those of the first run.
        limits: How to run it.

    Attributes:
        job: The page as it was last aimed at.
        busy: Whether something is to be waited for.
        began: When its first block was run, in seconds since the epoch.
        runs: Of the cells up to the one that the page last ended with.
    """

    def __init__(self, job: Job, limits: Limits) -> None:
        self.job = job
        self.busy = True
        self.began = time.time()
        self._cells: list[Cell] = []  # those that have run, and the one that runs
        self._ran: list[Ran] = []
        self.runs: tuple[Ran, ...] = ()
        self._died: tuple[Cell, str, str] | None = None
        self._finishing = False
        self._process = PageProcess(serve_live, job, limits, duplex=True)
        self._chain = Chain(self._process.channel)
        self._deadline = time.monotonic() + START_SECONDS
        self._patience = Patience(time.monotonic())

    @property
    def things(self) -> list[int]:
        """What becomes ready when there is news."""
        return [self._chain.line.fileno(), self._process.sentinel] if self.busy else []

    @property
    def done(self) -> int:
        """How many cells have run."""
        return len(self._ran)

    @property
    def checkpoints(self) -> dict[int, int]:
        """The processes that wait, by the index of the block that each stands before."""
        return self._chain.processes

    def aim(self, job: Job) -> Iterator[LiveEvent]:
        """Have the page run as it is now; whatever runs and is out of date is stopped.

        Args:
            job: The same page, with other cells.

        Raises:
            OSError: The page is not alive any more; it has to be made anew.
        """
        self.job = job
        same = _common(self._cells, job.cells)
        if same < len(self._cells):
            self._go_back(same)
        elif self.busy:
            return
        self.busy = True
        yield Resumed(self.job.path, len(self._ran), sum(ran.seconds for ran in self._ran))
        yield from self._go_on()

    def _go_back(self, same: int) -> None:
        """Return to the last checkpoint before the first change."""
        index = self._chain.nearest(same)
        if index is None:
            raise BrokenPipeError("no checkpoint is left")
        self._cut(index)

    def _cut(self, index: int) -> int:
        """Be before a block again; returns how the process of what came then ended."""
        self._cells, self._ran, self._died = self._cells[:index], self._ran[:index], None
        self._finishing = False
        return self._chain.cut(index)

    def _go_on(self) -> Iterator[LiveEvent]:
        """Run the next block, or see the page to its end."""
        index = len(self._ran)
        if self._complete:
            self._finishing = True
            self._chain.finish()
        elif self._died and self._died[0] == self.job.cells[index]:
            yield self._end(*self._died[1:])
        else:
            self._run(self.job.cells[index])
            yield Started(self.job.path, index)

    @property
    def _complete(self) -> bool:
        pairs = zip(self.job.cells, self._ran, strict=False)
        stopped = any(ran.refused or not cell.forgives(ran) for cell, ran in pairs)
        return stopped or len(self._ran) == len(self.job.cells)

    def _run(self, cell: Cell) -> None:
        now = time.monotonic()
        self._died = None
        self._cells.append(cell)
        self._process.begin_block()
        self._deadline, self._patience = now + cell.timeout, Patience(now)
        self._chain.run(len(self._ran), cell.code)

    def news(self) -> Iterator[LiveEvent]:
        """What has happened since the last call."""
        while self.busy and self._chain.line.says_something():
            try:
                yield from self._hear(self._chain.line.hear())
            except (EOFError, OSError):
                yield self._break_off()
            except ValueError:
                yield self._give_up(*FORGED)
        if self.busy:
            yield from self._look_after()

    def _hear(self, message: Message) -> Iterator[LiveEvent]:
        index = len(self._ran)
        match message:
            case Finished(path, at, ran) if (path, at) == (self.job.path, index) and self._runs:
                yield message
                self._ran.append(ran)
            case Parked(process, doubt) if index == len(self._cells):
                self._chain.park(index, process, doubt)
                if doubt and index:
                    yield Doubted(self.job.path, index - 1, doubt)
                yield from self._go_on()
            case Closing() as closing if self._finishing:
                self._finishing = False
                if self._complete:
                    yield self._end(closing=closing)
                else:  # blocks were added meanwhile
                    yield from self._go_on()
            case Broke(why):
                yield self._give_up(f"the page's process broke: {why}")
            case _:
                raise ValueError("not for a page to tell")

    @property
    def _runs(self) -> bool:
        return len(self._cells) > len(self._ran)

    def _look_after(self) -> Iterator[LiveEvent]:
        now = time.monotonic()
        if now > self._deadline and (self._runs or not self._cells):
            limit = self._cells[-1].timeout if self._cells else None
            yield self._break_off(why_it_is_late(limit))
        elif (why := self._process.why_it_runs_away())[0]:
            yield self._break_off(why)
        elif self._runs and (seconds := self._patience.due(now)):
            yield Lasting(self.job.path, len(self._ran), seconds)

    def _break_off(self, why: tuple[str, str] | None = None) -> Ended:
        """Be done with a block that has ended its process, or is to end; checkpoints stay.

        Args:
            why: What to say of it; by default, how the process ended.
        """
        runs = tuple(self._ran)
        cell = self._cells[-1] if self._runs else None
        index = self._chain.nearest(len(self._ran))
        try:
            status = None if index is None else self._cut(index)
        except (OSError, EOFError, ValueError):
            status = None
        died = why or self._process.why_it_died(status)
        if status is None:
            self.close()
        elif cell:
            self._died = cell, *died
        return self._end(*died, runs=runs)

    def _give_up(self, died: str, hint: str = "") -> Ended:
        self.close()
        return self._end(died, hint)

    def _end(
        self,
        died: str = "",
        hint: str = "",
        closing: Closing = NOTHING,
        runs: tuple[Ran, ...] | None = None,
    ) -> Ended:
        self.busy = False
        self.runs = tuple(self._ran) if runs is None else runs
        return Ended(
            self.job.path,
            sum(ran.seconds for ran in self.runs),
            str(self._process.work),
            died,
            hint,
            len(self.runs) if died else max(0, len(self.runs) - 1),
            closing.device,
            self.job.stand_ins,
            closing.touched,
            self.began,
        )

    def drop(self, index: int) -> None:
        """Let go of a checkpoint, but for the first, which is the page itself."""
        if index:
            self._chain.drop(index)

    @property
    def alive(self) -> bool:
        """Whether it can be aimed at anything."""
        return self._process.alive and bool(self._chain.processes or self.busy)

    def close(self) -> None:
        """End all of it."""
        self.busy = False
        self._chain.close()
        self._process.close()


def _common(old: Sequence[Cell], new: Sequence[Cell]) -> int:
    """How many cells two pages begin with alike."""
    pairs = zip(old, new, strict=False)
    return next(
        (at for at, (mine, theirs) in enumerate(pairs) if mine != theirs), min(map(len, (old, new)))
    )
