"""The checkpoints of a live page, controlled from the parent."""

from __future__ import annotations

from dataclasses import dataclass
from multiprocessing import Pipe, reduction
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeout.live.commands import Advance, Close, Cut, Fork
from codeout.run.channel import Channel
from codeout.run.messages import Closing, ForkEnded

if TYPE_CHECKING:
    from codeout.run.job import Cell

_ANSWER_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class _Checkpoint:
    """A process that waits before a block."""

    channel: Channel
    process: int
    doubt: str


class Chain:
    """The checkpoints of a page in order, and the channel to the process that is active.

    Methods that talk to a process raise ``OSError`` or ``EOFError`` if it has ended, and
    ``ValueError`` if it sends an invalid message.

    Args:
        channel: To the first process.
    """

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._waiting: dict[int, _Checkpoint] = {}
        self._leaving: set[int] = set()  # processes that were told to end

    @property
    def channel(self) -> Channel:
        """Where the next message comes from."""
        return self._channel

    @property
    def processes(self) -> dict[int, int]:
        """Process IDs of the checkpoints, by the index of the block that each waits before."""
        return {index: known.process for index, known in sorted(self._waiting.items())}

    def park(self, index: int, process: int, doubt: str) -> None:
        """Add the active process as a checkpoint: it waits before a block now."""
        self._waiting[index] = _Checkpoint(self._channel, process, doubt)

    def nearest(self, index: int) -> int | None:
        """Index of the last checkpoint up to a block that can be forked; None if there is none."""
        return max(
            (at for at, each in self._waiting.items() if at <= index and not each.doubt),
            default=None,
        )

    def run(self, index: int, cell: Cell) -> None:
        """Run a block in a fork of its checkpoint, or in that itself if it cannot be forked."""
        here, chain = self._waiting[index], self._alive()
        if here.doubt:
            del self._waiting[index]
            here.channel.connection.send(Advance(cell, chain))
            return
        ours, theirs = Pipe()
        here.channel.connection.send(Fork(cell, chain))
        reduction.send_handle(here.channel.connection, theirs.fileno(), here.process)
        theirs.close()
        self._channel = Channel(ours)

    def finish(self) -> None:
        """Ask the active process for its ``Closing``."""
        self._channel.connection.send(Close())

    def cut(self, index: int) -> int:
        """Terminate all processes after a checkpoint; all of them if its state cannot be restored.

        Returns:
            Exit status of the process that it had forked; a signal as a negative number.
        """
        for later in [at for at in self._waiting if at > index]:
            self._waiting.pop(later).channel.close()
        here = self._waiting[index]
        if self._channel is not here.channel:
            self._channel.close()
        self._channel = here.channel
        self._channel.connection.send(Cut(self._alive()))
        while self._channel.poll(_ANSWER_SECONDS):
            message = self._channel.receive()
            if isinstance(message, ForkEnded):  # earlier messages are outdated
                if message.spoilt:
                    self.close()
                return message.status
        raise BrokenPipeError("a checkpoint does not answer")

    def closing(self) -> Closing:
        """The ``Closing`` of the active process, awaited."""
        self.finish()
        if self._channel.poll(_ANSWER_SECONDS):
            message = self._channel.receive()
            if isinstance(message, Closing):
                return message
        raise BrokenPipeError("a checkpoint does not answer")

    def drop(self, index: int) -> None:
        """Remove a checkpoint, unless it is the active process."""
        if index in self._waiting and self._waiting[index].channel is not self._channel:
            gone = self._waiting.pop(index)
            gone.channel.close()
            self._leaving.add(gone.process)

    def _alive(self) -> frozenset[int]:
        """Processes that are no work of the page: the checkpoints, and those that are ending."""
        self._leaving = {process for process in self._leaving if Path(f"/proc/{process}").exists()}
        return frozenset(self.processes.values()) | self._leaving

    def close(self) -> None:
        """Close all channels, which ends the processes."""
        for known in self._waiting.values():
            known.channel.close()
        self._waiting.clear()
        self._channel.close()
