"""Settings written into a ``pyproject.toml``: nothing else changes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from codeout.config.edit import with_settings
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
    with pytest.raises(ConfigError, match="cannot be added to"):
        with_settings(FILE, before, SETTINGS)


def test_what_is_no_toml_is_told_with_its_line() -> None:
    with pytest.raises(ConfigError, match=r"pyproject\.toml:2: not valid TOML"):
        with_settings(FILE, b"a = 1\nb\n", SETTINGS)


def test_values_are_replaced_where_they_are() -> None:
    before = b'[tool.codeout]  # ours\nrun = "all"  # why\npages = ["docs"]\n\n[tool.ruff]\na = 1\n'
    after = with_settings(FILE, before, {"run": "marked", "skip": ["notest"]})
    assert after.decode() == (
        '[tool.codeout]  # ours\nrun = "marked"  # why\npages = ["docs"]\nskip = ["notest"]\n\n'
        "[tool.ruff]\na = 1\n"
    )


def test_folders_come_last() -> None:
    before = b'[tool.codeout]\npages = ["docs"]\n[tool.ruff]\na = 1\n'
    folder = {"pages": ["docs/" + "x" * 40, "docs/" + "y" * 40], "run": "none"}
    assert with_settings(FILE, before, {}, {"folders": [folder]}).decode() == (
        before.decode() + "\n[[tool.codeout.folders]]\npages = [\n"
        f'    "docs/{"x" * 40}",\n    "docs/{"y" * 40}",\n]\nrun = "none"\n'
    )


def test_a_list_of_folders_on_one_line_is_told() -> None:
    before = b'[tool.codeout]\nfolders = [{ pages = ["docs"], run = "none" }]\n'
    with pytest.raises(ConfigError, match="cannot be added to"):
        with_settings(FILE, before, {}, {"folders": [{"pages": ["more"], "run": "all"}]})
