"""Control groups of both versions: a folder for a sandbox, its limits, and nothing left of it.

Plain files stand in for those of the kernel, as cgroups(7) and the guide to version 2 describe
them: a machine has the controllers in one version or in the other.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from codeout.sandbox import cgroup
from codeout.sandbox.bounds import Bounds
from codeout.sandbox.cgroup import bounded

BOUNDS = Bounds(megabytes=400, processes=30, disk=1)
LIMITS = {"memory": "memory.max", "pids": "pids.max"}


class Groups:
    """Groups of version 2 in a folder: a new one has the files of what its parent has enabled.

    Args:
        root: The folder.
        own: The group of this process.
        enabled: The controllers for the groups beside it.
    """

    def __init__(self, root: Path, own: str, enabled: str) -> None:
        self.root = root
        self.group = root / own
        self.group.mkdir(parents=True)
        (root / "cgroup.controllers").write_text("cpu memory pids\n")
        (self.group.parent / "cgroup.subtree_control").write_text(f"{enabled}\n")


def make_group(folder: Path) -> None:
    """What the kernel does for ``mkdir``."""
    os.mkdir(folder)  # noqa: PTH102  # Path.mkdir comes here
    (folder / "cgroup.procs").touch()
    for name in (folder.parent / "cgroup.subtree_control").read_text().split():
        (folder / LIMITS[name]).touch()


def remove_group(folder: Path) -> None:
    """What it does for ``rmdir``."""
    processes = (folder / "cgroup.procs").read_text().split()
    if any(Path("/proc", process).exists() for process in processes):
        raise OSError(errno.EBUSY, "Device or resource busy")
    shutil.rmtree(folder)  # the files go along


def version_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own: str, enabled: str = "memory pids"
) -> Groups:
    """Have groups of version 2."""
    groups = Groups(tmp_path / "cgroup", own, enabled)
    (tmp_path / "own").write_text(f"0::/{own}\n")
    monkeypatch.setattr(cgroup, "_MOUNT", groups.root)
    monkeypatch.setattr(cgroup, "_OWN", tmp_path / "own")
    monkeypatch.setattr(Path, "mkdir", make_group)
    monkeypatch.setattr(Path, "rmdir", remove_group)
    return groups


def ours(folder: Path) -> list[Path]:
    return sorted(folder.glob("codeout-*"))


@pytest.mark.parametrize("own", ["user.slice/job.scope", ""])
def test_a_group_is_made_beside_ours_as_ours_has_processes(
    own: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    groups = version_2(tmp_path, monkeypatch, own)
    place = groups.group.parent if own else groups.root
    if not own:  # the root of all groups may hold both
        (groups.root / "cgroup.subtree_control").write_text("memory pids\n")
    with bounded(BOUNDS) as enter:
        (group,) = ours(place)
        assert (group / "memory.max").read_text() == "400000000"
        assert (group / "pids.max").read_text() == "30"
        told = subprocess.run([*enter, "sh", "-c", "echo $$"], capture_output=True, check=True)
        assert (group / "cgroup.procs").read_text().encode() == told.stdout
    assert ours(place) == []


@pytest.mark.parametrize("enabled", ["", "memory", "pids"])
def test_without_both_controllers_there_is_no_group(
    enabled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    groups = version_2(tmp_path, monkeypatch, "user.slice/job.scope", enabled)
    with bounded(BOUNDS) as enter:
        assert enter == [], "resource limits bound it then"
    assert ours(groups.group.parent) == []


def test_a_group_goes_as_soon_as_its_last_process_has_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    groups = version_2(tmp_path, monkeypatch, "user.slice/job.scope")
    waits: list[float] = []
    with bounded(BOUNDS) as enter:
        late = subprocess.Popen([*enter, "sh", "-c", "echo; exec sleep 60"], stdout=subprocess.PIPE)
        assert late.stdout
        late.stdout.readline()

        def wait(seconds: float) -> None:
            waits.append(seconds)
            if len(waits) == 3:
                late.communicate(late.kill())

        monkeypatch.setattr(time, "sleep", wait)
    assert len(waits) == 3
    assert ours(groups.group.parent) == []


def test_the_two_controllers_of_version_1_have_groups_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own").write_text("3:cpu,cpuacct:/x\n9:memory:/job\n8:pids:/\n1:name=systemd:/\n")
    monkeypatch.setattr(cgroup, "_MOUNT", tmp_path)
    monkeypatch.setattr(cgroup, "_OWN", tmp_path / "own")
    for folder in ("memory/job", "pids"):
        (tmp_path / folder).mkdir(parents=True)

    def make(folder: Path) -> None:
        os.mkdir(folder)  # noqa: PTH102  # this is it
        (folder / ("pids.max" if "pids" in folder.parts else "memory.limit_in_bytes")).touch()

    monkeypatch.setattr(Path, "mkdir", make)
    monkeypatch.setattr(Path, "rmdir", shutil.rmtree)
    with bounded(BOUNDS) as enter:
        memory, pids = *ours(tmp_path / "memory/job"), *ours(tmp_path / "pids")
        assert (memory / "memory.limit_in_bytes").read_text() == "400000000"
        assert (pids / "pids.max").read_text() == "30"
        told = subprocess.run([*enter, "sh", "-c", "echo $$"], capture_output=True, check=True)
        for group in (memory, pids):
            assert (group / "cgroup.procs").read_text().encode() == told.stdout
    assert [*ours(tmp_path / "memory/job"), *ours(tmp_path / "pids")] == []
