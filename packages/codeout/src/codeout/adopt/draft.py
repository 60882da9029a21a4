"""Drafts: a page with settings and comments of its own, before anything is written."""

from __future__ import annotations

import glob
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from codeout.adopt.places import Places
from codeout.config.folders import FolderSettings, Setup
from codeout.engine.planning import plan_source
from codeout.page.modes import RunMode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from codeout.adopt.places import Place
    from codeout.config.settings import Config
    from codeout.engine.plan import Plan


@dataclass(frozen=True, slots=True)
class Draft:
    """A page as it may become.

    Attributes:
        path: Its name.
        file: Where it is.
        before: Its bytes as they are.
        values: Settings for this page, in place of those of the project.
        words: Directives to write, by their places in the page as it is.
        failing: Directives for the blocks that are known to fail, by the line and the name of each.
        imports: Statements to run before the first block of each session.
        excluded: Whether it is to be left out of the project.
    """

    path: str
    file: Path
    before: bytes
    values: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[Place, str] = field(default_factory=dict)
    failing: Mapping[tuple[int, str], str] = field(default_factory=dict)
    imports: tuple[str, ...] = ()
    excluded: bool = False

    @property
    def after(self) -> bytes:
        """Its bytes with the directives."""
        if not self.words:
            return self.before
        return self.places().with_directives(self.words)

    def plan(self, config: Config) -> Plan:
        """The page, read and parsed with its settings and directives."""
        return plan_source(self.settings(config), self.file, self.after)

    def settings(self, config: Config) -> Config:
        """The settings of the project, with those of this page."""
        here = (glob.escape(self.path),)
        own = FolderSettings(here, self.values)
        setup = [Setup("\n".join(self.imports), "", here)] if self.imports else []
        folders = (*config.folders, own)
        return replace(config, folders=folders, setup=(*config.setup, *setup))

    def line_before(self, line: int) -> int:
        """The line as it is of a line in ``after``, both from 1."""
        for place in sorted(self.words):
            if not place.option and place.line < line:
                line -= 1
        return line

    @property
    def is_whole(self) -> bool:
        """Whether all of its blocks run."""
        return not self.words and self.values.get("run", RunMode.ALL) == RunMode.ALL

    def running(self, mode: RunMode) -> Draft:
        """The page with another choice of what runs, and without directives."""
        return replace(self, words={}, values={**self.values, "run": mode})

    def places(self) -> Places:
        """The places for directives in the page as it is."""
        return Places(self.before, self.path)
