"""Reads the entries of arrays of tables in the settings, such as ``[[tool.codeout.assets]]``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from codeout.config.folders import FolderSettings, Setup
from codeout.config.matrix import Environment
from codeout.config.schema import (
    ASSET,
    ASSET_REQUIRED,
    ENVIRONMENT,
    ENVIRONMENT_REQUIRED,
    FOLDER,
    SETUP,
    checked,
    line_of,
    place_of,
)
from codeout.data.assets import Asset
from codeout.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

_Entry = TypeVar("_Entry")


def entries(
    tables: Iterable[dict[str, Any]],
    make: Callable[[dict[str, Any], Path, int], _Entry],
    file: Path,
) -> tuple[_Entry, ...]:
    """The entries of an array of tables, in order.

    Args:
        tables: The tables.
        make: Makes an entry of a table, the file, and its number among them, from 1.
        file: The ``pyproject.toml`` that has them.

    Raises:
        ConfigError: One has bad keys or values, or lacks some.
    """
    return tuple(make(table, file, nth) for nth, table in enumerate(tables, start=1))


def asset_of(entry: dict[str, Any], file: Path, nth: int) -> Asset:
    """A data file; see ``entries``."""
    where = "[[tool.codeout.assets]]"
    values = checked(entry, ASSET, file, where, nth)
    _require(ASSET_REQUIRED, entry, file, where, nth)
    try:
        return Asset(**values)
    except ConfigError as error:
        here = place_of(file, "", where, nth)
        raise ConfigError(f"{here}: {error.message}", error.hint) from error


def folder_of(entry: dict[str, Any], file: Path, nth: int) -> FolderSettings:
    """Settings for some pages; see ``entries``."""
    where = "[[tool.codeout.folders]]"
    values = checked(entry, FOLDER, file, where, nth)
    _require(("pages",), entry, file, where, nth)
    return FolderSettings(values.pop("pages"), values)


def environment_of(entry: dict[str, Any], file: Path, nth: int) -> Environment:
    """An environment of the matrix; see ``entries``."""
    where = "[[tool.codeout.matrix]]"
    values = checked(entry, ENVIRONMENT, file, where, nth)
    _require(ENVIRONMENT_REQUIRED, entry, file, where, nth)
    return Environment(**values)


def setup_of(entry: dict[str, Any], file: Path, nth: int) -> Setup:
    """Code that runs before some pages; see ``entries``."""
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
