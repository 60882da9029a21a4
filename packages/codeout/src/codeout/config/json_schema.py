"""The settings as a JSON Schema: editors complete the keys by it, and mark bad values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from codeout.config.kinds import SCHEMAS
from codeout.config.schema import (
    ASSET,
    ASSET_REQUIRED,
    ENVIRONMENT,
    ENVIRONMENT_REQUIRED,
    FOLDER,
    SETTINGS,
    SETUP,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from codeout.config.kinds import Check

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"

_TABLES: Final[Mapping[str, tuple[Mapping[str, Check], Sequence[str]]]] = {
    "assets": (ASSET, ASSET_REQUIRED),
    "folders": (FOLDER, ("pages",)),
    "matrix": (ENVIRONMENT, ENVIRONMENT_REQUIRED),
    "setup": (SETUP, ("code",)),
}


def schema() -> dict[str, Any]:
    """The schema of ``[tool.codeout]``. It takes all that codeout takes, and a little more."""
    return {
        "$schema": DRAFT,
        "title": "The settings of codeout: [tool.codeout] in pyproject.toml",
        **_table(SETTINGS, ()),
    }


def _table(keys: Mapping[str, Check], required: Sequence[str]) -> dict[str, Any]:
    properties = {key: _value(key, check) for key, check in keys.items()}
    needed = {"required": [*required]} if required else {}
    return {
        "type": "object",
        "properties": properties,
        **needed,
        "additionalProperties": False,
    }


def _value(key: str, check: Check) -> Mapping[str, Any]:
    if check in SCHEMAS:
        return SCHEMAS[check]
    return {"type": "array", "items": _table(*_TABLES[key])}
