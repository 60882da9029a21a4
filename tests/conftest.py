"""What all tests have: a plain terminal, and a folder to work in if they ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from folder import Folder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same messages everywhere: 80 columns, no colors, no annotations for GitHub."""
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("CI", "FORCE_COLOR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CODEOUT_CACHE", str(tmp_path / ".cache"))
    return Folder(tmp_path)
