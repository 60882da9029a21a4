"""The bounds on checkpoints hold while pages run, not only at rest."""

from __future__ import annotations

import gc
import os
import sys
import time
import weakref
from contextlib import closing
from multiprocessing import connection
from typing import TYPE_CHECKING

from codeout.config.settings import Config
from codeout.engine.planning import plan_page
from codeout.engine.project import Project
from codeout.lock.lockfile import Lock
from codeout.run.memory import share
from codeout.watch.rerun import Rerun
from codeout.watch.scheduler import Scheduler

from tests.support.processes import alive, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.folder import Folder

MEGABYTE = 10**6
SECONDS = 120  # a busy machine gets there too


def watched(config: Config, folder: Folder, *codes: str) -> Iterator[Scheduler]:
    """Run a page; yields again and again until it has ended."""
    plan = plan_page(config, folder.page("page.md", *((code, "") for code in codes)))
    with closing(Scheduler()) as scheduler:
        events = [*scheduler.schedule(Project(config, Lock(None)), plan)]
        until = time.monotonic() + SECONDS
        while not any(isinstance(event, Rerun) for event in events):
            assert time.monotonic() < until
            connection.wait(scheduler.waitables, 0.2)
            events = [*scheduler.poll()]
            yield scheduler


def ours() -> list[int]:
    """The living processes that this one has started, and theirs."""
    return [each for each in tree(os.getpid())[1:] if alive(each)]


def test_there_are_never_more_checkpoints_than_may_be(folder: Folder) -> None:
    config = Config(folder.root, checkpoints=4)
    before, peak = {*ours()}, 0
    for _ in watched(config, folder, *(f"x = {at}" for at in range(30))):
        peak = max(peak, len({*ours()} - before))
    # The server and its helper, the page's guard, the block that runs, and what is ending.
    assert 4 <= peak <= 4 + 6


def test_they_never_use_more_memory_than_they_may(folder: Folder) -> None:
    config = Config(folder.root, checkpoint_megabytes=150)
    blocks = ("b = bytearray(40_000_000)", *["b[:] = bytes(40_000_000)"] * 12)
    before, peak = {*ours()}, 0
    for _ in watched(config, folder, *blocks):
        peak = max(peak, sum(map(share, {*ours()} - before)))
    # The block that runs needs three such arrays, and what ends may take a moment.
    assert peak < (150 + 5 * 40 + 100) * MEGABYTE


def test_a_page_that_has_run_keeps_no_records_of_others(folder: Folder) -> None:
    """A watch over many pages would otherwise hold all records once for each page."""
    lock = Lock(None)
    kept = weakref.ref(lock)
    plan = plan_page(Config(folder.root), folder.page("page.md", ("x = 1", "")))
    with closing(Scheduler()) as scheduler:
        events = [*scheduler.schedule(Project(Config(folder.root), lock), plan)]
        until = time.monotonic() + SECONDS
        while not any(isinstance(event, Rerun) for event in events):
            assert time.monotonic() < until
            connection.wait(scheduler.waitables, 0.2)
            events = [*scheduler.poll()]
        del lock
        gc.collect()
        assert kept() is None


def test_a_block_costs_the_same_work_on_a_long_page(folder: Folder) -> None:
    """What is counted is work, not time: a busy machine does the same."""
    few, many = (work_of(folder, blocks) / blocks for blocks in (100, 400))
    assert many < 1.2 * few


def work_of(folder: Folder, blocks: int) -> int:
    """How many functions the watch calls, and steps of generators, in a first run of a page."""
    config = Config(folder.root, checkpoints=16)
    running = watched(config, folder, *(f"x = {at}" for at in range(blocks)))
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        for _ in running:
            pass
    finally:
        sys.setprofile(None)
    return calls
