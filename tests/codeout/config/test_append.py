"""Settings added to a ``pyproject.toml``: at its end, and nothing else changes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from codeout.config.append import with_settings
from codeout.errors import ConfigError
from hypothesis import given
from hypothesis import strategies as st

FILE = Path("pyproject.toml")
SETTINGS: dict[str, str | list[str]] = {"pages": ["docs"], "figures": "docs/out"}
TABLE = b'[tool.codeout]\npages = ["docs"]\nfigures = "docs/out"\n'


@pytest.mark.parametrize(
    ("before", "gap"),
    [
        (b"", b""),
        (b"[project]\n", b"\n"),
        (b"# no line end", b"\n\n"),
        (b"[tool.ruff]\nline-length = 100\n", b"\n"),
    ],
)
def test_the_table_comes_last(before: bytes, gap: bytes) -> None:
    assert with_settings(FILE, before, SETTINGS) == before + gap + TABLE


def test_line_ends_of_the_file_are_kept() -> None:
    after = with_settings(FILE, b"[project]\r\n", SETTINGS)
    assert after == b"[project]\r\n\r\n" + TABLE.replace(b"\n", b"\r\n")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]))))
def test_any_names_are_written_so_that_they_are_read_again(names: list[str]) -> None:
    after = with_settings(FILE, b"", {"pages": names})
    assert tomllib.loads(after.decode()) == {"tool": {"codeout": {"pages": names}}}


@pytest.mark.parametrize("before", [b"tool = {}\n", b"[[tool]]\n", b"tool = 1\n", b"tool = []"])
def test_a_form_to_which_nothing_can_be_added_is_told(before: bytes) -> None:
    with pytest.raises(ConfigError, match="cannot be added at its end"):
        with_settings(FILE, before, SETTINGS)


def test_what_is_no_toml_is_told_with_its_line() -> None:
    with pytest.raises(ConfigError, match=r"pyproject\.toml:2: not valid TOML"):
        with_settings(FILE, b"a = 1\nb\n", SETTINGS)
