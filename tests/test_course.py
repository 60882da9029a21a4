"""The lessons keep their word to a reader who pastes their blocks, one after another."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from codeout.assets import fetch
from codeout.engine import cache_folder
from codeout.project import Project
from codeout.update import Update

if TYPE_CHECKING:
    import pytest

    from codeout.plan import Plan


def test_what_readers_see_runs_alone_and_depends_on_no_stand_in(
    monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    """Without the hidden blocks, and with other stand-ins, each lesson prints what it shows."""
    monkeypatch.setenv("CODEOUT_STAND_IN_SEED", "1")
    project = Project.open(pytestconfig.rootpath)
    for asset in project.config.assets:
        fetch(asset, cache_folder(), project.config.root)
    lessons = project.plans([pytestconfig.rootpath / "docs" / "basics"])
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
