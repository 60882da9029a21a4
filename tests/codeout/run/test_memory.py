"""Who killed a page, the system for lack of memory or another; and how much memory is left."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.run import memory
from codeout.run.events import Ended
from codeout.run.job import Cell, Job, Limits
from codeout.run.pool import run_jobs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.folder import Folder

PROGRAM = Path(sys.executable).with_name("codeout")
GROUPS = Path("/sys/fs/cgroup")
KILL = "import os, pathlib\n{0}\nos.kill(os.getpid(), 9)"


def killed(code: str) -> Ended:
    """The end of a page whose second block is killed."""
    job = Job("page.md", (Cell("0", 60), Cell(code, 60)))
    (ended,) = [each for each in run_jobs([job], Limits(workers=1)) if isinstance(each, Ended)]
    assert ended.index == 1
    return ended


def test_the_counter_tells_who_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counters = tmp_path / "vmstat"
    monkeypatch.setattr(memory, "COUNTERS", counters)
    told = (
        "the page's process was killed by SIGKILL; "
        "the system kills with SIGKILL when memory runs out"
    )
    assert killed(KILL.format("")).died == told, "without a counter, it may have been"
    counters.write_text("pgfault 9\noom_kill 1\noom_kill_disable 5\n")
    assert killed(KILL.format("")).died == "the page's process was killed by SIGKILL"
    count = f"pathlib.Path({str(counters)!r}).write_text('oom_kill 2\\n')"
    ended = killed(KILL.format(count))
    assert ended.died == "memory ran out, and the system killed the page's process"
    assert ended.hint == "use less memory, or run fewer pages at the same time with `--jobs`"


@pytest.fixture
def little_memory() -> Iterator[Path]:
    """A control group with 200 MB, where root may make one; processes join by its ``procs``."""
    home, limit = GROUPS / "memory", "memory.limit_in_bytes"
    if not home.is_dir():
        home, limit = GROUPS, "memory.max"
    group = home / "codeout-test-of-memory"
    try:
        group.mkdir(exist_ok=True)
        (group / limit).write_text("200000000")
    except OSError as error:
        with contextlib.suppress(OSError):
            group.rmdir()
        pytest.skip(f"no control group to be had: {error}")
    yield group / "cgroup.procs"
    for _ in range(1000):  # a process that was killed may take a moment to leave
        with contextlib.suppress(OSError):
            group.rmdir()
            return
        time.sleep(0.01)
    group.rmdir()


@pytest.mark.skipif(memory.oom_kills() is None, reason="the system counts no kills")
def test_memory_runs_out(little_memory: Path, folder: Folder) -> None:
    folder.page("greedy.md", ("1", "1"), ("x = b'x' * 10**9", ""))
    folder.page("modest.md", ("1 + 1", ""))
    enter = f"echo $$ > {little_memory} && exec {PROGRAM} run greedy.md modest.md"
    ran = subprocess.run(["sh", "-c", enter], capture_output=True, text=True, check=False)
    assert ran.stdout == (
        "greedy.md:15: memory ran out, and the system killed the page's process\n"
        "  hint: use less memory, or run fewer pages at the same time with `--jobs`\n"
        "pages: 1 written, 0 unchanged, 1 failed, 0 fresh and not run\n"
        "1 block run; 1 output line compared\n"
    )
    assert (ran.returncode, ran.stderr) == (1, "")
    assert "    2\n" in folder.read("modest.md")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A machine with 4 MB available, and the control group that we are in."""
    from tests.support.folder import Folder

    found = Folder(tmp_path)
    monkeypatch.setattr(memory, "MACHINE", found.write("meminfo", "MemAvailable:    4096 kB\n"))
    monkeypatch.setattr(memory, "GROUPS", tmp_path)
    monkeypatch.setattr(memory, "OWN", found.write("cgroup", "0::/user/box\n"))
    return found


def limit(machine: Folder, group: str, most: str, used: int, cached: int = 0) -> None:
    machine.write(f"{group}/memory.max", f"{most}\n")
    machine.write(f"{group}/memory.current", f"{used}\n")
    machine.write(f"{group}/memory.stat", f"anon {used}\ninactive_file {cached}\n")


def test_what_is_left_is_that_of_the_smallest_group(machine: Folder) -> None:
    assert memory.available() == 4 << 20
    limit(machine, "user/box", "max", 50)
    assert memory.available() == 4 << 20
    limit(machine, "user", "3000000", 1_000_000, 500_000)
    assert memory.available() == 2_500_000, "what is cached can be given up"
    limit(machine, "user/box", "1000", 5000)
    assert memory.available() == 0


def test_without_an_answer_of_the_system_nothing_is_known(machine: Folder) -> None:
    machine.write("meminfo", "MemFree:    4096 kB\n")
    assert memory.available() is None
    machine.write("meminfo", "MemAvailable:    4096 kB\n")
    machine.write("cgroup", "1:memory:/box\n")
    assert memory.available() == 4 << 20
    (machine.root / "meminfo").unlink()
    assert memory.available() is None


def test_this_machine_says_how_much_is_left() -> None:
    assert (memory.available() or 0) > 1 << 20
