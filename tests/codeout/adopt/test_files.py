"""Writing what is proposed: all files, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.adopt.files import Change, write
from codeout.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_page_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    page, settings = tmp_path / "page.md", tmp_path / "pyproject.toml"
    page.write_bytes(b"before")
    page.chmod(0o444)
    changes = [
        Change("pyproject.toml", settings, None, b"[tool.codeout]\n"),
        Change("page.md", page, b"before", b"after"),
    ]
    with pytest.raises(ConfigError, match=r"page\.md: cannot be written: it is read-only") as told:
        write(changes, tmp_path)
    assert told.value.hint == "nothing was written; see that all pages can be, and call it again"
    assert (page.read_bytes(), settings.exists()) == (b"before", False)


def test_a_page_that_has_changed_meanwhile_is_kept(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_bytes(b"saved meanwhile")
    with pytest.raises(ConfigError, match="changed meanwhile"):
        write([Change("page.md", page, b"before", b"after")], tmp_path)
    assert page.read_bytes() == b"saved meanwhile"
