"""What of a page runs after some of its blocks failed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.adopt.blocks import Candidate, Candidates, candidates
from codeout.adopt.causes import Cause
from codeout.adopt.choice import OUTPUTS, revised
from codeout.adopt.draft import Draft
from codeout.adopt.places import Place
from codeout.adopt.trial import Failure, Trial
from codeout.config.settings import Config
from codeout.engine.update import failed
from codeout.errors import Problem
from codeout.page.document import parse
from codeout.page.modes import RunMode
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Mapping

SHOWN = {"output_type": "stream", "name": "stdout", "text": "1\n"}


def notebook(*codes: str, indent: int | None = 1) -> str:
    """A notebook in which cells that print have an output."""
    cells = [
        {"cell_type": "code", "execution_count": None, "metadata": {}, "source": code}
        | {"outputs": [SHOWN] if "print" in code else []}
        for code in codes
    ]
    return json.dumps(
        {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}, indent=indent
    )


def after_failing(text: str, path: Path, *fails: int, cause: Cause = Cause.MODULE) -> Draft:
    """The next draft of a page of which some of the blocks that run fail."""
    draft, config = Draft(path.name, path, text.encode()), Config(path.parent)
    plan = draft.plan(config)
    problems = [Problem(plan.path, plan.running[at].line, "raised an error") for at in fails]
    names = [plan.running[at].name for at in fails]
    pairs = zip(problems, names, strict=True)
    failures = tuple(Failure(each.line, cause, each, name) for each, name in pairs)
    trial = Trial(plan, failed(plan, problems), failures)
    return revised(draft, trial, candidates(draft, config, plan))


@pytest.mark.parametrize(
    ("codes", "fails", "mode"),
    [
        (["import no_module", "print(1)"], 0, RunMode.MARKED),
        (["x = 1", "print(x)", "import no_module"], 2, RunMode.NONE),
        (["import no_module\nprint(1)", "print(1)"], 0, RunMode.NONE),
    ],
)
@pytest.mark.parametrize("indent", [1, None])
def test_cells_with_outputs_run_if_they_need_no_others(
    tmp_path: Path, codes: list[str], fails: int, mode: RunMode, indent: int | None
) -> None:
    text = notebook(*codes, indent=indent)
    after = after_failing(text, tmp_path / "page.ipynb", fails)
    assert after.values["run"] == mode
    assert after.words == {}


def prompts(*values: int) -> str:
    """A fence with a prompt for each value, which shows it."""
    return "".join(["```pycon\n", *(f">>> {each}\n{each}\n" for each in values), "```\n\n"])


@pytest.mark.parametrize(("outputs", "worth"), [(OUTPUTS - 1, False), (OUTPUTS, True)])
def test_a_comment_is_written_for_enough_outputs(tmp_path: Path, outputs: int, worth: bool) -> None:
    text = prompts(0) + prompts(*range(1, outputs + 1))
    after = after_failing(text, tmp_path / "page.md", 0)
    assert [*after.words.values()] == ["skip"] * worth
    running = {after.line_before(block.line) for block in parse(after.after).blocks}
    assert running >= {1 + after.before[: after.before.index(b">>> 1")].count(b"\n")}
    assert (after.values["run"] == RunMode.NONE) is not worth


def test_a_name_that_no_other_block_binds_takes_those_that_read_it_along(tmp_path: Path) -> None:
    text = "```pycon\n>>> x = 1\n>>> 1 / 0\n```\n\n```pycon\n>>> x\n1\n```\n\n" + prompts(*range(9))
    after = after_failing(text, tmp_path / "page.md", 1)
    assert {place.line for place in after.words} == {1, 6}


def test_options_of_doctest_come_where_comments_cost_too_much(tmp_path: Path) -> None:
    """One fence holds what all others need."""
    text = "```pycon\n>>> x = 1\n>>> 1 / 0\n```\n\n" + "```pycon\n>>> x\n1\n```\n\n" * 4
    after = after_failing(text, tmp_path / "page.md", 1)
    assert b">>> 1 / 0  # doctest: +SKIP\n" in after.after


def test_an_output_that_varies_is_not_compared_and_its_block_runs(tmp_path: Path) -> None:
    text = prompts(*range(4)) + prompts(5)
    after = after_failing(text, tmp_path / "page.md", 4, cause=Cause.UNSTABLE)
    assert [*after.words.values()] == ["volatile"]
    assert not any(block.directive.skip for block in parse(after.after).blocks)


def test_names_are_read_before_they_are_bound(tmp_path: Path) -> None:
    code = "import os\ny = os.name + x\ndef f(a):\n    return a + z\n[n for n in y]\nawait w\n"
    code += "try:\n    y = y + v\nexcept OSError as error:\n    error"
    draft = Draft("page.md", tmp_path / "page.md", f"```python\n{code}\n```\n".encode())
    (block,) = candidates(draft, Config(tmp_path), draft.plan(Config(tmp_path))).blocks
    assert block.reads == {"x", "z", "w", "v", "OSError"}
    assert block.binds == {"os", "y", "f", "error"}


def test_two_statements_that_share_a_comment_do_not_change_it_by_turns() -> None:
    """Both lack a name that a fence before them binds, which fails; and one varies."""
    here, reads = (0, 0), frozenset("c")
    blocks = (
        Candidate((1, ""), Place(1), None, True, here, frozenset(), frozenset("c")),
        Candidate((2, ""), Place(2), None, False, here, reads, frozenset()),
        Candidate((3, ""), Place(2), None, True, here, reads, frozenset()),
    )
    failing = {(1, ""): Cause.MODULE, (3, ""): Cause.UNSTABLE}
    assert after_trial(failing, Candidates(blocks, ((0,), (2,)))).values["run"] == RunMode.NONE


@given(data=st.data())
def test_whatever_blocks_fail_there_is_an_end(data: st.DataObject) -> None:
    """Of blocks that fail, vary, or lack a name, in fences of several statements and without."""
    names = st.frozensets(st.sampled_from("abc"))
    places = [None, *map(Place, range(4))]
    block = st.builds(
        Candidate,
        st.tuples(st.integers(0, 9), st.just("")),
        st.sampled_from(places),
        st.sampled_from([None, *(Place(at, option=True) for at in range(4))]),
        st.booleans(),
        st.just((0, 0)),
        names,
        names,
    )
    blocks = tuple(data.draw(st.lists(block, max_size=6, unique_by=lambda each: each.key)))
    slots = tuple((at,) for at, each in enumerate(blocks) if each.marked)
    keys = sorted(each.key for each in blocks)
    words = st.sampled_from([Cause.UNSTABLE, Cause.MODULE, Cause.FOLLOWS])
    causes = data.draw(st.dictionaries(st.sampled_from(keys), words)) if keys else {}
    after_trial(causes, Candidates(blocks, slots))


def after_trial(causes: Mapping[tuple[int, str], Cause], found: Candidates) -> Draft:
    """The next draft of a page, by why blocks fail."""
    problem = Problem("page.md", 1, "raised an error")
    failures = tuple(Failure(line, cause, problem, name) for (line, name), cause in causes.items())
    draft = Draft("page.md", Path("page.md"), b"")
    plan = draft.plan(Config(Path()))
    return revised(draft, Trial(plan, failed(plan, [problem]), failures), found)
