"""The checkpoints of a live page, seen from codeout: how they are ordered about."""

from __future__ import annotations

from dataclasses import dataclass
from multiprocessing import Pipe, reduction
from typing import Final

from codeout.live.commands import Advance, Close, Cut, Fork
from codeout.run.channel import Channel
from codeout.run.messages import Closing, ForkEnded

_ANSWER_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class _Checkpoint:
    """A process that waits between two blocks."""

    channel: Channel
    process: int
    doubt: str


class Chain:
    """Processes that wait, each before one block, and the one that is at work.

    Every method that speaks to a process raises ``OSError`` or ``EOFError`` where it is gone, and
    ``ValueError`` where it says what none says.

    Args:
        channel: To the first process.
    """

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._waiting: dict[int, _Checkpoint] = {}

    @property
    def channel(self) -> Channel:
        """Where the next message comes from."""
        return self._channel

    @property
    def processes(self) -> dict[int, int]:
        """Those that wait, by the index of the block that each stands before."""
        return {index: known.process for index, known in sorted(self._waiting.items())}

    def park(self, index: int, process: int, doubt: str) -> None:
        """Remember that the process at work waits now, before a block."""
        self._waiting[index] = _Checkpoint(self._channel, process, doubt)

    def nearest(self, index: int) -> int | None:
        """The last sound checkpoint that stands before a block, or before one above it."""
        return max(
            (at for at, each in self._waiting.items() if at <= index and not each.doubt),
            default=None,
        )

    def run(self, index: int, code: str) -> None:
        """Run a block, in a fork of its checkpoint where that can be trusted."""
        here, chain = self._waiting[index], frozenset(self.processes.values())
        if here.doubt:
            del self._waiting[index]
            here.channel.connection.send(Advance(code, chain))
            return
        ours, theirs = Pipe()
        here.channel.connection.send(Fork(code, chain))
        reduction.send_handle(here.channel.connection, theirs.fileno(), here.process)
        theirs.close()
        self._channel = Channel(ours)

    def finish(self) -> None:
        """Ask for what was touched up to here."""
        self._channel.connection.send(Close())

    def cut(self, index: int) -> int:
        """End all that comes after a checkpoint; and that too, if it is not what it was.

        Returns:
            How the process that it had forked ended: an exit status, or a signal as a negative
            number.
        """
        for later in [at for at in self._waiting if at > index]:
            self._waiting.pop(later).channel.close()
        here = self._waiting[index]
        if self._channel is not here.channel:
            self._channel.close()
        self._channel = here.channel
        self._channel.connection.send(Cut(frozenset(self.processes.values())))
        while self._channel.poll(_ANSWER_SECONDS):
            message = self._channel.receive()
            if isinstance(message, ForkEnded):  # what was said before is out of date
                if message.spoilt:
                    self.close()
                return message.status
        raise BrokenPipeError("a checkpoint does not answer")

    def closing(self) -> Closing:
        """What was touched up to the checkpoint that waits last."""
        self.finish()
        if self._channel.poll(_ANSWER_SECONDS):
            message = self._channel.receive()
            if isinstance(message, Closing):
                return message
        raise BrokenPipeError("a checkpoint does not answer")

    def drop(self, index: int) -> None:
        """Let go of a checkpoint that another one follows."""
        if index in self._waiting and self._waiting[index].channel is not self._channel:
            self._waiting.pop(index).channel.close()

    def close(self) -> None:
        """Let go of all."""
        for known in self._waiting.values():
            known.channel.close()
        self._waiting.clear()
        self._channel.close()
