"""Adds ``[tool.codeout]`` to a ``pyproject.toml``, in which nothing else changes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from codeout.config.toml import parse_toml
from codeout.errors import ConfigError, display_path

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def with_settings(file: Path, source: bytes, settings: Mapping[str, str | list[str]]) -> bytes:
    """A ``pyproject.toml`` with a table of settings at its end.

    Args:
        file: The file, for messages.
        source: What it holds; it has no ``[tool.codeout]``.
        settings: The values by key.

    Raises:
        ConfigError: It is not valid TOML, or its tables are written in a form to which nothing can
            be added at the end, such as ``tool = {}``.
    """
    tools = parse_toml(file, source, "fix the file at this line").get("tool", {})
    newline = "\r\n" if b"\r\n" in source else "\n"
    values = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in settings.items())
    table = newline.join(["[tool.codeout]", *values, ""])
    gap = newline * (2 - source.endswith(b"\n")) if source else ""
    after = source + f"{gap}{table}".encode()
    hint = "add the table yourself, or write `tool` as a table of its own"
    try:
        added = isinstance(tools, dict) and parse_toml(file, after, hint)["tool"]["codeout"]
    except ConfigError:
        added = None
    if added != settings:
        raise ConfigError(f"{display_path(file)}: [tool.codeout] cannot be added at its end", hint)
    return after
