"""What is known of a page as it is in an editor, found without running it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from codeout.cached.dependencies import SETTINGS, files_of_page
from codeout.config.pyproject import find_config
from codeout.engine.planning import plan_source
from codeout.engine.project import Project
from codeout.errors import CodeoutError
from codeout.formats import ASKED_SUFFIXES, SUFFIXES
from codeout.fs.state import state_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.engine.status import Status

LARGEST: Final = 1_000_000
"""Characters of a page that is read while it is written."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """A page of a project.

    Attributes:
        text: What the editor has.
        project: The project that the page belongs to.
        plan: The page.
        status: Whether it is fresh.
        states: The states of the files that this was found in, by their paths.
    """

    text: str
    project: Project
    plan: Plan
    status: Status
    states: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NoPage:
    """A document of which nothing runs.

    Attributes:
        states: See ``Analysis``.
        problem: Why it could not be read, with what to do; empty if it is no page.
    """

    states: Mapping[str, str]
    problem: str = ""


class Analyses:
    """Reads pages for an editor; settings, locks and lists of pages are read when they change."""

    def __init__(self) -> None:
        self._projects: dict[Path, Project] = {}
        self._pages: dict[Path, dict[Path, Path]] = {}

    def read(self, file: Path, text: str, *, rescan: bool) -> Analysis | NoPage:
        """Read a page as it is in an editor.

        Args:
            file: The file that it will be saved to.
            text: What the editor has.
            rescan: Whether to look again for the pages of its project.
        """
        states = _states([file, *_settings(file.parent)])
        try:
            project = self._project_of(file)
            states |= _states(_files_of(project.config))
            named = self._page_at(file, project, rescan=rescan)
        except CodeoutError as error:
            return NoPage(states, str(error))
        if named is None:
            return NoPage(states)
        if len(text) > LARGEST:
            return NoPage(states, _TOO_LONG)
        plan = plan_source(project.config, named, text.encode("utf-8", "surrogatepass"))
        status = project.status(plan)
        states |= _states(files_of_page(plan, status, project.config))
        return Analysis(text, project, plan, status, states)

    def _project_of(self, file: Path) -> Project:
        config = find_config(file.parent)
        known = self._projects.get(config.root)
        project = known.reopened(config) if known else Project.open(config=config)
        self._projects[config.root] = project
        return project

    def _page_at(self, file: Path, project: Project, *, rescan: bool) -> Path | None:
        """The file as the project names it; None if it is none of its pages."""
        config = project.config
        if not config.pages:  # nobody named any: what could be a page is one
            likely = file.suffix in {*SUFFIXES, *ASKED_SUFFIXES} - {".py"}
            return file if likely and file.is_file() else None
        if rescan or config.root not in self._pages:
            self._pages[config.root] = {page.resolve(): page for page in project.files()}
        return self._pages[config.root].get(file.resolve())


_TOO_LONG: Final = (
    f"more than {LARGEST:,} characters are not read while they are written\n"
    "  hint: `codeout check` reads them"
)


def changed(states: Mapping[str, str]) -> bool:
    """Whether a file is not what it was."""
    return any(state_of(path) != state for path, state in states.items())


def _settings(folder: Path) -> Iterable[Path]:
    """The files that decide to which project a folder belongs."""
    return [above / SETTINGS[0] for above in (folder, *folder.parents)]


def _files_of(config: Config) -> Iterable[Path]:
    yield from (config.root / name for name in (*SETTINGS, config.lock) if name)


def _states(files: Iterable[Path]) -> dict[str, str]:
    return {str(file): state_of(str(file)) for file in files}
