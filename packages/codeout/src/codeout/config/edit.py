"""Writes settings into a ``pyproject.toml``, in which nothing else changes."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import tomlkit

from codeout.config.toml import parse_toml
from codeout.errors import ConfigError, display_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_FIX: Final = "fix the file at this line"
_HINT: Final = "add the settings yourself, or write `tool` as a table of its own"
_WIDEST: Final = 80
"""How long a list of strings may be on one line."""


def with_settings(
    file: Path,
    source: bytes,
    settings: Mapping[str, Any],
    tables: Mapping[str, Sequence[Mapping[str, Any]]] = MappingProxyType({}),
) -> bytes:
    """A ``pyproject.toml`` with more settings.

    Args:
        file: The file, for messages.
        source: What it holds. A table ``[tool.codeout]`` is added at its end if it has none.
        settings: The values by key; those that are there are replaced.
        tables: Tables to add at its end, such as ``[[tool.codeout.folders]]``, by their key.

    Raises:
        ConfigError: It is not valid TOML, or its tables are written in a form to which nothing can
            be added, such as ``tool = {}``.
    """
    before = parse_toml(file, source, _FIX)
    newline = "\r\n" if b"\r\n" in source else "\n"
    try:
        text = source.decode()
        if not _has_table(before):
            text += _gap(text) + "[tool.codeout]\n"
            parse_toml(file, text.encode(), _HINT)
        text = _with_values(text, settings)
        for name, more in tables.items():
            text += "".join(_table(name, each) for each in more)
        after = newline.join(text.replace("\r\n", "\n").split("\n")).encode()
        if parse_toml(file, after, _HINT) == _expected(before, settings, tables):
            return after
    except (ConfigError, TypeError, AttributeError):
        pass
    raise ConfigError(f"{display_path(file)}: [tool.codeout] cannot be added to", _HINT)


def _has_table(document: Mapping[str, Any]) -> bool:
    tools = document.get("tool")
    return isinstance(tools, dict) and "codeout" in tools


def _table(name: str, table: Mapping[str, Any]) -> str:
    """A table of an array of tables, after a blank line."""
    lines = (f"{key} = {_written(value)}" for key, value in table.items())
    return "\n".join(["", f"[[tool.codeout.{name}]]", *lines, ""])


def _gap(text: str) -> str:
    """What ends the last line of a text, and leaves one blank line."""
    return "\n" * (2 - text.endswith("\n")) if text else ""


def _with_values(text: str, settings: Mapping[str, Any]) -> str:
    if not settings:
        return text
    document = tomlkit.parse(text)
    table: Any = document["tool"]["codeout"]
    for key, value in settings.items():
        if isinstance(value, dict):
            table[key] = tomlkit.table()
            table[key].update(value)
        else:
            table[key] = tomlkit.value(_written(value))
    return tomlkit.dumps(document)


def _written(value: Any) -> str:
    """A string, a number or a list of strings as TOML; a long list has a line for each item."""
    one_line = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) or len(one_line) <= _WIDEST:
        return one_line
    return "[\n" + "".join(f"    {json.dumps(each, ensure_ascii=False)},\n" for each in value) + "]"


def _expected(
    before: Mapping[str, Any],
    settings: Mapping[str, Any],
    tables: Mapping[str, Sequence[Mapping[str, Any]]],
) -> dict[str, Any]:
    """What the file has to say after the change."""
    table = {**before.get("tool", {}).get("codeout", {}), **settings}
    for name, more in tables.items():
        if more:
            table[name] = [*table.get(name, ()), *map(dict, more)]
    return {**before, "tool": {**before.get("tool", {}), "codeout": table}}
