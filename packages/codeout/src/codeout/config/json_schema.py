"""The settings as a JSON Schema: editors complete the keys by it, and mark bad values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from codeout.config.docstrings import described
from codeout.config.folders import FolderSettings, Setup
from codeout.config.kinds import SCHEMAS
from codeout.config.matrix import Environment
from codeout.config.schema import (
    ASSET,
    ASSET_REQUIRED,
    ENVIRONMENT,
    ENVIRONMENT_REQUIRED,
    FOLDER,
    SETTINGS,
    SETUP,
)
from codeout.config.settings import Config
from codeout.data.assets import Asset
from codeout.page.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from codeout.config.kinds import Check

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class _Table:
    """An array of tables in the settings.

    Attributes:
        keys: The check of each key.
        required: The keys that each table must have.
        kind: The type of its entries, whose docstring says what the keys mean.
    """

    keys: Mapping[str, Check]
    required: Sequence[str]
    kind: type


_TABLES: Final[Mapping[str, _Table]] = {
    "assets": _Table(ASSET, ASSET_REQUIRED, Asset),
    "folders": _Table(FOLDER, ("pages",), FolderSettings),
    "matrix": _Table(ENVIRONMENT, ENVIRONMENT_REQUIRED, Environment),
    "setup": _Table(SETUP, ("code",), Setup),
}


def schema() -> dict[str, Any]:
    """The schema of ``[tool.codeout]``. It takes all that codeout takes, and a little more.

    What it says of keys is what the docstrings of the types say.
    """
    return {
        "$schema": DRAFT,
        "title": "The settings of codeout: [tool.codeout] in pyproject.toml",
        **_table(SETTINGS, (), _of_settings()),
    }


def _of_settings() -> dict[str, str]:
    """What each attribute of the settings means, by its name."""
    return described(Layout)[1] | described(Config)[1]


def _table(
    keys: Mapping[str, Check], required: Sequence[str], said: Mapping[str, str]
) -> dict[str, Any]:
    needed = {"required": [*required]} if required else {}
    return {
        "type": "object",
        "properties": {
            key: {"description": said[key.replace("-", "_")], **_value(key, check)}
            for key, check in keys.items()
        },
        **needed,
        "additionalProperties": False,
    }


def _value(key: str, check: Check) -> Mapping[str, Any]:
    if check in SCHEMAS:
        return SCHEMAS[check]
    table = _TABLES[key]
    first, said = described(table.kind)
    item = _table(table.keys, table.required, _of_settings() | said)
    return {"type": "array", "items": {"description": first, **item}}
