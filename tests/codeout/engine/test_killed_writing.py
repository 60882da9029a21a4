"""Killed while it writes: no byte of a page is lost, and the next run repairs all.

``CODEOUT_KILLS=500 pytest tests/codeout/engine/test_killed_writing.py`` kills more often.
"""

from __future__ import annotations

import os
import shutil
import signal
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from codeout.config.settings import Config
from codeout.engine.commit import write
from codeout.engine.planning import plan_page
from codeout.engine.settle import settle
from codeout.engine.transcript import Transcript
from codeout.fs import atomic
from codeout.fs.leftovers import remove_leftovers
from codeout.lock.lockfile import Lock
from codeout.output.model import Figure, Ran, Value
from codeout.run.events import Ended

from tests.codeout.engine.test_update import png
from tests.support.folder import Folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from codeout.engine.update import Update

KILLS = int(os.environ.get("CODEOUT_KILLS", "40"))
PAGES = [f"docs/{number:02}.md" for number in range(20)]
OLD, NEW = "red", "blue"


class Site:
    """Twenty pages with two figures each, all of which have run once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.config = Config(root, pages=("docs",), figures="docs/img", lock="codeout.lock")

    def make(self) -> None:
        """Write the pages, and run them for the first time."""
        for name in PAGES:
            Folder(self.root).page(name, ("x", ""))
        self.write(OLD)

    def lock(self) -> Lock:
        """The records as they are in the file."""
        return Lock.read(self.root / "codeout.lock", self.root)

    def update(self, name: str, color: str, lock: Lock) -> Update:
        """What writes a page whose figures have a color; the second one has more bytes."""
        plan = plan_page(self.config, self.root / name)
        figures = Figure(png(color), "png"), Figure(png(color) + b"more", "png")
        ran = Ran((Value(color), *figures[: 1 if color == NEW else 2]), 0.1, 0, frozenset())
        ended = Ended(name, 1.0, "/work")
        return settle(plan, Transcript((ran,), ended), self.config, lock.get(name))

    def write(self, color: str) -> None:
        """Write all pages, with figures of a color."""
        lock = self.lock()
        for name in PAGES:
            update = self.update(name, color, lock)
            assert update.problems == ()
            assert write(update, lock) == ()

    def contents(self) -> dict[str, bytes]:
        """All files, by their names."""
        files = (file for file in self.root.rglob("*") if file.is_file())
        return {file.relative_to(self.root).as_posix(): file.read_bytes() for file in files}


def stepping(tick: Callable[[], None], act: Callable[..., Any]) -> Callable[..., Any]:
    """A function of the system, with a moment before it and one after it."""

    def stepped(*arguments: Any, **options: Any) -> Any:
        tick()
        result = act(*arguments, **options)
        tick()
        return result

    return stepped


def killed_at(site: Site, moment: int) -> int:
    """Write the site in a process that is killed at a moment; returns how many there were."""
    read, told = os.pipe()
    child = os.fork()
    if not child:
        steps = count()

        def tick() -> None:
            step = next(steps)
            os.write(told, b".")
            if step == moment:
                os.kill(os.getpid(), signal.SIGKILL)

        for name in ("open", "fsync", "fchmod"):
            setattr(os, name, stepping(tick, getattr(os, name)))
        atomic.exchange = stepping(tick, atomic.exchange)
        for name in ("replace", "unlink", "mkdir"):
            setattr(Path, name, stepping(tick, getattr(Path, name)))
        try:
            site.write(NEW)
        finally:
            os._exit(0)
    os.close(told)
    moments = 0
    while dots := os.read(read, 1 << 16):
        moments += len(dots)
    os.close(read)
    os.waitpid(child, 0)
    return moments


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    made = Site(tmp_path_factory.mktemp("site"))
    made.make()
    return made


def test_killed_at_any_moment_of_the_writing(site: Site, tmp_path: Path) -> None:
    old = site.contents()
    whole = Site(tmp_path / "whole")
    shutil.copytree(site.root, whole.root)
    moments = killed_at(whole, -1)
    new = whole.contents()
    for number in range(KILLS):
        one = Site(tmp_path / str(number))
        shutil.copytree(site.root, one.root)
        assert killed_at(one, number * moments // KILLS)
        found = one.contents()
        for name in PAGES:
            assert found[name] in {old[name], new[name]}, "a page is old or new"
        shown = {name: data for name, data in found.items() if name.startswith("docs/img/")}
        assert all(
            data in {old.get(name), new.get(name)} or Path(name).name.startswith(".codeout-")
            for name, data in shown.items()
        )
        lock = one.lock()
        for name in PAGES:
            plan = plan_page(one.config, one.root / name)
            if not plan.reasons(lock):
                assert found[name] in {old[name], new[name]}
        remove_leftovers([one.root, *(file.parent for file in one.root.rglob("*"))])
        one.write(NEW)
        assert one.contents() == new, "the next run repairs all"
        shutil.rmtree(one.root)
