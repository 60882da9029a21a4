"""The JSON Schemas of what codeout writes: they take what is written, and know all of it."""

from __future__ import annotations

import copy
import datetime as dt
import json
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from codeout.cli.machine import check, status, watch
from codeout.lock import json_schema as lock
from codeout.lock.lockfile import Lock
from jsonschema import Draft202012Validator

from tests.codeout.cli.test_main import codeout
from tests.support.records import RECORD, lock_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.folder import Folder

SCHEMAS = {
    "status": status.schema(),
    "check": check.schema(),
    "watch": watch.schema(),
    "lock": lock.schema(),
}


def strict(schema: Any) -> Any:
    """A schema that takes no keys but those that it names."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {"additionalProperties": False} if "properties" in schema else {}
    return closed | {key: strict(each) for key, each in schema.items()}


def faults(what: str, written: Any) -> list[str]:
    """What the schema, closed to other keys, finds wrong."""
    validator = Draft202012Validator(strict(SCHEMAS[what]))
    return [error.message for error in validator.iter_errors(written)]


@pytest.fixture
def pages(folder: Folder) -> Folder:
    """Pages of every result, of which one has run."""
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    folder.page("docs/true.md", ("import click\nprint(1)", "1"))
    assert codeout("run").exit_code == 0
    folder.page("docs/differs.md", ("print(2)", "3"))
    folder.page("docs/volatile.md", ("print(4)", "4"), comment="<!-- codeout: volatile -->")
    folder.write("docs/fails.md", "```python\n1 / 0\n```\n\n```pycon\n>>> 1\n1\n```\n")
    folder.write("docs/prose.md", "Prose.\n")
    folder.write("docs/broken.md", "<!-- codeout: skipp -->\n\n```python\n1\n```\n")
    return folder


@pytest.mark.parametrize("what", SCHEMAS)
def test_each_is_a_schema_which_the_command_prints(what: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[what])
    assert json.loads(codeout("schema", what).stdout) == SCHEMAS[what]


@pytest.mark.parametrize("what", ["status", "check"])
def test_they_take_what_is_written(what: str, pages: Folder) -> None:
    del pages
    written = json.loads(codeout(what, "--json").stdout)
    assert len(written) == 6
    assert any(page["gaps"] for page in written)
    assert faults(what, written) == []
    for key in written[0]:
        less = copy.deepcopy(written)
        del less[0][key]
        assert faults(what, less) == [f"'{key}' is a required property"]
        other = copy.deepcopy(written)
        other[0][key] = {"a": []}
        assert faults(what, other), key


def test_they_say_what_each_key_means() -> None:
    for what in ("status", "check"):
        for key, value in SCHEMAS[what]["items"]["properties"].items():
            assert value["description"], key
    for kind in SCHEMAS["watch"]["oneOf"]:
        assert {key for key, value in kind["properties"].items() if "description" not in value} <= {
            "event"
        }


def as_json(table: Any) -> Any:
    """What is in a lock as editors see it: days are strings."""
    return json.loads(json.dumps(table, default=dt.date.isoformat))


def test_the_lock(pages: Folder, tmp_path: Path) -> None:
    written = as_json(tomllib.loads(pages.read("codeout.lock")))
    assert faults("lock", written) == []
    lock_of({"docs/a.md": RECORD}, file := tmp_path / "all.lock").write()
    full = as_json(tomllib.loads(file.read_text(encoding="utf-8")))
    assert Lock.read(file).get("docs/a.md") == RECORD
    assert faults("lock", full) == []
    for key, wrong in (("code", "?"), ("date", 3), ("blocks", -1), ("seconds", "long"), ("x", 1)):
        full_page = {**full["docs/a.md"], key: wrong}
        assert faults("lock", {**full, "docs/a.md": full_page}), key
    assert faults("lock", {"version": 2})
    for key in ("code", "versions", "python"):
        less = {name: value for name, value in full["docs/a.md"].items() if name != key}
        assert faults("lock", {"docs/a.md": less}) == [f"'{key}' is a required property"]
