"""What is measured: cold runs side by side, runs with nothing to do, and many small blocks."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from shutil import rmtree
from typing import TYPE_CHECKING

from bench.corpus import Page, course, trivial
from bench.engines import ALL_CORES, BARE, CODEOUT, ROOT, SIDE_BY_SIDE, Engine, environment
from bench.measure import BenchError, Case, Run, execute

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

IMPORT = "import torch, torchvision"
TORCH_IMPORT = re.compile(r"^import time:.*\|\s*torch(vision)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured.

    Attributes:
        rounds: Timed runs of each case.
        pages: Pages about torch.
        blocks: Blocks on each of them.
        small: Pages of a small site with nothing to do.
        large: Pages of a large one.
        many: Trivial blocks on one page, against a page of one block.
    """

    rounds: int
    pages: int
    blocks: int
    small: int
    large: int
    many: int


FULL = Scale(rounds=5, pages=9, blocks=12, small=12, large=1000, many=501)
QUICK = Scale(rounds=1, pages=2, blocks=3, small=3, large=30, many=21)


@dataclass(frozen=True, slots=True)
class Cold:
    """An engine that runs every block of a fresh copy of some pages.

    Attributes:
        name: The key of its figure.
        engine: The engine.
        pages: The pages.
        place: Where the copies are made, one after the other.
    """

    name: str
    engine: Engine
    pages: Sequence[Page]
    place: Path

    def run(self, *, watch: bool) -> Run:
        """Run on a fresh copy and remove it.

        Raises:
            BenchError: The run failed, or some block did not run.
        """
        folder = self.place / "copy"
        folder.mkdir()
        try:
            return run_all(self.engine, self.pages, folder, watch=watch)
        finally:
            rmtree(folder)


@dataclass(frozen=True, slots=True)
class Settled:
    """A command on a site whose pages are all fresh, so that nothing is left to do.

    Attributes:
        name: The key of its figure.
        command: The command.
        folder: The site.
    """

    name: str
    command: tuple[str, ...]
    folder: Path

    def run(self, *, watch: bool) -> Run:
        """Run in the same folder, which stays as it is."""
        return execute(self.command, self.folder, environment(), watch=watch)

    def imports_torch(self) -> bool:
        """Look, in a run that is not timed, whether any process of it imports torch."""
        variables = {**environment(), "PYTHONPROFILEIMPORTTIME": "1"}
        printed = execute(self.command, self.folder, variables).printed
        if "import time:" not in printed:
            raise BenchError(f"{self.name}: Python did not report its imports")
        return bool(TORCH_IMPORT.search(printed))


def run_all(engine: Engine, pages: Sequence[Page], folder: Path, *, watch: bool = False) -> Run:
    """Lay pages out in an empty folder, run them, and check that every block ran.

    Raises:
        BenchError: The run failed, or some block did not run.
    """
    engine.lay_out(folder, pages)
    run = execute(engine.command, folder, environment(), watch=watch)
    if unproved := engine.unproved(folder, run.printed, pages):
        raise BenchError(f"{engine.name}: blocks did not run on {', '.join(unproved)}")
    return run


def cold_cases(place: Path, scale: Scale) -> list[Case]:
    """List the engines on the pages about torch, and codeout on one block and on many."""
    pages = course(scale.pages, scale.blocks)
    return [
        *(Cold(engine.name, engine, pages, place) for engine in SIDE_BY_SIDE),
        Cold("one block", BARE, trivial(1), place),
        Cold("many blocks", BARE, trivial(1, scale.many), place),
    ]


def settled_cases(place: Path, scale: Scale) -> list[Settled]:
    """Make a small and a large site, run all their pages, and list the commands to repeat."""
    cases = []
    for size, pages in (("small", scale.small), ("large", scale.large)):
        folder = place / size
        folder.mkdir()
        run_all(ALL_CORES, trivial(pages, opening="import torch\n"), folder)
        cases += _nothing_to_do(size, folder)
    return cases + _nothing_to_do("repository", ROOT)


def import_case(place: Path) -> Settled:
    """The import that every engine waits for: no cold run can be shorter."""
    return Settled(IMPORT, (sys.executable, "-c", IMPORT), place)


def _nothing_to_do(size: str, folder: Path) -> list[Settled]:
    """List the commands to repeat on a site.

    Raises:
        BenchError: Some page of it is stale, so that there is something to do.
    """
    found = execute((sys.executable, *CODEOUT, "status", "--json"), folder, environment()).printed
    if '"fresh": false' in found:
        raise BenchError(f"{size}: a page is stale; call `codeout run` first")
    return [
        Settled(f"{name}, {size}", (sys.executable, *CODEOUT, name), folder)
        for name in ("status", "run")
    ]
