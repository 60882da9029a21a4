"""A program: how long ``codeout watch`` takes to settle a save that changes prose alone.

Nothing runs and nothing is written after such a save, so it cannot be seen from outside. The loop
of the watch is therefore driven from here: a save counts as settled when the loop, having opened
the page again, asks for what comes next.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codeout import ConfigRejected, EachTurn, PageSettled, Started, Watch

from bench.live_pages import prose_edit
from bench.sitting import save

if TYPE_CHECKING:
    from codeout import WatchEvent

PAUSE = 1.0


class Enough(Exception):  # noqa: N818
    """All edits are settled."""


class Author:
    """Saves one wording after the other, each when the one before has long been settled.

    Args:
        page: The file.
        wordings: How many times to save it.

    Attributes:
        seconds: From each save until it was settled.
        ran: How many blocks ran after the first save.
    """

    def __init__(self, page: Path, wordings: int) -> None:
        self.seconds: list[float] = []
        self.ran = 0
        self._page = page
        self._wordings = wordings
        self._saved = 0.0
        self._opened = False
        self._rests_until = float("inf")

    def notice(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Hear of all that Python does; see ``sys.addaudithook``."""
        if event == "open" and arguments[0] == str(self._page):
            self._opened = True

    def hear(self, told: WatchEvent) -> None:
        """Hear what the watch tells.

        Raises:
            RuntimeError: The page does not run.
        """
        if isinstance(told, ConfigRejected) or (isinstance(told, PageSettled) and told.problems):
            raise RuntimeError(f"the page was not run: {told}")
        if isinstance(told, PageSettled):
            self._rests_until = time.perf_counter() + PAUSE
        if isinstance(told, Started) and (self._saved or self.seconds):
            self.ran += 1

    def check(self) -> None:
        """Be called by the loop when it has dealt with all that it knows of.

        Raises:
            Enough: Every wording is settled, and nothing followed.
        """
        now = time.perf_counter()
        if self._saved and self._opened:
            self.seconds.append(now - self._saved)
            self._saved, self._rests_until = 0.0, now + PAUSE
        elif not self._saved and now >= self._rests_until:
            if len(self.seconds) == self._wordings:
                raise Enough
            edit = prose_edit(len(self.seconds) + 1)
            self._opened = False
            self._saved = save(self._page, edit, self._page.parents[1].with_suffix(".draft"))
            self._opened = False


def settle(page: Path, wordings: int) -> Author:
    """Watch a page while an author changes its prose."""
    author = Author(page, wordings)
    sys.addaudithook(author.notice)
    watch = Watch(page.parent, [page], lambda _: None)
    try:
        for told in watch.events(EachTurn(author.check)):
            author.hear(told)
    except Enough:
        pass
    return author


if __name__ == "__main__":
    found = settle(Path(sys.argv[1]).absolute(), int(sys.argv[2]))
    print(json.dumps({"seconds": found.seconds, "ran": found.ran}))
