"""When to report that something still runs: after 5 s, then 10, 20, 40, and so on."""

from __future__ import annotations

from typing import Final

_FIRST_SECONDS: Final = 5


class SlowNotice:
    """The notices about one thing that runs, at intervals that double.

    Args:
        began: When it began, on a monotonic clock, in seconds.
    """

    def __init__(self, began: float) -> None:
        self._began = began
        self._next = _FIRST_SECONDS

    def due(self, now: float) -> int:
        """The latest notice that is due: how many seconds it has run at least, or 0 for no notice.

        Each is returned once; earlier ones that were missed are left out.
        """
        seconds = 0
        while now - self._began >= self._next:
            seconds, self._next = self._next, 2 * self._next
        return seconds
