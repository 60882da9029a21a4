"""The files that pages depend on, and the folders in which to watch for changes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from codeout.config.mkdocs import NAMES
from codeout.formats import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.lock.lockfile import Lock


def files_of(plans: Iterable[Plan], lock: Lock) -> frozenset[Path]:
    """The files that pages include or read in their last run."""
    return frozenset(path for plan in plans for path in _files(plan, lock))


def _files(plan: Plan, lock: Lock) -> Iterator[Path]:
    for name in plan.inputs.includes:
        yield plan.root / name
    if record := lock.get(plan.path):
        yield from record.observed.files(plan.root)


def folders_of(
    config: Config, paths: Sequence[Path], plans: Iterable[Plan], files: Iterable[Path]
) -> frozenset[Path]:
    """The folders in which a change may matter.

    Args:
        config: The settings; their own folder is included, and those of snippets and the lock.
        paths: Files and folders of pages; empty for all that the settings name.
        plans: The pages.
        files: The files that the pages depend on.
    """
    found = {config.root, *(config.root / name for name in config.snippets)}
    found |= {config.root / Path(config.lock).parent}
    found |= {plan.file.parent for plan in plans} | {file.parent for file in files}
    found |= {file for file in files if file.is_dir()}  # pages have listed these
    for path in paths or [config.root / name for name in config.pages]:
        found |= set(_below(path))
    return frozenset(Path(os.path.normpath(folder)) for folder in found)


def _below(path: Path) -> Iterator[Path]:
    for folder, folders, _ in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield Path(folder)


def matters(path: Path, files: Iterable[Path], config: Config) -> bool:
    """Whether a change of a file that is not a known page may change pages.

    Args:
        path: The file or folder.
        files: The files that the pages depend on.
        config: The settings.
    """
    if path.name.startswith("."):
        return False
    snippets = [Path(os.path.normpath(config.root / name)) for name in config.snippets]
    settings = {config.root / name for name in ("pyproject.toml", *NAMES)}
    known = bool({path, path.parent} & {*files, *settings})
    return (
        known
        or path.suffix in {*SUFFIXES, *(Path(name).suffix for name in config.pages)}
        or path.is_dir()
        or (path.parent in snippets and path.parent != config.root)
    )
