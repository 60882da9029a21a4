"""The statuses of pages, of which those are found anew that may have changed."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from codeout.cached.dependencies import SETTINGS, files_of_page, folders_of
from codeout.cached.entry import from_entry, to_entry
from codeout.cached.store import Kept, KeptPage, load, save
from codeout.cached.surroundings import surroundings
from codeout.cached.validity import same
from codeout.engine.discovery import name_of
from codeout.engine.planning import plan_page
from codeout.fs.digest import digest
from codeout.fs.state import settled, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from codeout.cached.store import States
    from codeout.engine.plan import Plan
    from codeout.engine.project import Project
    from codeout.engine.status import Status
    from codeout.lock.record import Record

COARSEST: Final = 2_000_000_000
"""Nanoseconds within which some file systems give two changes the same time."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page whose status is known.

    Attributes:
        path: The name of the page.
        file: Where it is.
        status: Whether it is fresh.
        files: The absolute paths of the files that decide this.
        plan: The page, if it had to be parsed.
    """

    path: str
    file: Path
    status: Status
    files: tuple[str, ...]
    plan: Plan | None = None


def statuses(project: Project, paths: Sequence[Path] = ()) -> tuple[Found, ...]:
    """The statuses of pages; what has not changed since another command is not read again.

    Args:
        project: The project, which has just been opened.
        paths: Files and folders, relative to the current folder; none means all pages.

    Raises:
        ConfigError: See ``Project.files``.
    """
    before = time.time_ns() - COARSEST
    files = project.files(paths)
    kept = _usable(project)
    pages: dict[str, KeptPage] = {}
    found = [_found(project, file, kept.pages, pages, before) for file in files]
    if paths:
        pages = kept.pages | pages
    _save(project, Kept(kept.root, pages=pages), kept, () if paths else files, before)
    return tuple(found)


def _usable(project: Project) -> Kept:
    """What is kept of a project; nothing if its settings or the surroundings have changed."""
    kept = load(str(project.config.root))
    around = surroundings(kept.root)
    current = kept.surroundings == around and kept.settings == _states(_settings(project))
    return kept if current else Kept(kept.root, around)


def _found(
    project: Project,
    file: Path,
    known: dict[str, KeptPage],
    pages: dict[str, KeptPage],
    before: int,
) -> Found:
    path = name_of(project.config, file)
    record = project.lock.get(path)
    page = known.get(path)
    if page and page.record == _digest(record) and same(page):
        pages[path] = page
        return Found(path, file, from_entry(page.status), tuple(page.states))
    plan = plan_page(project.config, file)
    status = project.status(plan)
    states = _states(files_of_page(plan, status, project.config))
    if _settled(states, before):
        missing = [*record.observed.missing] if record else []
        pages[path] = KeptPage(states, missing, _digest(record), to_entry(status))
    return Found(path, file, status, tuple(states), plan)


def _save(project: Project, new: Kept, kept: Kept, files: Sequence[Path], before: int) -> None:
    """Keep what was found; all pages are known if there are files."""
    new.surroundings = kept.surroundings
    new.settings = _states(_settings(project))
    config = project.config
    new.lock = _states([config.root / config.lock] if config.lock else [])
    new.folders, new.order = kept.folders, kept.order
    if files:
        new.folders = _states(folders_of(config, files))
        new.order = [name_of(config, file) for file in files]
    whole = new.lock | new.folders
    gone = {*project.lock} - {*new.order}  # `status` tells what is left of them
    if gone or not (_settled(whole, before) and {*new.order} <= {*new.pages}):
        new.folders, new.order = {}, []
    if _settled(new.settings, before) and new != kept:
        save(new)


def _settings(project: Project) -> list[Path]:
    return [project.config.root / name for name in SETTINGS]


def _states(files: Iterable[Path]) -> States:
    paths = sorted({os.path.abspath(file) for file in files})  # noqa: PTH100  # keeps links
    return {path: state_of(path) for path in paths}


def _settled(states: States, before: int) -> bool:
    return all(settled(path, state, before) for path, state in states.items())


def _digest(record: Record | None) -> str:
    return digest(repr(record))
