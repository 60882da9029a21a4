"""Saves in two steps: many editors empty a file before they write it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from codeout.engine.plan import Plan

PATIENCE_SECONDS: Final = 0.2
"""How long a page may be empty between the two steps."""


class HalfSaved:
    """Holds back pages that have just been emptied, which would end what runs of them."""

    def __init__(self) -> None:
        self._since: dict[Path, float] = {}

    def changes(self, seen: set[Path], plans: Mapping[Path, Plan]) -> set[Path]:
        """Tell what has changed, as it is to be read.

        Args:
            seen: The files that have changed since the last call.
            plans: The pages as they were read last, by file.

        Returns:
            These files without those held back, with those that have been empty for long enough.
        """
        now = time.monotonic()
        for file in seen:
            if file in plans and plans[file].source and _is_empty(file):
                self._since.setdefault(file, now)
            else:
                self._since.pop(file, None)
        due = {file for file, since in self._since.items() if now - since >= PATIENCE_SECONDS}
        for file in due:
            del self._since[file]
        return (seen | due) - self._since.keys()


def _is_empty(file: Path) -> bool:
    try:
        return file.stat().st_size == 0
    except OSError:
        return False
