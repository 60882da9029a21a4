"""The code of lessons is narrow, so that readers on small screens scroll sideways less."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout import parse

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = 64
FILES = [
    *sorted((ROOT / "docs" / "basics").glob("*.md")),
    ROOT / "docs" / "index.md",
    *sorted((ROOT / "snippets").glob("*.py")),
]
WIDER = {
    "docs/basics/autograd.md": 5,
    "docs/basics/build-model.md": 6,
    "docs/basics/data.md": 5,
    "docs/basics/index.md": 2,
    "docs/basics/optimization.md": 10,
    "docs/basics/quickstart.md": 1,
    "docs/basics/save-and-load.md": 4,
    "docs/basics/transforms.md": 9,
    "docs/index.md": 3,
    "snippets/dataset.py": 3,
    "snippets/device.py": 1,
    "snippets/network.py": 2,
    "snippets/training.py": 6,
}
"""How many lines of a file are wider. These numbers shrink, and no file is added."""


def shown_code(text: str) -> list[str]:
    """The lines of Python that readers of a page see."""
    blocks = parse(text.encode()).blocks
    return [
        line for block in blocks if not block.directive.hidden for line in block.code.split("\n")
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_lines_are_narrow_but_for_those_that_are_counted(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    lines = text.split("\n") if file.suffix == ".py" else shown_code(text)
    wide = [line for line in lines if len(line) > COLUMNS]
    known = WIDER.get(file.relative_to(ROOT).as_posix(), 0)
    told = f"{len(wide)} lines are wider, {known} are counted in WIDER:"
    assert len(wide) == known, "\n".join([told, *wide])
