"""The lessons keep their word to a reader who pastes their blocks, one after another."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from codeout import Picture, Printed, Project, agrees
from codeout.data.fetch import fetch
from codeout.fs.cache_folder import cache_folder
from codeout.output.images import same_picture

from tests.support.paths import ROOT
from tests.support.small_course import run_to_the_end, small_course, write_outputs
from tests.support.takeaway_runs import lend_data

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from codeout import Plan

# As in a notebook, a value is printed if it is the last of its block;
# of an error, the last line. The figures of a block are kept in files, cut as IPython cuts them.
PROMPT = """
import ast, contextlib, io, json, sys
told, names, figures = [], {"__name__": "__main__"}, 0
for code in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as screen:
        *statements, last = ast.parse(code).body
        try:
            exec(compile(ast.Module(statements, []), "<stdin>", "exec"), names)
            exec(compile(ast.Interactive([last]), "<stdin>", "single"), names)
        except Exception as error:
            print(f"{type(error).__name__}: {error}")
    told.append(screen.getvalue())
    if plt := sys.modules.get("matplotlib.pyplot"):
        for number in plt.get_fignums():
            figures += 1
            plt.figure(number).savefig(f"figure {figures}.png", bbox_inches="tight")
        plt.close("all")
json.dump(told, sys.stdout)
"""

TRAINING = ("optimization.md", "quickstart.md")
"""Lessons that go through all images many times: here they do it with a few of them."""

# Held by the notebooks in tests/codeout/export/test_files.py, which have no hidden blocks.
AS_NOTEBOOK = ("save-and-load.md",)


def test_what_readers_see_runs_alone_and_depends_on_no_stand_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without the hidden blocks, and with other stand-ins, each lesson prints what it shows."""
    monkeypatch.setenv("CODEOUT_STAND_IN_SEED", "1")
    project = Project.open(ROOT)
    for asset in project.config.assets:
        fetch(asset, cache_folder(), project.config.root)
    lessons = project.plans([ROOT / "docs" / "basics"])
    lessons = tuple(each for each in lessons if each.file.name not in TRAINING + AS_NOTEBOOK)
    assert lessons
    for update in run_to_the_end(project, *map(_visible, lessons)):
        assert not update.changes, "\n".join(map(str, update.changes))


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Project]:
    """Makes a project of one lesson that shows what few images give."""

    def make(lesson: str) -> Project:
        cache = tmp_path / "cache"
        project = small_course(lesson, tmp_path / "course", cache)
        monkeypatch.setenv("CODEOUT_CACHE", str(cache))
        write_outputs(project)
        return project

    return make


def test_optimization_trains_alike_without_its_hidden_blocks(
    small: Callable[[str], Project],
) -> None:
    project = small("optimization")
    (update,) = run_to_the_end(project, *map(_visible, project.plans()))
    assert not update.changes, "\n".join(map(str, update.changes))


def test_the_quickstart_pasted_into_plain_python_prints_what_the_page_shows(
    small: Callable[[str], Project], tmp_path: Path
) -> None:
    """Without notebooks, hidden blocks or anything else that the page does not show."""
    project = small("quickstart")
    (lesson,) = project.plans()
    (work := tmp_path / "work").mkdir()
    lend_data(project, lesson, work)
    pasted = _visible(lesson)

    done = subprocess.run(
        [sys.executable, "-c", PROMPT],
        input=json.dumps([cell.code for cell in pasted.cells]),
        capture_output=True,
        check=True,
        cwd=work,
        env=os.environ | {"MPLBACKEND": "agg", "OMP_NUM_THREADS": "1"},
        text=True,
    )

    told = dict(zip(pasted.blocks, json.loads(done.stdout), strict=True))
    for slot, shown in zip(lesson.page.slots, lesson.shown, strict=True):
        page = "\n".join(item.text for item in shown if isinstance(item, Printed))
        if any(lesson.page.blocks[block].directive.raises for block in slot.blocks):
            before, _, trace = page.partition("Traceback (most recent call last):\n")
            page = before + trace.splitlines()[-1]
        prompt = "".join(told.pop(block) for block in slot.blocks).rstrip("\n")
        tolerances = [lesson.page.blocks[block].directive.rtol for block in slot.blocks]
        assert agrees(page, prompt, max(filter(None, tolerances), default=1e-3)), slot.line
    assert not any(told.values()), "a block without an output tab prints something"
    shown = [item.target for each in lesson.shown for item in each if isinstance(item, Picture)]
    assert len(shown) == len([*work.glob("figure *.png")])
    for at, target in enumerate(shown, 1):
        new = (work / f"figure {at}.png").read_bytes()
        assert same_picture((lesson.file.parent / target).read_bytes(), new), target


def _visible(lesson: Plan) -> Plan:
    """The lesson without its hidden blocks."""
    kept = [
        (at, cell)
        for at, cell in zip(lesson.blocks, lesson.cells, strict=True)
        if not lesson.page.blocks[at].directive.hidden
    ]
    blocks, cells = zip(*kept, strict=True)
    return dataclasses.replace(lesson, blocks=blocks, cells=cells, sessions=())
