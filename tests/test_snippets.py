"""The pieces in ``snippets/``: each does what its pages say, and at least two pages embed it."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from codeout.project import Project

SNIPPETS = Path(__file__).parent.parent / "snippets"


@pytest.mark.parametrize("piece", sorted(SNIPPETS.iterdir()), ids=lambda piece: piece.name)
def test_at_least_two_pages_embed_it(piece: Path) -> None:
    project = Project.open(SNIPPETS.parent)
    name = f"snippets/{piece.name}"
    pages = [plan.path for plan in project.plans() if name in plan.inputs.includes]
    assert len(pages) >= 2, f"{name} is embedded by {pages or 'no page'}"


def test_device_holds_a_tensor() -> None:
    torch = pytest.importorskip("torch")
    device = runpy.run_path(str(SNIPPETS / "device.py"))["device"]
    assert torch.ones(2, device=device).device.type == device.type
