"""Finds pages by the settings or below some paths, and the data files of a page."""

from __future__ import annotations

import difflib
import os
from glob import escape
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from codeout.config.folders import names_page
from codeout.engine.built_folders import BuiltFolders
from codeout.engine.one_project import check_one_project
from codeout.errors import ConfigError, display_path
from codeout.formats import ASKED_SUFFIXES, ENDINGS, SUFFIXES
from codeout.fs.place import leads_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from codeout.config.settings import Config
    from codeout.data.assets import Asset


def find_pages(config: Config, paths: Sequence[Path] = ()) -> tuple[Path, ...]:
    """The pages of the project, or those below some paths; none of what a generator has built.

    Args:
        config: The settings, for ``pages`` and ``exclude``.
        paths: Files and folders; none means the pages that the settings name.

    Returns:
        Absolute or relative as they were given, sorted.

    Raises:
        ConfigError: A path does not exist, there are no pages below the paths, no paths are given
            and the settings name no pages, or a page belongs to another project; or the
            configuration of a site cannot be read.
    """
    if not paths and not config.pages:
        hint = "name some, or set `pages` in [tool.codeout] of pyproject.toml"
        raise ConfigError("no pages are named", hint)
    built = BuiltFolders(config.root)
    found = _below(paths, built) if paths else _configured(config, built)
    excluded = {
        file
        for file in found
        if names_page(config.exclude, name_of(config, file)) and file not in paths
    }
    if not (pages := tuple(sorted(set(found) - excluded))):
        raise _no_pages(config, paths, all_excluded=bool(excluded))
    check_one_project(config.root, pages)
    return pages


def name_of(config: Config, file: Path) -> str:
    """The name of a page: its path from the root, with forward slashes."""
    return Path(os.path.relpath(file, config.root)).as_posix()


def assets_of(config: Config, path: str) -> tuple[Asset, ...]:
    """The declared data files of the page with a name."""
    return tuple(
        asset for asset in config.assets if not asset.pages or names_page(asset.pages, path)
    )


def _below(paths: Iterable[Path], built: BuiltFolders) -> tuple[Path, ...]:
    return tuple(file for path in paths for file in _walk(path, built))


def _walk(path: Path, built: BuiltFolders) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        if built.holds(path):
            return
        for folder, folders, names in os.walk(path, onerror=_unreadable):
            shown = (name for name in folders if not name.startswith("."))
            folders[:] = [name for name in shown if not built.has(Path(folder, name))]
            yield from (Path(folder, name) for name in names if name.endswith(SUFFIXES))
    else:
        there = os.path.lexists(path)
        what = "neither a file nor a folder" if there else "no such file or folder"
        raise ConfigError(f"{display_path(path)}: {what}", _nearest(path))


def _unreadable(error: OSError) -> None:
    message = f"{display_path(Path(error.filename))}: cannot be read: {error.strerror}"
    raise ConfigError(message, "it has to be a folder that you may read; or name others") from error


def _no_pages(config: Config, paths: Sequence[Path], *, all_excluded: bool) -> ConfigError:
    settings = display_path(config.root / "pyproject.toml")
    if all_excluded:
        hint = "name one to run it all the same, or change `exclude`"
        return ConfigError(f"{settings}: `exclude` in [tool.codeout] leaves out every page", hint)
    where = ", ".join(map(display_path, paths))
    message = f"{where}: no pages there"
    if not paths:
        message = f"{settings}: `pages` in [tool.codeout] names folders without pages"
    return ConfigError(message, f"pages end in {ENDINGS}")


def _nearest(path: Path) -> str:
    """A hint with a similar name in the folder, if there is one.

    The name itself does not count: it may be that of a broken link.
    """
    there = {each.name for each in path.parent.iterdir()} if path.parent.is_dir() else set()
    near = difflib.get_close_matches(path.name, sorted(there - {path.name}), n=1)
    return f"did you mean {display_path(path.with_name(near[0]))}?" if near else ""


def _configured(config: Config, built: BuiltFolders) -> tuple[Path, ...]:
    found: list[Path] = []
    for pattern in config.pages:
        here = config.root / pattern
        matches = [here] if os.path.lexists(here) else _matches(config.root, pattern)
        for match in matches:
            if leads_out(match, config.root):
                message = f"{display_path(match)}: leads out of the project"
                raise ConfigError(message, "put a file or a folder in the place of the link")
        if not matches:
            where = display_path(config.root / "pyproject.toml")
            message = f"{where}: `pages` in [tool.codeout] names {pattern}: no such file or folder"
            raise ConfigError(message, "names are relative to the folder of pyproject.toml")
        found += _below((match for match in matches if not built.holds(match)), built)
    return tuple(found)


def _matches(root: Path, pattern: str) -> list[Path]:
    asked = {PurePath(pattern).suffix} & {*ASKED_SUFFIXES}
    try:
        for folder in _looked_into(root, PurePath(pattern).parts):
            _check_readable(folder)
        return sorted(
            path
            for path in root.glob(pattern)
            if not _hidden(root, path) and (path.is_dir() or path.suffix in {*SUFFIXES, *asked})
        )
    except ValueError as error:  # such as `**x`, where `**` must be all of a part
        where = display_path(root / "pyproject.toml")
        message = f"{where}: `pages` in [tool.codeout] names {pattern}: no pattern"
        raise ConfigError(message, "`**` stands for folders, as in `docs/**/*.md`") from error


def _looked_into(root: Path, parts: Sequence[str]) -> Iterator[Path]:
    """The folders whose names a pattern is compared with; ``glob`` passes over unreadable ones."""
    below = ["*"] if parts[-1:] == ("**",) else []
    for at, part in enumerate((*parts, *below)):
        if escape(part) != part:
            above = root.glob("/".join(parts[:at])) if at else [root]
            yield from (path for path in above if path.is_dir() and not _hidden(root, path))


def _check_readable(folder: Path) -> None:
    try:
        os.scandir(folder).close()
    except OSError as error:
        _unreadable(error)


def _hidden(root: Path, path: Path) -> bool:
    return any(name.startswith(".") for name in path.relative_to(root).parts)
