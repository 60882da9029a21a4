"""What of a page runs after some of its blocks failed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from codeout.adopt.causes import Cause
from codeout.adopt.choice import revised
from codeout.adopt.draft import Draft
from codeout.adopt.trial import Failure, Trial
from codeout.config.settings import Config
from codeout.engine.update import failed
from codeout.errors import Problem
from codeout.page.model import RunMode

if TYPE_CHECKING:
    from pathlib import Path

SHOWN = {"output_type": "stream", "name": "stdout", "text": "1\n"}


def notebook(*codes: str) -> str:
    """A notebook in which cells that print have an output."""
    cells = [
        {"cell_type": "code", "execution_count": None, "metadata": {}, "source": code}
        | {"outputs": [SHOWN] if "print" in code else []}
        for code in codes
    ]
    return json.dumps(
        {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}, indent=1
    )


@pytest.mark.parametrize(
    ("codes", "fails", "mode"),
    [
        (["import no_module", "print(1)"], 0, RunMode.MARKED),
        (["x = 1", "print(x)", "import no_module"], 2, RunMode.NONE),
        (["import no_module\nprint(1)", "print(1)"], 0, RunMode.NONE),
    ],
)
def test_cells_with_outputs_run_if_they_need_no_others(
    tmp_path: Path, codes: list[str], fails: int, mode: RunMode
) -> None:
    draft = Draft("page.ipynb", tmp_path / "page.ipynb", notebook(*codes).encode())
    config = Config(tmp_path)
    plan = draft.plan(config)
    problem = Problem(plan.path, plan.running[fails].line, "raised ModuleNotFoundError")
    failure = Failure(problem.line, Cause.MODULE, problem)
    after = revised(draft, Trial(plan, failed(plan, [problem]), (failure,)), config)
    assert after.values["run"] == mode
    assert after.words == {}
