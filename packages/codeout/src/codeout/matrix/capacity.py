"""Whether another environment fits: its pages into memory, its packages on the disk."""

from __future__ import annotations

import shutil
import threading
from typing import TYPE_CHECKING, Final

from codeout.run.memory import available

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Self

_SECONDS: Final = 0.5


class Capacity:
    """Measures what environments take, so that no more are checked side by side than fit.

    Until the first one has been measured, nothing is known, and another one may begin.

    Args:
        folder: Where environments are made.

    Attributes:
        running: How many environments are being checked.
    """

    def __init__(self, folder: Path) -> None:
        """Look how much there is."""
        self.running = 0
        self._folder = folder
        self._memory = available()
        self._most = 0
        self._disk = 0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        """Watch memory until the end."""
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        """Watch no more."""
        self._end.set()
        self._thread.join()

    def installed(self, before: int) -> None:
        """Note how much of the disk an environment has taken.

        Args:
            before: What was free before; see ``free``.
        """
        self._disk = max(self._disk, before - self.free())

    def free(self) -> int:
        """How many bytes of the disk are free."""
        return shutil.disk_usage(self._folder).free

    def for_another(self) -> bool:
        """Whether an environment as large as the largest so far fits beside those that run."""
        if self.free() < self._disk:
            return False
        return self._memory is None or self._memory >= (self.running + 1) * self._most

    def measure(self) -> None:
        """Look how much memory is left, and so what each of those that run has taken."""
        left = available()
        if left is None or self._memory is None:
            return
        if not self.running:
            self._memory = left
        else:
            self._most = max(self._most, (self._memory - left) // self.running)

    def _watch(self) -> None:
        while not self._end.wait(_SECONDS):
            self.measure()
