"""A watch has the project to itself while pages run, and no longer."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from codeout.engine.project import Project
from codeout.errors import ConfigError
from codeout.watch.project_lease import ProjectLease

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.folder import Folder


class Waited(Exception):  # noqa: N818  # no error: another has to wait
    """Another run is at work."""


def refuse(_: Path) -> None:
    raise Waited


def free() -> bool:
    """Whether another run could begin."""
    with suppress(Waited), Project.alone(refuse):
        return True
    return False


def free_after_mending(folder: Folder) -> bool:
    (folder.root / "codeout.lock").unlink()
    return free()


@pytest.fixture
def lease(folder: Folder) -> Iterator[ProjectLease]:
    folder.write("pyproject.toml", "[tool.codeout]\njobs = 1\n")
    made = ProjectLease(folder.root, refuse)
    yield made
    made.release()


def test_others_wait_while_it_is_held(lease: ProjectLease) -> None:
    assert free()
    assert not lease.held
    lease.acquire()
    lease.acquire()
    assert lease.held
    assert not free()
    lease.release()
    lease.release()
    assert free()
    assert not lease.held


def test_it_waits_for_others(lease: ProjectLease) -> None:
    with Project.alone(refuse), pytest.raises(Waited):
        lease.acquire()


def test_what_another_run_wrote_meanwhile_is_read(folder: Folder, lease: ProjectLease) -> None:
    before = lease.project
    lease.acquire()
    assert lease.project is before, "nothing has changed"
    lease.release()
    folder.write("codeout.lock", "")
    lease.acquire()
    assert lease.project is not before


def test_a_lease_that_fails_is_not_held(folder: Folder, lease: ProjectLease) -> None:
    folder.write("codeout.lock", "<<<<<<< ours\n")
    with pytest.raises(ConfigError, match=r"codeout\.lock"):
        lease.acquire()
    assert not lease.held
    assert free_after_mending(folder)


def test_settings_are_read_again_also_while_it_is_held(folder: Folder, lease: ProjectLease) -> None:
    for jobs in (2, 3):
        folder.write("pyproject.toml", f"[tool.codeout]\njobs = {jobs}\n")
        lease.reload()
        assert lease.project.config.jobs == jobs
        lease.acquire()


def test_the_lock_is_read_again_unless_it_is_held(folder: Folder, lease: ProjectLease) -> None:
    lease.acquire()
    folder.write("codeout.lock", "<<<<<<< ours\n")
    lease.reload()
    lease.release()
    before = lease.project
    with pytest.raises(ConfigError, match=r"codeout\.lock"):
        lease.reload()
    assert lease.project is before
