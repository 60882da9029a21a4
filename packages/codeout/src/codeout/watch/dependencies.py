"""The files that pages depend on, and the folders in which to watch for changes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from codeout.config.mkdocs import FILES
from codeout.formats import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.lock.lockfile import Lock
    from codeout.lock.record import Record


@dataclass(frozen=True, slots=True)
class Dependencies:
    """What one page depends on.

    Attributes:
        plan: The page.
        record: Its record, if there is one.
        files: The files that it includes, or read in its last run.
        folders: Where to look for changes of it.
    """

    plan: Plan
    record: Record | None
    files: frozenset[Path]
    folders: frozenset[Path]

    def fits(self, plan: Plan, record: Record | None) -> bool:
        """Whether this is what a page depends on: neither it nor its record is another."""
        return self.plan is plan and self.record is record


class AllDependencies:
    """What the pages of a watch depend on; those that did not change are not looked at again."""

    def __init__(self) -> None:
        self._known: dict[Path, Dependencies] = {}

    def of(self, plans: Iterable[Plan], lock: Lock) -> tuple[Dependencies, ...]:
        """What some pages depend on, by their records in a lock."""
        before, self._known = self._known, {}
        for plan in plans:
            record, known = lock.get(plan.path), before.get(plan.file)
            if known is None or not known.fits(plan, record):
                known = _dependencies(plan, record)
            self._known[plan.file] = known
        return tuple(self._known.values())


def _dependencies(plan: Plan, record: Record | None) -> Dependencies:
    read = record.observed.files(plan.root) if record else ()
    files = frozenset([*(plan.root / name for name in plan.inputs.includes), *read])
    return Dependencies(plan, record, files, _places(files) | {plan.file.parent})


def files_of(pages: Iterable[Dependencies]) -> frozenset[Path]:
    """The files that pages depend on."""
    return frozenset().union(*(page.files for page in pages))


def folders_of(
    config: Config,
    paths: Sequence[Path],
    pages: Iterable[Dependencies],
    files: Collection[Path] = (),
) -> frozenset[Path]:
    """The folders in which a change may matter.

    Args:
        config: The settings; their own folder is included, and those of snippets and the lock.
        paths: Files and folders of pages; empty for all that the settings name.
        pages: The pages.
        files: More files that matter.
    """
    found = {config.root, *(config.root / name for name in config.snippets)}
    found |= {config.root / Path(config.lock).parent}
    found |= _places(files).union(*(page.folders for page in pages))
    for path in paths or [config.root / name for name in config.pages]:
        found |= set(_below(path))
    return frozenset(Path(os.path.normpath(folder)) for folder in found)


def _places(files: Collection[Path]) -> frozenset[Path]:
    """The folders of some files, and those among them that are folders: pages have listed these."""
    listed = (file for file in files if file.is_dir())
    return frozenset([*(file.parent for file in files), *listed])


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
    settings = {config.root / name for name in ("pyproject.toml", *FILES)}
    known = bool({path, path.parent} & {*files, *settings})
    return (
        known
        or path.suffix in {*SUFFIXES, *(Path(name).suffix for name in config.pages)}
        or path.is_dir()
        or (path.parent in snippets and path.parent != config.root)
    )
