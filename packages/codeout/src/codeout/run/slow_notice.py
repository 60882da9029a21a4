"""When to say that something still runs: after 5 s, then 10, 20, 40, and so on."""

from __future__ import annotations

from typing import Final

_FIRST_SECONDS: Final = 5


class SlowNotice:
    """Says when a note is due on one thing that runs; each comes twice as late as the one before.

    Args:
        began: When the thing began, on a clock that never goes back.
    """

    def __init__(self, began: float) -> None:
        self._began = began
        self._next = _FIRST_SECONDS

    def due(self, now: float) -> int:
        """The seconds to tell of, each once: how long the thing has run at least; 0 for no note.

        Where nobody asked for a while, the notes that were missed are left out.
        """
        seconds = 0
        while now - self._began >= self._next:
            seconds, self._next = self._next, 2 * self._next
        return seconds
