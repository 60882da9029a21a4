"""A program: a command of codeout, and where the time of its pages goes.

It calls the command with clocks around the steps of a run. The settings of the site preload this
module, so that the processes of pages have the clocks as well. What is timed is inside codeout, so
it is found by its name; a name that is no more is an error.
"""

from __future__ import annotations

import functools
import json
import os
import pkgutil
import sys
from collections import defaultdict
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from bench.engines import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

FILE = "BENCH_PARTS"
"""The variable that names the file where each process writes what it took."""

BEGAN = "BENCH_BEGAN"
"""The variable by which a page knows when it was begun, on a clock that all processes share."""

FORK = "fork"
PARENT = {
    "codeout.engine.project:plan_page": "read",
    "codeout.cached.renew:plan_page": "read",
    "codeout.run.process:PageProcess.close": "end",
    "codeout.engine.execute:settle": "compare",
    "codeout.engine.project:Project.write": "write",
}
PAGE = {
    "codeout.run.worker:_create_folders": "folder",
    "codeout.run.worker:_enter_environment": "folder",
    "codeout.run.session:Session.__init__": "shell",
    "codeout.run.worker:note_reads": "guard",
    "codeout.run.worker:AuditHook.__init__": "guard",
    "codeout.run.worker:AuditHook.install": "guard",
    "codeout.run.worker:AuditHook.touched": "guard",
    "codeout.run.session:Session.run": "blocks",
}
PARTS = ("read", FORK, "folder", "shell", "guard", "blocks", "end", "compare", "write")

spent: defaultdict[str, list[float]] = defaultdict(list)
"""What each call of each part took, in seconds."""


def put_clocks(places: Mapping[str, str]) -> None:
    """Time functions and methods from now on, those of each part together."""
    for place, part in places.items():
        within, _, name = place.replace(":", ".").rpartition(".")
        owner = pkgutil.resolve_name(within)
        setattr(owner, name, _timed(getattr(owner, name), part))


def _timed(run: Callable[..., Any], part: str) -> Callable[..., Any]:
    @functools.wraps(run)
    def timed(*arguments: Any, **named: Any) -> Any:
        start = perf_counter()
        try:
            return run(*arguments, **named)
        finally:
            spent[part].append(perf_counter() - start)

    return timed


def tell() -> None:
    """Write what this process took, as one line."""
    handle = os.open(os.environ[FILE], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(handle, json.dumps(spent).encode() + b"\n")
    os.close(handle)


def in_pages() -> None:
    """Time the steps of the pages that are forked from this process."""
    put_clocks(PAGE)
    worker: Any = pkgutil.resolve_name("codeout.run.worker")
    serve, touched = worker.serve_reaped, worker.AuditHook.touched

    def begin(seat: Any, *others: Any) -> None:
        spent[FORK].append(perf_counter() - float(seat.environ[BEGAN]))
        serve(seat, *others)

    def end(*arguments: Any) -> Any:
        found = touched(*arguments)
        tell()
        return found

    pkgutil.resolve_name("codeout.run.attending").serve_reaped = begin
    worker.AuditHook.touched = end


def main() -> None:
    """Call the command, and write what its own process took."""
    put_clocks(PARENT)
    page: Any = pkgutil.resolve_name("codeout.run.process:PageProcess")
    start = page.__init__

    def begin(*arguments: Any, **named: Any) -> None:
        os.environ[BEGAN] = repr(perf_counter())
        start(*arguments, **named)

    page.__init__ = begin
    try:
        pkgutil.resolve_name("codeout.cli.main:main")()
    finally:
        tell()


def with_clocks(site: Path, variables: Mapping[str, str]) -> dict[str, str]:
    """Let the pages of a site have the clocks; returns the environment for its commands."""
    with (site / "pyproject.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'preload = ["{__name__}"]\n')
    places = (str(ROOT), variables["PYTHONPATH"])
    return {**variables, "PYTHONPATH": os.pathsep.join(places)}


def read(file: Path) -> dict[str, float]:
    """What was written: seconds that the middle one of the pages takes in each part."""
    found: defaultdict[str, list[float]] = defaultdict(list)
    for line in file.read_text(encoding="utf-8").splitlines():
        for part, calls in json.loads(line).items():
            found[part] += calls if part in PARENT.values() else [sum(calls)]
    return {part: median(found[part]) for part in PARTS if found[part]}


if __name__ == "__main__":
    main()
elif FILE in os.environ and "codeout.run.attending" in sys.modules:
    in_pages()
