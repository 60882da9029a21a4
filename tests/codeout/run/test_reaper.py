"""The reaper: ends all that a page started when it ends, even if codeout itself is killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.run.events import Ended
from codeout.run.job import Cell, Job, Limits
from codeout.run.pool import run_jobs
from codeout.run.reaper import fork_reaper

from tests.support.ordinary import as_ordinary_user
from tests.support.processes import gone

if TYPE_CHECKING:
    from tests.support.folder import Folder

SLEEP = "import subprocess\nnote(subprocess.Popen(['sleep', '1000'], {}).pid)"
LEFT_RUNNING = {
    "a subprocess": SLEEP.format(""),
    "in a session of its own": SLEEP.format("start_new_session=True"),
    "without the page's environment": SLEEP.format("env={}"),
    "a shell's, immune to the end of its terminal": (
        "import subprocess\n"
        "note(int(subprocess.check_output("
        "'nohup setsid sleep 1000 >/dev/null 2>&1 & echo $!', shell=True)))"
    ),
    "a daemon, forked twice": (
        "import os, time\n"
        "if not os.fork():\n"
        "    os.setsid()\n"
        "    if not os.fork():\n"
        "        note(os.getpid())\n"
        "        time.sleep(1000)\n"
        "    os._exit(0)\n"
        "os.wait()\n"
        "while not os.path.exists(FILE): time.sleep(0.01)"
    ),
    "a process that ignores what it can": (
        "import os, signal, time\n"
        "if not (child := os.fork()):\n"
        "    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:\n"
        "        if number < 32: signal.signal(number, signal.SIG_IGN)\n"
        "    time.sleep(1000)\n"
        "note(child)"
    ),
    "a thread": (
        "import os, threading, time\n"
        "threading.Thread(target=time.sleep, args=[1000]).start()\n"
        "note(os.getpid())"
    ),
    "a worker of multiprocessing": (
        "import multiprocessing, time\n"
        "worker = multiprocessing.get_context('fork').Process(target=time.sleep, args=[1000])\n"
        "worker.start()\n"
        "note(worker.pid)"
    ),
}
PROGRAM = str(Path(sys.executable).with_name("codeout"))
NOTE = "import pathlib\ndef note(pid): pathlib.Path(FILE).write_text(str(pid))\n"


@pytest.mark.parametrize("code", LEFT_RUNNING.values(), ids=LEFT_RUNNING)
def test_what_a_page_leaves_running_ends_with_it(code: str, tmp_path: Path) -> None:
    file = str(tmp_path / "pid")
    job = Job("page.md", (Cell((NOTE + code).replace("FILE", repr(file)), 60),))
    (ended,) = [each for each in run_jobs([job], Limits(workers=1)) if isinstance(each, Ended)]
    assert ended.died == "", "the page itself is well"
    assert gone(int(Path(file).read_text()))
    assert not Path(ended.work).parent.exists()


LASTING = """\
import os, pathlib, subprocess, time
child = subprocess.Popen(["sleep", "1000"], start_new_session=True)
pathlib.Path({pids!r}).write_text(f"{{os.getpid()}} {{os.getppid()}} {{child.pid}} {{os.getcwd()}}")
os.rename({pids!r}, {ready!r})
time.sleep(1000)
"""


def test_a_page_ends_with_codeout_however_that_is_killed(folder: Folder) -> None:
    ready = str(folder.root / "ready")
    folder.page("page.md", (LASTING.format(pids=f"{ready}~", ready=ready), ""))
    with subprocess.Popen([PROGRAM, "run", "page.md"]) as codeout:
        while not os.path.exists(ready):  # noqa: PTH110
            assert codeout.poll() is None
        codeout.send_signal(signal.SIGKILL)
    *pids, work = Path(ready).read_text().split()
    assert all(gone(int(pid)) for pid in pids), "the page, its reaper and its child"
    assert not Path(work).parent.exists()


@pytest.mark.usefixtures("no_memory_kills")
def test_a_page_that_kills_its_guard_ends_too(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    code = (
        "import os, pathlib, time\n"
        f"pathlib.Path({str(pid)!r}).write_text(str(os.getpid()))\n"
        "os.kill(os.getppid(), 9); time.sleep(1000)"
    )
    (ended,) = [
        each
        for each in run_jobs([Job("page.md", (Cell(code, 60),))], Limits(workers=1))
        if isinstance(each, Ended)
    ]
    assert ended.died.startswith("the page's process was killed by SIGKILL")
    assert gone(int(pid.read_text()))
    assert not Path(ended.work).parent.exists()


def test_folders_that_a_page_locked_go_with_it(tmp_path: Path) -> None:
    def be_page() -> None:
        _lifeline, collar = multiprocessing.Pipe(duplex=False)
        _heard, told = multiprocessing.Pipe(duplex=False)
        reaper = os.fork()
        if reaper == 0:
            fork_reaper(collar, told, Path("page"))
            Path("page/work/locked/inner").mkdir(parents=True)
            Path("page/work/locked").chmod(0o555)
            os._exit(3)
        assert os.waitstatus_to_exitcode(os.waitpid(reaper, 0)[1]) == 3

    as_ordinary_user(tmp_path, be_page)
    assert not (tmp_path / "page").exists()
