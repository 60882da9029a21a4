"""What pages of strangers may take of the machine: never more than the caller allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.errors import ConfigError
from codeout.run.events import Ended
from codeout.sandbox.bounds import Bounds, bounds
from codeout.sandbox.cgroup import bounded

from tests.codeout.sandbox.test_client import boxed, needs_bwrap, printed

if TYPE_CHECKING:
    from tests.support.folder import Folder


def has_group() -> bool:
    with bounded(Bounds(1000, 100, 1)) as enter:
        return bool(enter)


needs_group = pytest.mark.skipif(not has_group(), reason="needs control groups that it can make")


def test_the_caller_sets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert bounds() == Bounds(4000, 512, 2000)
    monkeypatch.setenv("CODEOUT_SANDBOX_MEGABYTES", "100")
    assert bounds() == Bounds(100, 512, 2000)


@pytest.mark.parametrize("value", ["", "0", "-1", "1e3", "many", "99999999", "9" * 5000])
def test_nonsense_is_told(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODEOUT_SANDBOX_PROCESSES", value)
    with pytest.raises(ConfigError, match="CODEOUT_SANDBOX_PROCESSES must be a whole number"):
        bounds()


@needs_bwrap
def test_files(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODEOUT_SANDBOX_DISK_MEGABYTES", "5")
    code = """
try:
    for number in range(9):
        with open(f"{number}.bin", "wb") as file:
            file.write(bytes(1_000_000))
except OSError as error:
    print(number, error.strerror)
"""
    assert printed(boxed(folder, code)).endswith(" No space left on device\n")


@needs_bwrap
def test_memory_of_one_process(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODEOUT_SANDBOX_MEGABYTES", "500")
    code = """
try:
    bytearray(600_000_000)
except MemoryError:
    print("no more")
"""
    assert printed(boxed(folder, code)) == "no more\n"


@needs_bwrap
@needs_group
def test_memory_of_all_together(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODEOUT_SANDBOX_MEGABYTES", "400")
    code = """
import os, time
children = []
for _ in range(4):
    if not (child := os.fork()):
        kept = bytearray(b"x") * 150_000_000
        time.sleep(60)
        os._exit(0)
    children.append(child)
print(sorted(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children))
"""
    events = boxed(folder, code, timeout=20)
    died = [event.died for event in events if isinstance(event, Ended)]
    assert died != [""] or "-9" in printed(events)


@needs_bwrap
@needs_group
def test_processes(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODEOUT_SANDBOX_PROCESSES", "30")
    code = """
import subprocess, sys
started = []
try:
    for _ in range(60):
        started.append(subprocess.Popen(["sleep", "60"]))
except OSError as error:
    print(error.strerror)
for each in started:
    each.kill()
    each.wait()
"""
    assert printed(boxed(folder, code)) == "Resource temporarily unavailable\n"


@needs_bwrap
def test_modules_of_the_project_do_not_replace_those_of_python(folder: Folder) -> None:
    for name in ("json", "pickle", "socket"):
        folder.write(f"{name}.py", "raise SystemExit('mine')")
    assert printed(boxed(folder, "import json; json.dumps(1)")) == "'1'"
