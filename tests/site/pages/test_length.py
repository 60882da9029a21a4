"""No lesson is longer than one can read in a sitting."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from codeout import parse

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

MOST = 900
HIDDEN = re.compile(r"^<!-- codeout: hidden.*?^-->\n\n?", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize(
    "lesson", sorted((ROOT / "docs" / "basics").glob("*.md")), ids=lambda file: file.stem
)
def test_a_lesson_has_no_more_lines_than_that(lesson: Path) -> None:
    """Hidden blocks do not count, nor do outputs of other versions, which are folded."""
    seen = HIDDEN.sub("", lesson.read_text(encoding="utf-8"))
    assert "codeout: hidden" not in seen
    others = (slot.source for slot in parse(seen.encode()).outputs if slot.versions)
    folded = sum(len(source.splitlines()) for source in others)
    assert len(seen.splitlines()) - folded <= MOST
