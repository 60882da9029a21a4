"""A watch has the project to itself while pages run, and no longer."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from codeout.engine.project import Project
from codeout.errors import ConfigError
from codeout.watch.project_lease import Hold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.folder import Folder


class Taken(Exception):  # noqa: N818  # no error: another has to wait
    """Another run is at work."""


def refuse(_: Path) -> None:
    raise Taken


def free() -> bool:
    """Whether another run could begin."""
    with suppress(Taken), Project.alone(refuse):
        return True
    return False


@pytest.fixture
def hold(folder: Folder) -> Iterator[Hold]:
    folder.write("pyproject.toml", "[tool.codeout]\njobs = 1\n")
    made = Hold(folder.root, refuse)
    yield made
    made.let_go()


def test_others_wait_while_it_is_taken(hold: Hold) -> None:
    assert free()
    assert not hold.taken
    hold.take()
    hold.take()
    assert hold.taken
    assert not free()
    hold.let_go()
    hold.let_go()
    assert free()
    assert not hold.taken


def test_it_waits_for_others(hold: Hold) -> None:
    with Project.alone(refuse), pytest.raises(Taken):
        hold.take()


def test_settings_are_read_again_also_while_it_is_taken(folder: Folder, hold: Hold) -> None:
    for jobs in (2, 3):
        folder.write("pyproject.toml", f"[tool.codeout]\njobs = {jobs}\n")
        hold.read_again()
        assert hold.project.config.jobs == jobs
        hold.take()


def test_the_lock_is_read_again_unless_it_is_taken(folder: Folder, hold: Hold) -> None:
    hold.take()
    folder.write("codeout.lock", "<<<<<<< ours\n")
    hold.read_again()
    hold.let_go()
    before = hold.project
    with pytest.raises(ConfigError, match=r"codeout\.lock"):
        hold.read_again()
    assert hold.project is before
