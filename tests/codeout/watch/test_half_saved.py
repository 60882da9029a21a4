"""Pages that an editor empties before it writes them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from codeout.engine.plan import Plan
from codeout.watch.half_saved import PATIENCE_SECONDS, HalfSaved

if TYPE_CHECKING:
    from pathlib import Path


def plan_of(file: Path, source: bytes) -> Plan:
    return Plan(file.name, file, root=file.parent, source=source)


def test_a_page_that_was_emptied_just_now_waits(tmp_path: Path) -> None:
    page, other = tmp_path / "page.md", tmp_path / "other.md"
    plans = {page: plan_of(page, b"text"), other: plan_of(other, b"")}
    page.write_bytes(b"")
    other.write_bytes(b"")
    half_saved = HalfSaved()
    assert half_saved.changes({page, other, tmp_path}, plans) == {other, tmp_path}
    assert half_saved.changes(set(), plans) == set()
    page.write_bytes(b"new")
    assert half_saved.changes({page}, plans) == {page}
    assert half_saved.changes(set(), plans) == set()


def test_a_page_that_stays_empty_is_empty(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    plans = {page: plan_of(page, b"text")}
    page.write_bytes(b"")
    half_saved = HalfSaved()
    assert half_saved.changes({page}, plans) == set()
    time.sleep(PATIENCE_SECONDS)
    assert half_saved.changes(set(), plans) == {page}
    assert half_saved.changes(set(), plans) == set()


def test_a_page_that_is_gone_is_told(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    assert HalfSaved().changes({page}, {page: plan_of(page, b"text")}) == {page}
