"""The schema of the settings: it knows all keys, and takes what codeout takes."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from codeout.config.json_schema import schema
from codeout.config.pyproject import config_of
from codeout.config.schema import SETTINGS
from codeout.errors import ConfigError
from jsonschema import Draft202012Validator

from tests.codeout.cli.test_main import codeout
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMA = schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def tables() -> Iterator[tuple[Path, Any]]:
    """The settings in this repository: its own, and those of the cases and of the messages."""
    files = [ROOT / "pyproject.toml", *(ROOT / "tests" / "codeout").rglob("pyproject.toml")]
    for file in files:
        try:
            table = tomllib.loads(file.read_text(encoding="utf-8")).get("tool", {}).get("codeout")
        except ValueError:  # no TOML, or no UTF-8
            continue
        if table is not None:
            yield file, table


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["properties"]) == set(SETTINGS)


def test_each_key_says_what_it_means() -> None:
    properties = SCHEMA["properties"]
    assert properties["timeout"]["description"] == "Seconds that one block may take."
    assert properties["run"]["description"] == "Which blocks run."
    assert properties["matrix"]["items"]["properties"]["python"]["description"] == (
        "The version of Python; empty for the one that codeout runs with."
    )
    assert properties["folders"]["items"]["properties"]["timeout"] == properties["timeout"]
    tables = [SCHEMA, *(each["items"] for each in properties.values() if "items" in each)]
    told = [key["description"] for table in tables for key in table.get("properties", {}).values()]
    assert len(told) > len(properties)
    for text in told:
        assert text.endswith("."), text
        assert "``" not in text, "Markdown, as editors show it"
        assert not re.search(r"codeout\.\w", text), "no module: authors know none"


@pytest.mark.parametrize(("file", "table"), [*tables()], ids=lambda it: getattr(it, "parent", it))
def test_it_takes_what_codeout_takes(file: Path, table: Any) -> None:
    try:
        config_of(file, table)
    except ConfigError:
        return
    assert [error.message for error in VALIDATOR.iter_errors(table)] == []


@pytest.mark.parametrize(
    "table",
    [
        {"page": ["docs"]},
        {"pages": "docs"},
        {"pages": [""]},
        {"timeout": 0},
        {"jobs": 1.5},
        {"colour": "yes"},
        {"run": "some"},
        {"outputs": ["tab"]},
        {"code": []},
        {"environment": {"A": 1}},
        {"matrix": [{"name": "new"}]},
        {"matrix": [{"name": "a b", "requirements": []}]},
        {"assets": [{"path": "a", "sha256": "b", "sources": [], "mirror": ""}]},
        {"folders": [{"run": "all"}]},
    ],
    ids=str,
)
def test_it_marks_what_codeout_refuses(table: dict[str, Any], tmp_path: Path) -> None:
    assert [*VALIDATOR.iter_errors(table)]
    file = tmp_path / "pyproject.toml"
    file.write_text("[tool.codeout]\n", encoding="utf-8")
    with pytest.raises(ConfigError):
        config_of(file, table)


def test_the_command_prints_it() -> None:
    assert json.loads(codeout("schema").stdout) == SCHEMA
