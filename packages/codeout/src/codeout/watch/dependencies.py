"""What the pages of a project are made of, and where to look for changes of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from codeout.formats import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.lock.lockfile import Lock


def files_of(plans: Iterable[Plan], lock: Lock) -> frozenset[Path]:
    """The files that pages include, or read when they last ran."""
    return frozenset(path for plan in plans for path in _files(plan, lock))


def _files(plan: Plan, lock: Lock) -> Iterator[Path]:
    for name in plan.inputs.includes:
        yield plan.root / name
    if record := lock.get(plan.path):
        yield from record.observed.files(plan.root)


def folders_of(
    config: Config, paths: Sequence[Path], plans: Iterable[Plan], files: Iterable[Path]
) -> frozenset[Path]:
    """The folders in which something may change that matters.

    Args:
        config: The settings; their own folder counts, and those of includes and the lock.
        paths: Files and folders with pages; none means all that the configuration names.
        plans: The pages.
        files: What they are made of.
    """
    found = {config.root, *(config.root / name for name in config.snippets)}
    found |= {config.root / Path(config.lock).parent}
    found |= {plan.file.parent for plan in plans} | {file.parent for file in files}
    for path in paths or [config.root / name for name in config.pages]:
        found |= set(_below(path))
    return frozenset(Path(os.path.normpath(folder)) for folder in found)


def _below(path: Path) -> Iterator[Path]:
    for folder, folders, _ in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield Path(folder)


def matters(path: Path, files: Iterable[Path], config: Config) -> bool:
    """Whether the change of a file that is no known page may change pages.

    Args:
        path: The file, or a folder.
        files: What the pages are made of.
        config: The settings.
    """
    if path.name.startswith("."):
        return False
    snippets = [Path(os.path.normpath(config.root / name)) for name in config.snippets]
    known = path in files or path == config.root / "pyproject.toml"
    return (
        known
        or path.suffix in SUFFIXES
        or path.is_dir()
        or (path.parent in snippets and path.parent != config.root)
    )
