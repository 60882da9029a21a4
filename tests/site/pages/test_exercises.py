"""The exercises of lessons and labs: each has a check in the notebook that readers download."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from codeout import Project
from codeout.engine.planning import plan_page
from codeout.export.cells import Code, Prose, export
from codeout.export.prose import beside

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = (
    "basics/index.md",
    "basics/quickstart.md",
    "basics/tensors.md",
    "basics/data.md",
    "basics/transforms.md",
    "basics/build-model.md",
    "basics/autograd.md",
    "basics/optimization.md",
    "basics/save-and-load.md",
    "labs/fashion-mnist.ipynb",
    "labs/transfer.ipynb",
)
"""The pages whose exercises have checks; each has three of them, or more."""

CHECK = re.compile(r"^def check_([0-9]+)\(", re.MULTILINE)
IN_LESSON = re.compile(r"^(?:<summary>|\*\*)(?P<number>[0-9]+)\. (?P<solution>풀이 · Solution)?")
IN_LAB = re.compile(r"^### (?:Exercise|(?P<solution>Solution)) (?P<number>[0-9]+) · ")


def parts(page: str) -> Iterator[str]:
    """The exercises of an exported page, their checks and their solutions, in order."""
    project = Project.open(ROOT)
    plan = plan_page(project.config, ROOT / "docs" / page)
    for cell in export(plan, project.config, None, beside("")):
        if isinstance(cell, Code) and (check := CHECK.search(cell.source)):
            assert "assert " in cell.source
            yield f"check {check[1]}"
        elif isinstance(cell, Prose):
            for line in cell.text.split("\n"):
                if title := IN_LESSON.search(line) or IN_LAB.search(line):
                    yield f"{'solution' if title['solution'] else 'exercise'} {title['number']}"


@pytest.mark.parametrize("page", PAGES)
def test_a_check_stands_between_an_exercise_and_its_solution(page: str) -> None:
    order = [*parts(page)]
    count = len(order) // 3
    assert count >= 3
    kinds = ("exercise", "check", "solution")
    assert order == [f"{kind} {number}" for number in range(1, count + 1) for kind in kinds]
