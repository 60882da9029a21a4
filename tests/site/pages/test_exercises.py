"""The exercises of lessons: each has a check in the notebook that readers download."""

from __future__ import annotations

import re

import pytest
from codeout import Project
from codeout.engine.planning import plan_page
from codeout.export.cells import Code, Prose, export
from codeout.export.prose import beside

from tests.support.paths import ROOT

LESSONS = (
    "index",
    "quickstart",
    "tensors",
    "data",
    "transforms",
    "build-model",
    "autograd",
    "optimization",
    "save-and-load",
)
"""The lessons whose exercises have checks; each has three of them, or more."""

_NUMBER = re.compile(r"\b([0-9]+)\. ")


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_check_stands_between_an_exercise_and_its_solution(lesson: str) -> None:
    project = Project.open(ROOT)
    plan = plan_page(project.config, ROOT / "docs" / "basics" / f"{lesson}.md")
    order: list[str] = []
    for cell in export(plan, project.config, None, beside("")):
        if isinstance(cell, Code) and (
            found := re.search(r"^def check_([0-9]+)\(", cell.source, re.MULTILINE)
        ):
            assert "assert " in cell.source
            order.append(f"check {found[1]}")
        elif isinstance(cell, Prose):
            for line in cell.text.split("\n"):
                number = _NUMBER.search(line)
                if number and "풀이 · Solution" in line:
                    order.append(f"solution {number[1]}")
                elif number and re.match(r"<summary>|\*\*[0-9]", line):
                    order.append(f"question {number[1]}")
    count = len(order) // 3
    assert count >= 3
    kinds = ("question", "check", "solution")
    assert order == [f"{kind} {number}" for number in range(1, count + 1) for kind in kinds]
