"""The lessons keep their word to a reader who pastes their blocks, one after another."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from codeout import Picture, Printed, Project, Update, agrees
from codeout.data.fetch import cache_folder, fetch
from codeout.data.links import link_files
from codeout.engine.discovery import assets_of
from codeout.output.images import same_picture

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from codeout import Plan

# Python's prompt runs statement by statement and echoes the value of each expression. The figures
# of a block are kept in files, cut as IPython cuts them.
PROMPT = """
import ast, contextlib, io, json, sys
told, names, figures = [], {"__name__": "__main__"}, 0
for code in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as screen:
        for statement in ast.parse(code).body:
            exec(compile(ast.Interactive([statement]), "<stdin>", "single"), names)
    told.append(screen.getvalue())
    if plt := sys.modules.get("matplotlib.pyplot"):
        for number in plt.get_fignums():
            figures += 1
            plt.figure(number).savefig(f"figure {figures}.png", bbox_inches="tight")
        plt.close("all")
json.dump(told, sys.stdout)
"""

# Lessons that take long and run without their hidden blocks anyway: see the test below, and the
# notebooks in tests/codeout/export/test_files.py.
ELSEWHERE = ("quickstart.md", "save-and-load.md")


def test_what_readers_see_runs_alone_and_depends_on_no_stand_in(
    monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    """Without the hidden blocks, and with other stand-ins, each lesson prints what it shows."""
    monkeypatch.setenv("CODEOUT_STAND_IN_SEED", "1")
    project = Project.open(pytestconfig.rootpath)
    for asset in project.config.assets:
        fetch(asset, cache_folder(), project.config.root)
    lessons = project.plans([pytestconfig.rootpath / "docs" / "basics"])
    lessons = tuple(lesson for lesson in lessons if lesson.file.name not in ELSEWHERE)
    assert lessons
    for event in project.execute([_visible(lesson) for lesson in lessons]):
        if isinstance(event, Update):
            assert not event.problems, "\n".join(map(str, event.problems))
            assert not event.changes, "\n".join(map(str, event.changes))


def _visible(lesson: Plan) -> Plan:
    """The lesson without its hidden blocks."""
    kept = [
        (at, cell)
        for at, cell in zip(lesson.blocks, lesson.cells, strict=True)
        if not lesson.page.blocks[at].directive.hidden
    ]
    blocks, cells = zip(*kept, strict=True)
    return dataclasses.replace(lesson, blocks=blocks, cells=cells)


def test_the_quickstart_pasted_into_plain_python_prints_what_the_page_shows(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """Without notebooks, hidden blocks or anything else that the page does not show."""
    project = Project.open(pytestconfig.rootpath)
    (lesson,) = project.plans([pytestconfig.rootpath / "docs" / "basics" / "quickstart.md"])
    assets = assets_of(project.config, lesson.path)
    link_files([fetch(asset, cache_folder(), project.config.root) for asset in assets], tmp_path)
    pasted = _visible(lesson)

    done = subprocess.run(
        [sys.executable, "-c", PROMPT],
        input=json.dumps([cell.code for cell in pasted.cells]),
        capture_output=True,
        check=True,
        cwd=tmp_path,
        env=os.environ | {"MPLBACKEND": "agg", "OMP_NUM_THREADS": "1"},
        text=True,
    )

    told = dict(zip(pasted.blocks, json.loads(done.stdout), strict=True))
    for slot, shown in zip(lesson.page.slots, lesson.shown, strict=True):
        page = "\n".join(item.text for item in shown if isinstance(item, Printed))
        prompt = "".join(told.pop(block) for block in slot.blocks).rstrip("\n")
        tolerances = [lesson.page.blocks[block].directive.rtol for block in slot.blocks]
        assert agrees(page, prompt, max(filter(None, tolerances), default=1e-3)), slot.line
    assert not any(told.values()), "a block without an output tab prints something"
    shown = [item.target for each in lesson.shown for item in each if isinstance(item, Picture)]
    assert len(shown) == len([*tmp_path.glob("figure *.png")])
    for at, target in enumerate(shown, 1):
        new = (tmp_path / f"figure {at}.png").read_bytes()
        assert same_picture((lesson.file.parent / target).read_bytes(), new), target
