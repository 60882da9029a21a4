"""The project that is adopted, which may not have any settings yet."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codeout.config.new import new_settings
from codeout.config.pyproject import config_of, find_table
from codeout.engine.discovery import find_pages
from codeout.engine.planning import read_page
from codeout.engine.project import Project
from codeout.errors import ConfigError, display_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from codeout.config.settings import Config
    from codeout.engine.plan import Plan

_SETTINGS = "pyproject.toml"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A project to adopt.

    Attributes:
        project: The project.
        pages: Its pages that are tried, read and not parsed yet.
        file: Its ``pyproject.toml``, which may not be there.
        new: The settings that any project has, if it has none, or its pages if some are not yet.
    """

    project: Project
    pages: tuple[Plan, ...]
    file: Path
    new: Mapping[str, Any]


def candidate(paths: Sequence[Path]) -> Candidate:
    """The project of the current folder, with all of its pages or those below some paths.

    Without settings, its root is the nearest folder with a ``pyproject.toml``, or the current one,
    and the paths become its pages.

    Raises:
        ConfigError: The settings cannot be used, there are no pages, or a path lies outside of the
            project.
    """
    here = Path.cwd()
    if found := find_table(here):
        project = Project.open(config=config_of(*found))
        new = _added(paths, project.config)
        return Candidate(project, _read(project, paths), found[0], new)
    root = _root_of(here)
    new = new_settings(root)
    if paths:
        new["pages"] = [_below(path, root) for path in paths]
    config = config_of(root / _SETTINGS, new)
    project = Project.open(config=config)
    return Candidate(project, _read(project), root / _SETTINGS, new)


def _read(project: Project, paths: Sequence[Path] = ()) -> tuple[Plan, ...]:
    return tuple(read_page(project.config, file) for file in project.files(paths))


def _added(paths: Sequence[Path], config: Config) -> dict[str, Any]:
    """The pages of a project with those at some paths, if they are not among them."""
    names = [_below(path, config.root) for path in paths]
    if not names:
        return {}
    known = {*map(Path.resolve, find_pages(config))} if config.pages else set()
    more = [
        name
        for name, path in zip(names, paths, strict=True)
        if not known.issuperset(map(Path.resolve, find_pages(config, [path])))
    ]
    return {"pages": [*config.pages, *more]} if more else {}


def _root_of(folder: Path) -> Path:
    parents = (each for each in (folder, *folder.parents) if (each / _SETTINGS).is_file())
    return next(parents, folder)


def _below(path: Path, root: Path) -> str:
    """The path from the root of the project."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100  # links are followed by nobody here
    if not whole.is_relative_to(root):
        message = f"{display_path(whole)}: lies outside of the project"
        raise ConfigError(message, f"name pages below {root}")
    return whole.relative_to(root).as_posix()
