"""A program: what a page takes when it is live, and what at the end of an ordinary run.

Both are driven from here, so that this process and all below it are what codeout takes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from codeout import EachTurn, Finished, PageSettled, Project, Started, Update, Watch

from bench.processes import children, memory, tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout import Problem

PAUSE = 0.5


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a page takes.

    Attributes:
        processes: How many processes it has, its guard among them.
        page: Their memory in bytes; what n processes share counts 1/n in each.
        whole: The memory of codeout and all that it started, the warm server among them.
        between: Of each block but the last, the seconds from its beginning to that of the next,
            without those that it ran.
    """

    processes: int
    page: int
    whole: int
    between: tuple[float, ...]


class Enough(Exception):  # noqa: N818
    """All is measured."""


class Meter:
    """Measures a page that this process runs.

    Attributes:
        found: What the page took when it was measured last.
    """

    def __init__(self) -> None:
        self.found = Footprint(0, 0, 0, ())
        self._began: list[float] = []
        self._ran: list[float] = []
        self._rests_since = float("inf")

    def hear(self, event: object) -> None:
        """Hear what happens to the page."""
        match event:
            case Started():
                self._began.append(time.perf_counter())
            case Finished(ran=ran):
                self._ran.append(ran.seconds)
            case Update(problems=problems) | PageSettled(problems=problems):
                _refuse(problems)
                self._rests_since = time.perf_counter()

    def check(self) -> None:
        """Measure the page when it has rested for a while.

        Raises:
            Enough: That is done.
        """
        if time.perf_counter() > self._rests_since + PAUSE:
            self.measure()
            raise Enough

    def measure(self) -> None:
        """Measure the page as it is now."""
        family = children()
        servers = family.get(os.getpid(), [])
        page = [process for server in servers for process in tree(server, family)[1:]]
        whole = memory(tree(os.getpid(), family))
        pairs = zip(self._began, self._began[1:], self._ran, strict=False)
        between = tuple(after - before - ran for before, after, ran in pairs)
        self.found = Footprint(len(page), memory(page), whole, between)


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise RuntimeError(f"the page did not run: {problems}")


def live(page: Path) -> Footprint:
    """Have a page run by the watch, and measure all that is kept of it."""
    meter = Meter()
    with suppress(Enough):
        for event in Watch(page.parent, [page], lambda _: None).events(EachTurn(meter.check)):
            meter.hear(event)
    return meter.found


def ordinary(page: Path) -> Footprint:
    """Run a page, and measure it in its last block, which has to take a second."""
    meter, project = Meter(), Project.open(page.parent)
    (plan,) = project.plans([page])
    for event in project.execute([plan]):
        meter.hear(event)
        if isinstance(event, Started) and event.index == len(plan.cells) - 1:
            time.sleep(PAUSE)
            meter.measure()
    return meter.found


def bare(_: Path) -> Footprint:
    """Measure a Python that imports torch and torchvision, and nothing else of weight."""
    program = "import sys, torch, torchvision; print(flush=True); sys.stdin.read()"
    read, write = os.pipe()
    with subprocess.Popen((sys.executable, "-c", program), stdin=subprocess.PIPE, stdout=write):
        os.read(read, 1)
        (process,) = children()[os.getpid()]
        found = memory([process])
    return Footprint(1, found, found, ())


if __name__ == "__main__":
    how = {"live": live, "ordinary": ordinary, "bare": bare}[sys.argv[2]]
    print(json.dumps(asdict(how(Path(sys.argv[1]).absolute()))))
