"""Reapers that stay: pages take turns under them, and what one page does is over for the next."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from codeout.data.assets import Asset, Fetched
from codeout.run.events import Ended, Finished
from codeout.run.job import Cell, Job, Limits
from codeout.run.pool import run_jobs

from tests.support.processes import gone

if TYPE_CHECKING:
    from pathlib import Path

REAPER = "import os\nos.getppid()"
ENDS = {
    "it exits": ("os._exit(3)", "ended with status 3", True),
    "it is killed": ("os.kill(os.getpid(), 9)", "killed by SIGKILL", True),
    "it kills its reaper": ("os.kill(os.getppid(), 9)\nos.read(os.pipe()[0], 1)", "SIGKILL", False),
}


def run(*codes: str) -> tuple[list[str], list[Ended]]:
    """Run pages one after another; return what the last value of each was, and how they ended."""
    jobs = [Job(f"{at}.md", (Cell(code, 60),)) for at, code in enumerate(codes)]
    events = [*run_jobs(jobs, Limits(workers=1))]
    values = [event.ran.outputs[-1].text for event in events if isinstance(event, Finished)]
    return values, [event for event in events if isinstance(event, Ended)]


def test_pages_take_turns_under_one_reaper_that_ends_with_the_run() -> None:
    reapers, ended = run(REAPER, REAPER, REAPER)
    assert len(reapers) == 3
    assert len(set(reapers)) == 1
    assert [end.died for end in ended] == ["", "", ""]
    assert gone(int(reapers[0]))


@pytest.mark.parametrize(("code", "why", "stays"), ENDS.values(), ids=ENDS)
def test_a_page_may_end_badly_and_the_next_one_runs(code: str, why: str, stays: bool) -> None:
    (before, after), ended = run(REAPER, f"import os\n{code}", REAPER)
    assert why in ended[1].died
    assert ended[2].died == ""
    assert (before == after) is stays


def test_nothing_of_a_page_is_there_when_the_next_one_begins(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    leaves = (
        "import os, subprocess, sys, pathlib\n"
        "os.environ['LEFT'] = sys.left = 'x'\n"
        "child = subprocess.Popen(['sleep', '1000'], start_new_session=True)\n"
        f"pathlib.Path({str(note)!r}).write_text(str(child.pid))\n"
        "os.getcwd()"
    )
    looks = (
        "import os, sys, pathlib\n"
        f"child = pathlib.Path('/proc', pathlib.Path({str(note)!r}).read_text())\n"
        "os.environ.get('LEFT'), hasattr(sys, 'left'), child.exists(), os.getcwd()"
    )
    (folder, found), _ = run(leaves, looks)
    assert found.startswith("(None, False, False, ")
    assert folder not in found


def test_a_page_inherits_no_module_from_the_one_before(tmp_path: Path) -> None:
    (file := tmp_path / "numbers.txt").write_text("1")
    fetched = Fetched(Asset("numbers.txt", "0" * 64, ()), file, stand_in=False)
    before = Job("before.md", (Cell("1", 60),), files=(fetched,))
    looks = Job("looks.md", (Cell("import sys\n' '.join(sorted(sys.modules))", 60),))
    alone, after = (last_value([*jobs, looks]) for jobs in ([], [before]))
    assert "codeout.run.worker" in alone
    assert after == alone


def last_value(jobs: list[Job]) -> str:
    """What the last value of the last page is."""
    events = run_jobs(jobs, Limits(workers=1))
    return [event.ran.outputs[-1].text for event in events if isinstance(event, Finished)][-1]


def test_pages_side_by_side_have_reapers_of_their_own() -> None:
    wait = "import os, time\ntime.sleep(1)\nos.getppid()"
    jobs = [Job(f"{at}.md", (Cell(wait, 60),)) for at in range(2)]
    events = [*run_jobs(jobs, Limits(workers=2))]
    reapers = {event.ran.outputs[-1].text for event in events if isinstance(event, Finished)}
    assert len(reapers) == 2


LEFT_UNFINISHED = """\
from codeout.run.events import Ended
from codeout.run.job import Cell, Job, Limits
from codeout.run.pool import run_jobs

jobs = [Job(f"{at}.md", (Cell("1", 60),)) for at in range(2)]
running = run_jobs(jobs, Limits(workers=1))
for event in running:
    if isinstance(event, Ended):
        raise SystemExit(7)
"""


def test_python_ends_though_a_run_is_left_unfinished(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(LEFT_UNFINISHED)
    ran = subprocess.run([sys.executable, "script.py"], cwd=tmp_path, timeout=300, check=False)
    assert ran.returncode == 7
