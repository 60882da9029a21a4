"""What the process of a page says, read as it comes: part of a message keeps nobody waiting.

A page may write to any descriptor of its process, and so begin a message that it never ends.
"""

from __future__ import annotations

import os
import struct
import time
from typing import TYPE_CHECKING, Final

from codeout.run.protocol import from_line

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from codeout.run.protocol import Message

_SIZE: Final = struct.Struct("!i")
"""What stands before each message that ``Connection.send_bytes`` sends: its bytes."""

_LONGEST: Final = 1 << 28


class Channel:
    """Hears one process.

    Args:
        connection: To it; nothing else may read there.

    Attributes:
        connection: To speak to it.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._buffer = bytearray()

    def fileno(self) -> int:
        """What becomes ready when there may be something to hear."""
        return self.connection.fileno()

    def poll(self, seconds: float = 0) -> bool:
        """Whether there is a whole message to hear, or an end of them.

        Args:
            seconds: How long to wait for it.
        """
        deadline = time.monotonic() + seconds
        try:
            while not self._has_message():
                if not self.connection.poll(max(0, deadline - time.monotonic())):
                    return False
                read = os.read(self.fileno(), 1 << 16)
                if not read:
                    return True
                self._buffer += read
        except (OSError, ValueError):
            return True
        return True

    def receive(self) -> Message:
        """The next message, once the process says something.

        Raises:
            EOFError: There is none any more.
            ValueError: What was said is no message.
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
        """Hear no more."""
        self.connection.close()
