"""The settings of a project: ``[tool.codeout]`` in ``pyproject.toml``; every key is optional."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from codeout.config.folders import FolderSettings, Setup, names_page
from codeout.config.labels import check_labels
from codeout.config.matrix import Environment
from codeout.config.mkdocs import snippet_folders
from codeout.config.plugins import find_plugins
from codeout.config.schema import (
    ASSET,
    ASSET_REQUIRED,
    ENVIRONMENT,
    ENVIRONMENT_REQUIRED,
    FOLDER,
    LAYOUT,
    SETTINGS,
    SETUP,
    checked,
    line_of,
    place_of,
)
from codeout.config.toml import read_toml
from codeout.data.assets import Asset
from codeout.errors import ConfigError, display_path
from codeout.page.model import Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from codeout.plugins.found import Plugin

_FILE: Final = "pyproject.toml"
_Entry = TypeVar("_Entry")


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one project.

    Attributes:
        root: The folder of ``pyproject.toml``; every other path is relative to it.
        pages: Files, folders and patterns that name the pages.
        exclude: Patterns of pages to leave out.
        layout: Where pages have their outputs.
        snippets: Folders of snippets, in the order to search; by default, those of the site.
        figures: The folder for figures, with a folder for each page; empty for beside each page.
        lock: The lock file, which records the inputs of each page; empty for none.
        preload: Modules to import once, before the first page.
        plugins: The installed packages that add to codeout.
        environment: Environment variables of pages.
        timeout: Seconds that one block may take.
        rtol: Relative tolerance for numbers with a decimal point.
        colour: Whether printed text keeps its colours; on pages in Markdown.
        interactive: The libraries whose figures are interactive; on pages in Markdown.
        output_limit: Bytes of text that one block may print or show.
        jobs: How many pages run at the same time; 0 means one per core.
        needs: What a worker of a cluster must offer to run a page, by the name of the resource.
        assets: Data files that pages would download.
        setup: Code that runs before the first block of each session of some pages.
        folders: Settings for some pages, in place of these; later ones win.
        matrix: Environments in which pages may hold as well.
        heading_attributes: Attributes of headings that an export shows after the title, such as
            ``data-ko`` for its translation.
        export: Patterns of pages that readers of the site can download.
        export_hidden: Whether an export keeps what hidden blocks set up.
        llms_txt: Whether the site has the Markdown of its pages, and ``llms.txt``, which lists it.
        checkpoints: How many checkpoints ``codeout watch`` keeps.
        checkpoint_megabytes: How much memory they may take, in MB.
    """

    root: Path
    pages: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    layout: Layout = Layout()
    snippets: tuple[str, ...] = ("snippets", ".")
    figures: str = ""
    lock: str = ""
    preload: tuple[str, ...] = ()
    plugins: tuple[Plugin, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    timeout: float = 60.0
    rtol: float = 1e-3
    colour: bool = False
    interactive: tuple[str, ...] = ()
    output_limit: int = 1_000_000
    jobs: int = 0
    needs: Mapping[str, float] = field(default_factory=dict)
    assets: tuple[Asset, ...] = ()
    setup: tuple[Setup, ...] = ()
    folders: tuple[FolderSettings, ...] = ()
    matrix: tuple[Environment, ...] = ()
    heading_attributes: tuple[str, ...] = ()
    export: tuple[str, ...] = ()
    export_hidden: bool = True
    llms_txt: bool = False
    checkpoints: int = 64
    checkpoint_megabytes: int = 2_000

    def setup_of(self, path: str) -> tuple[Setup, ...]:
        """The code that runs before the page with a name, in order."""
        return tuple(each for each in self.setup if not each.pages or names_page(each.pages, path))

    def for_page(self, path: str) -> Config:
        """The settings of the page with a name."""
        values: dict[str, Any] = {}
        for folder in self.folders:
            if names_page(folder.pages, path):
                values |= folder.values
        layout = replace(self.layout, **_taken(values, LAYOUT))
        return replace(self, layout=layout, **values)


def find_config(start: Path) -> Config:
    """Read the settings of a folder, or of the nearest folder above that has some.

    Args:
        start: A folder.

    Returns:
        The settings. Without any, the defaults, with ``start`` as the root and no lock file.

    Raises:
        ConfigError: The ``pyproject.toml`` of a folder on the way is not valid.
    """
    found = find_table(start)
    return config_of(*found) if found else Config(root=start, **_of_site(start))


def find_table(start: Path) -> tuple[Path, object] | None:
    """The ``pyproject.toml`` with the settings of a folder, and their table; None without any.

    Raises:
        ConfigError: The ``pyproject.toml`` of a folder on the way is not valid.
    """
    for folder in (start, *start.parents):
        table = table_in(folder)
        if table is not None:
            return folder / _FILE, table
    return None


def table_in(folder: Path) -> object | None:
    """The table with settings in the ``pyproject.toml`` of a folder; None if it has none.

    Raises:
        ConfigError: The file is not valid.
    """
    document = read_toml(folder / _FILE, "fix the file at this line")
    tools = document.get("tool") if document else None
    return tools.get("codeout") if isinstance(tools, dict) else None


def config_of(file: Path, table: object) -> Config:
    """The settings in a table.

    Args:
        file: The ``pyproject.toml`` that has it.
        table: The value of ``tool.codeout`` in it.

    Raises:
        ConfigError: It is no table, or has bad keys or values.
    """
    if not isinstance(table, dict):
        where = place_of(file, "codeout", "tool", 1)
        raise ConfigError(
            f"{where}: [tool.codeout] must be a table", "begin it with the line [tool.codeout]"
        )
    values = checked(table, SETTINGS, file, "[tool.codeout]")
    plugins = find_plugins(values.pop("plugins", ()), file)
    languages = tuple(language for plugin in plugins for language in plugin.languages)
    layout = Layout(**_taken(values, LAYOUT), languages=languages)
    assets = _entries(values.pop("assets", ()), _asset, file)
    setup = _entries(values.pop("setup", ()), _setup, file)
    folders = _entries(values.pop("folders", ()), _folder, file)
    matrix = _entries(values.pop("matrix", ()), _environment, file)
    check_labels(layout, folders, file)
    twice = {asset.path for asset in assets if [each.path for each in assets].count(asset.path) > 1}
    if twice:
        message = f"two entries of [[tool.codeout.assets]] have the path {min(twice)}"
        raise ConfigError(f"{display_path(file)}: {message}", "keep one of the two")
    names = [environment.name for environment in matrix]
    for name in names:
        if names.count(name) > 1:
            message = f"two entries of [[tool.codeout.matrix]] have the name {name}"
            raise ConfigError(f"{display_path(file)}: {message}", "name one of the two differently")
    root = file.parent
    values = {**defaults(root), **({} if "snippets" in values else _of_site(root)), **values}
    return Config(
        root=root,
        layout=layout,
        plugins=plugins,
        assets=assets,
        setup=setup,
        folders=folders,
        matrix=matrix,
        **values,
    )


def _entries(
    tables: Iterable[dict[str, Any]],
    make: Callable[[dict[str, Any], Path, int], _Entry],
    file: Path,
) -> tuple[_Entry, ...]:
    """The entries of an array of tables, in order."""
    return tuple(make(table, file, nth) for nth, table in enumerate(tables, start=1))


def _taken(values: dict[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """Take some keys out of a table."""
    names = [key.replace("-", "_") for key in keys]
    return {name: values.pop(name) for name in names if name in values}


def _asset(entry: dict[str, Any], file: Path, nth: int) -> Asset:
    where = "[[tool.codeout.assets]]"
    values = checked(entry, ASSET, file, where, nth)
    _require(ASSET_REQUIRED, entry, file, where, nth)
    try:
        return Asset(**values)
    except ConfigError as error:
        here = place_of(file, "", where, nth)
        raise ConfigError(f"{here}: {error.message}", error.hint) from error


def _folder(entry: dict[str, Any], file: Path, nth: int) -> FolderSettings:
    where = "[[tool.codeout.folders]]"
    values = checked(entry, FOLDER, file, where, nth)
    _require(("pages",), entry, file, where, nth)
    return FolderSettings(values.pop("pages"), values)


def _environment(entry: dict[str, Any], file: Path, nth: int) -> Environment:
    where = "[[tool.codeout.matrix]]"
    values = checked(entry, ENVIRONMENT, file, where, nth)
    _require(ENVIRONMENT_REQUIRED, entry, file, where, nth)
    return Environment(**values)


def _setup(entry: dict[str, Any], file: Path, nth: int) -> Setup:
    where = "[[tool.codeout.setup]]"
    values = checked(entry, SETUP, file, where, nth)
    _require(("code",), entry, file, where, nth)
    line = line_of(file, "code", where, nth)
    return Setup(place=f"{file.name}:{line}" if line else file.name, **values)


def _require(
    keys: Iterable[str], entry: Mapping[str, Any], file: Path, where: str, nth: int
) -> None:
    for key in keys:
        if key not in entry:
            here = place_of(file, "", where, nth)
            hint = f"each takes {', '.join(keys)}"
            raise ConfigError(f"{here}: an entry of {where} has no `{key}`", hint)


def _of_site(root: Path) -> dict[str, Any]:
    """What ``mkdocs.yml`` says where the settings do not."""
    folders = snippet_folders(root)
    return {"snippets": folders} if folders else {}


def defaults(root: Path) -> dict[str, str]:
    """The defaults of a project with settings: a lock file, and figures where MkDocs finds them."""
    figures = "docs/assets/out" if (root / "docs").is_dir() else "assets/out"
    return {"lock": "codeout.lock", "figures": figures}
