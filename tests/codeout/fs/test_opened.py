"""What is opened meanwhile is noted, as it was before."""

from __future__ import annotations

import contextlib
import importlib
import sys
from typing import TYPE_CHECKING

from codeout.fs.opened import opened_files, unnoted_files
from codeout.fs.state import ABSENT, state_of

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_file_that_is_opened_is_noted_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "part.md"
    file.write_text("A part.\n", encoding="utf-8")
    before = state_of(str(file))
    with opened_files() as states:
        file.read_text(encoding="utf-8")
        file.write_text("Another part.\n", encoding="utf-8")
    assert states == {str(file): before}


def test_a_file_that_is_not_there_is_noted(tmp_path: Path) -> None:
    with opened_files() as states, contextlib.suppress(FileNotFoundError):
        (tmp_path / "part.md").read_bytes()
    assert states == {str(tmp_path / "part.md"): ABSENT}


def test_what_is_opened_outside_of_the_context_is_not_noted(tmp_path: Path) -> None:
    (tmp_path / "part.md").touch()
    with opened_files() as states:
        pass
    (tmp_path / "part.md").read_bytes()
    assert states == {}


def test_the_compiled_form_of_a_module_is_not_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "imported_meanwhile.py"
    source.touch()
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "compiled"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.syspath_prepend(str(tmp_path))
    with opened_files() as states:
        importlib.import_module(source.stem)
    assert any((tmp_path / "compiled").rglob("*.pyc"))
    assert list(states) == [str(source)]


def test_what_is_opened_in_between_is_not_noted(tmp_path: Path) -> None:
    inner, outer = tmp_path / "inner", tmp_path / "outer"
    inner.touch()
    outer.touch()
    with opened_files() as states:
        with unnoted_files():
            inner.read_bytes()
        outer.read_bytes()
    assert [*states] == [str(outer)]
