"""The diagrams: each was drawn from its source as it is now."""

from __future__ import annotations

import hashlib
import runpy
from typing import TYPE_CHECKING

import pytest

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DIAGRAMS = ROOT / "docs" / "assets" / "diagrams"


@pytest.mark.parametrize("source", sorted(DIAGRAMS.glob("*.mmd")), ids=lambda file: file.name)
def test_the_drawing_ends_with_the_digest_of_its_source(source: Path) -> None:
    drawing = source.with_suffix(".svg").read_text(encoding="utf-8")
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    assert drawing.endswith(f"<!-- {digest} -->\n"), "`make diagrams` draws it anew"


def test_the_diagrams_about_shapes_are_as_their_script_draws_them() -> None:
    script = runpy.run_path(str(DIAGRAMS / "shapes.py"))
    for diagram in script["DIAGRAMS"]:
        drawing = (DIAGRAMS / f"{diagram.__name__}.svg").read_text(encoding="utf-8")
        assert drawing == script["svg"](*diagram()), "`make diagrams` draws it anew"


def test_a_drawing_needs_nothing_from_elsewhere() -> None:
    for drawing in DIAGRAMS.glob("*.svg"):
        text = drawing.read_text(encoding="utf-8")
        assert "foreignObject" not in text
        assert "@import" not in text
