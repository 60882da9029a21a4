"""Finds the settings of a project, ``[tool.codeout]`` in ``pyproject.toml``, and reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from codeout.config.entries import asset_of, entries, environment_of, folder_of, setup_of
from codeout.config.labels import check_labels
from codeout.config.mkdocs import snippet_folders
from codeout.config.plugins import find_plugins
from codeout.config.schema import SETTINGS, checked, place_of
from codeout.config.settings import Config, take_layout
from codeout.config.toml import read_toml
from codeout.errors import ConfigError, display_path
from codeout.page.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_FILE: Final = "pyproject.toml"


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
    layout = Layout(**take_layout(values), languages=languages)
    assets = entries(values.pop("assets", ()), asset_of, file)
    setup = entries(values.pop("setup", ()), setup_of, file)
    folders = entries(values.pop("folders", ()), folder_of, file)
    matrix = entries(values.pop("matrix", ()), environment_of, file)
    check_labels(layout, folders, file)
    paths, names = [asset.path for asset in assets], [each.name for each in matrix]
    _refuse_twice(sorted(paths), "path", "assets", file, "keep one of the two")
    _refuse_twice(names, "name", "matrix", file, "name one of the two differently")
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


def _refuse_twice(values: Sequence[str], key: str, table: str, file: Path, hint: str) -> None:
    for value in values:
        if values.count(value) > 1:
            message = f"two entries of [[tool.codeout.{table}]] have the {key} {value}"
            raise ConfigError(f"{display_path(file)}: {message}", hint)


def _of_site(root: Path) -> dict[str, Any]:
    """What ``mkdocs.yml`` says where the settings do not."""
    folders = snippet_folders(root)
    return {"snippets": folders} if folders else {}


def defaults(root: Path) -> dict[str, str]:
    """The defaults of a project with settings: a lock file, and figures where MkDocs finds them."""
    figures = "docs/assets/out" if (root / "docs").is_dir() else "assets/out"
    return {"lock": "codeout.lock", "figures": figures}
