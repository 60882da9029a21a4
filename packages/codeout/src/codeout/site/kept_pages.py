"""The pages of a project, kept between builds of a site: only what has changed is read again."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codeout.cached.dependencies import files_of_page
from codeout.cached.renew import COARSEST
from codeout.cached.surroundings import surroundings
from codeout.cached.validity import unchanged
from codeout.engine.discovery import name_of
from codeout.fs.state import settled, state_of
from codeout.lock.versions import importable
from codeout.site.known_page import KnownPage

if TYPE_CHECKING:
    from pathlib import Path

    from codeout.engine.project import Project
    from codeout.lock.record import Record


@dataclass(frozen=True, slots=True)
class _Kept:
    """A page as it was read.

    Attributes:
        page: The page.
        record: Its record then.
        states: The states of the files that decide what it is.
    """

    page: KnownPage
    record: Record | None
    states: dict[str, str]

    def holds(self, record: Record | None) -> bool:
        """Whether the page is still as it was read."""
        if self.record != record or not unchanged(self.states):
            return False
        return not (record and any(map(importable, record.observed.missing)))


class KeptPages:
    """The pages of a project, from one build of its site to the next."""

    def __init__(self) -> None:
        self._kept: dict[Path, _Kept] = {}
        self._around: object = None

    def begin(self, project: Project) -> None:
        """Begin a build: with other settings or packages, all pages are read again."""
        around = (project.config, surroundings(str(project.config.root)))
        if around != self._around:
            self._kept.clear()
        self._around = around

    def read(self, project: Project, file: Path) -> KnownPage:
        """A page by its file."""
        record = project.lock.get(name_of(project.config, file))
        kept = self._kept.pop(file, None)
        if kept is None or not kept.holds(record):
            kept = _read(project, file, record)
        if kept.states:
            self._kept[file] = kept
        return kept.page


def _read(project: Project, file: Path, record: Record | None) -> _Kept:
    """A page as it is now, without states if one of its files has just been written."""
    before = time.time_ns() - COARSEST
    plan = project.plan(file)
    page = KnownPage(plan, project.status(plan))
    files = map(str, files_of_page(plan, page.status, project.config))
    states = {each: state_of(each) for each in files}
    whole = all(settled(each, state, before) for each, state in states.items())
    return _Kept(page, record, states if whole else {})
