"""The keys of the settings: each takes what it may hold, and tells where it holds anything else."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from codeout.config.schema import ASSET, SETTINGS, checked, place_of
from codeout.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.folder import Folder

HEADER = "[tool.codeout]"


def settings(file: Path) -> dict[str, Any]:
    """The settings in a file, checked."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))["tool"]["codeout"]
    return checked(table, SETTINGS, file, HEADER)


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("pages = ['docs', '*.md']", "pages", ("docs", "*.md")),
        ("figures = 'docs/figures'", "figures", "docs/figures"),
        ("figures = ''", "figures", ""),
        ("lock = ''", "lock", ""),
        ("words = { no = 'timeout=*' }", "words", (("no", "timeout=*"),)),
        ("environment = { NAME = 'value' }", "environment", {"NAME": "value"}),
        ("timeout = 5", "timeout", 5.0),
        ("rtol = 0", "rtol", 0.0),
        ("rtol = 1e-2", "rtol", 0.01),
        ("output-limit = 0", "output_limit", 0),
        ("assets = [{ path = 'x' }]", "assets", [{"path": "x"}]),
    ],
)
def test_a_key_takes_what_it_may_hold_and_becomes_a_name(
    folder: Folder, line: str, key: str, value: object
) -> None:
    assert settings(folder.write("pyproject.toml", f"{HEADER}\n{line}\n")) == {key: value}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "[tool.other]\noutput_limit = 1\n[tool.codeout]\noutput_limit = 1\n",
            "pyproject.toml:4: unknown key `output_limit` in [tool.codeout]\n"
            "  hint: did you mean `output-limit`?",
            id="unknown, with a name that another tool has",
        ),
        pytest.param(
            "[tool.codeout.enviroment]\nA = '1'\n",
            "pyproject.toml:1: unknown key `enviroment` in [tool.codeout]\n"
            "  hint: did you mean `environment`?",
            id="unknown table",
        ),
        pytest.param(
            "[tool.codeout]\npages = 'docs'\n",
            "pyproject.toml:2: `pages` in [tool.codeout] must be a list of strings",
            id="no list",
        ),
        pytest.param(
            "[tool.codeout]\nout = [1]\n",
            "pyproject.toml:2: `out` in [tool.codeout] must be a list of strings",
            id="no list of strings",
        ),
        pytest.param(
            "[tool.codeout]\nfigures = ['a']\n",
            "pyproject.toml:2: `figures` in [tool.codeout] must be a string",
            id="no string",
        ),
        pytest.param(
            "[tool.codeout]\n\n[tool.codeout.environment]\nA = 1\n",
            "pyproject.toml:3: `environment` in [tool.codeout] must be a table of strings",
            id="no table of strings",
        ),
        pytest.param(
            "[tool.codeout]\ntimeout = 0\n",
            "pyproject.toml:2: `timeout` in [tool.codeout] must be a number above 0",
            id="zero",
        ),
        pytest.param(
            "[tool.codeout]\nrtol = true\n",
            "pyproject.toml:2: `rtol` in [tool.codeout] must be a number, 0 or more",
            id="no number",
        ),
        pytest.param(
            "[tool.codeout]\nrtol = nan\n",
            "pyproject.toml:2: `rtol` in [tool.codeout] must be a number, 0 or more",
            id="not a number",
        ),
        pytest.param(
            "[tool.codeout]\njobs = -1\n",
            "pyproject.toml:2: `jobs` in [tool.codeout] must be a whole number from 0 to "
            "1,000,000,000,000",
            id="negative",
        ),
        pytest.param(
            "[tool.codeout]\noutput-limit = 1.5\n",
            "pyproject.toml:2: `output-limit` in [tool.codeout] must be a whole number from 0 to "
            "1,000,000,000,000",
            id="no whole number",
        ),
        pytest.param(
            "[tool.codeout]\nassets = ['a']\n",
            "pyproject.toml:2: `assets` in [tool.codeout] must be an array of tables",
            id="no tables",
        ),
        pytest.param(
            "[tool.codeout]\nlock = '../codeout.lock'\n",
            "pyproject.toml:2: `lock` in [tool.codeout] must be a path below the folder of "
            'pyproject.toml\n  hint: such as `lock = "docs/…"`',
            id="elsewhere",
        ),
    ],
)
def test_a_key_that_holds_something_else_is_told_with_its_line(
    folder: Folder, text: str, message: str
) -> None:
    file = folder.write("pyproject.toml", text)
    with pytest.raises(ConfigError) as error:
        settings(file)
    told = str(error.value) if "hint:" in message else error.value.message
    assert told == message


LISTS = ["pages", "exclude", "code", "out", "skip", "snippets", "preload", "heading-attributes"]


@pytest.mark.parametrize("key", LISTS)
@pytest.mark.parametrize("empty", ["", " "])
def test_no_list_holds_an_empty_string(folder: Folder, key: str, empty: str) -> None:
    file = folder.write("pyproject.toml", f"{HEADER}\n{key} = ['a', '{empty}']\n")
    with pytest.raises(ConfigError, match=rf"pyproject\.toml:2: `{key}` in \[tool.codeout\] must"):
        settings(file)


@pytest.mark.parametrize("key", ["timeout", "rtol", "output-limit", "jobs", "checkpoints"])
@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "-1", "1e400", "true", "'1'"])
def test_no_number_is_endless_or_below_0(folder: Folder, key: str, value: str) -> None:
    file = folder.write("pyproject.toml", f"{HEADER}\n{key} = {value}\n")
    with pytest.raises(ConfigError, match=rf"pyproject\.toml:2: `{key}` in \[tool.codeout\] must"):
        settings(file)


@pytest.mark.parametrize(
    ("key", "nth", "line"), [("path", 1, 2), ("path", 2, 5), ("", 2, 4), ("sources", 3, 0)]
)
def test_a_key_is_looked_for_from_the_header_of_its_own_table_on(
    folder: Folder, key: str, nth: int, line: int
) -> None:
    entry = "[[tool.codeout.assets]]\npath = 'a'\n"
    file = folder.write("pyproject.toml", f"{entry}\n{entry}")
    place = place_of(file, key, "[[tool.codeout.assets]]", nth)
    assert place == (f"pyproject.toml:{line}" if line else "pyproject.toml")


def test_the_keys_of_an_asset_are_checked_likewise(folder: Folder) -> None:
    file = folder.write("pyproject.toml", "[[tool.codeout.assets]]\nstand-in = 'make.py'\n")
    found = checked({"stand-in": "make.py"}, ASSET, file, "[[tool.codeout.assets]]")
    assert found == {"stand_in": "make.py"}
