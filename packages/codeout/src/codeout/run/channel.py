"""Receives messages of a worker without blocking on incomplete ones.

A page may write to any descriptor of its process, so it can begin a message and never end it.
"""

from __future__ import annotations

import os
import select
import struct
import time
from typing import TYPE_CHECKING, Final

from codeout.run.protocol import from_line

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from codeout.run.protocol import Message

_SIZE: Final = struct.Struct("!i")
"""Header of each message that ``Connection.send_bytes`` sends: its size in bytes."""

_LONGEST: Final = 1 << 28


class Channel:
    """Messages from one process.

    Args:
        connection: To the process; nothing else may read from it.

    Attributes:
        connection: For sending to the process.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._buffer = bytearray()
        self._arrivals = select.poll()  # made once: `Connection.poll` makes one for each look
        self._arrivals.register(connection.fileno(), select.POLLIN)

    def fileno(self) -> int:
        """The descriptor that becomes ready when data arrives."""
        return self.connection.fileno()

    def poll(self, seconds: float = 0) -> bool:
        """Whether ``receive`` would not block: a message is complete, or the channel has ended.

        Args:
            seconds: How long to wait.
        """
        deadline = time.monotonic() + seconds
        try:
            while not self._has_message():
                handle = self.fileno()  # raises an error once it is closed
                if not self._arrivals.poll(1000 * max(0, deadline - time.monotonic())):
                    return False
                read = os.read(handle, 1 << 16)
                if not read:
                    return True
                self._buffer += read
        except (OSError, ValueError):
            return True
        return True

    def receive(self) -> Message:
        """The next message, once ``poll`` is true.

        Raises:
            EOFError: The channel has ended.
            ValueError: The data is not a message.
        """
        if not self._has_message():
            raise EOFError
        end = _SIZE.size + self._size()
        line = bytes(self._buffer[_SIZE.size : end])
        del self._buffer[:end]
        return from_line(line)

    def _has_message(self) -> bool:
        came = len(self._buffer) - _SIZE.size
        return came >= 0 and came >= self._size()

    def _size(self) -> int:
        (size,) = _SIZE.unpack_from(self._buffer)
        if not 0 <= size <= _LONGEST:
            raise ValueError("not the size of a message")
        return int(size)

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()
