"""The navigation: readers meet the lessons in their order."""

from __future__ import annotations

import re

from mkdocs.config import load_config

from tests.support.paths import ROOT


def test_lessons_stand_in_their_order_under_their_numbers() -> None:
    """Previous and next follow the navigation."""
    nav = load_config(str(ROOT / "mkdocs.yml")).nav
    assert nav is not None
    lessons = next(part["기초 · Basics"] for part in nav if "기초 · Basics" in part)
    named = [(title, file) for lesson in lessons for title, file in lesson.items()]
    assert {file for _, file in named} == {
        f"basics/{file.name}" for file in (ROOT / "docs" / "basics").iterdir()
    }
    for number, (title, file) in enumerate(named):
        assert title.startswith(f"{number}. ")
        text = (ROOT / "docs" / file).read_text(encoding="utf-8")
        assert re.search(rf"^# {number}\. ", text, re.MULTILINE), file
