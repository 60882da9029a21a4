"""The pool: pages apart from each other and side by side, and all of a page killed in the end."""

from __future__ import annotations

import ast
import itertools
import time
from collections import deque
from dataclasses import replace
from pathlib import Path

import pytest
from codeout.output.model import Stream, Value
from codeout.run.events import Ended, Event, Finished, Lasting, Started
from codeout.run.job import Cell, Job, Limits
from codeout.run.pool import run_jobs

from tests.support.processes import gone

LIMITS = Limits(workers=2, environment={"GREETING": "hello"}, printed=10_000)


def job(path: str, *codes: str, timeout: float = 60) -> Job:
    return Job(path, tuple(Cell(code, timeout) for code in codes))


def values(events: list[Event], path: str) -> list[str]:
    """What the blocks of a page showed or printed."""
    runs = [event.ran for event in events if isinstance(event, Finished) and event.path == path]
    outputs = [output for ran in runs for output in ran.outputs]
    return [output.text for output in outputs if isinstance(output, Stream | Value)]


def ended(events: list[Event], path: str) -> Ended:
    return next(event for event in events if isinstance(event, Ended) and event.path == path)


def test_a_page_sees_nothing_of_another() -> None:
    spoil = (
        "import json, os, pathlib, sys",
        "json.spoilt = os.environ['SPOILT'] = 'yes'; x = 1",
        "pathlib.Path('file').write_text('yes'); os.mkdir('sub'); os.chdir('sub')",
        "sys.path.append('spoilt'); os.getcwd()",
    )
    look = (
        "import json, os, sys",
        "hasattr(json, 'spoilt'), 'SPOILT' in os.environ, 'x' in globals()",
        "os.listdir(), 'spoilt' in sys.path",
        "os.getcwd()",
    )
    one = Limits(workers=1)
    events = list(run_jobs([job("spoil.md", *spoil), job("look.md", *look)], one))
    spoilt, (state, files, cwd) = values(events, "spoil.md")[-1], values(events, "look.md")
    assert state == "(False, False, False)"
    assert files == "([], False)"
    assert cwd == repr(ended(events, "look.md").work)
    assert spoilt == repr(ended(events, "spoil.md").work + "/sub")
    assert not Path(ended(events, "look.md").work).exists(), "it is removed in the end"


def test_jobs_may_follow_while_others_run() -> None:
    more: deque[Job] = deque()
    events = []
    for event in run_jobs([job("page.md", "1")], LIMITS, more):
        events.append(event)
        if isinstance(event, Ended) and event.path == "page.md":
            more.append(job("next.md", "2"))
    assert values(events, "next.md") == ["2"]
    assert not more


def test_events_tell_the_story_of_a_page() -> None:
    events = list(run_jobs([job("page.md", "1", "1 / 0", "2")], LIMITS))
    told = [(type(event), getattr(event, "index", None)) for event in events]
    blocks = [(kind, at) for at in range(3) for kind in (Started, Finished)]
    assert told == [*blocks, (Ended, 2)], "a failure does not end it"
    assert (ended(events, "page.md").died, ended(events, "page.md").device) == ("", "cpu")


def test_a_page_may_end_with_its_first_failure() -> None:
    events = list(run_jobs([job("page.md", "1 / 0", "2")], replace(LIMITS, fail_fast=True)))
    assert [type(event) for event in events] == [Started, Finished, Ended]


def test_pages_start_in_the_order_given() -> None:
    jobs = [job(name, "1") for name in ("c.md", "a.md", "b.md")]
    events = run_jobs(jobs, Limits(workers=1))
    assert [event.path for event in events if isinstance(event, Started)] == [
        "c.md",
        "a.md",
        "b.md",
    ]


def test_pages_run_at_the_same_time(tmp_path: Path) -> None:
    """Each of two pages waits for a sign of the other."""
    meet = (
        "import pathlib, time\n"
        "pathlib.Path({mine!r}).touch()\n"
        "while not pathlib.Path({theirs!r}).exists():\n    time.sleep(0.01)"
    )
    a, b = str(tmp_path / "a"), str(tmp_path / "b")
    jobs = [
        job("a.md", meet.format(mine=a, theirs=b), timeout=20),
        job("b.md", meet.format(mine=b, theirs=a), timeout=20),
    ]
    events = list(run_jobs(jobs, LIMITS))
    assert [ended(events, page.path).died for page in jobs] == ["", ""]


def test_a_block_that_takes_its_time_is_told_of_while_it_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The block in the middle ends when it has been told of twice."""
    monkeypatch.setattr("codeout.run.slow_notice._FIRST_SECONDS", 1)
    sign = tmp_path / "sign"
    wait = f"import pathlib, time\nwhile not pathlib.Path({str(sign)!r}).exists(): time.sleep(0.01)"
    events: list[Event] = []
    for event in run_jobs([job("page.md", "1", wait, "3"), job("other.md", "1")], LIMITS):
        events += [event] if event.path == "page.md" else []
        if sum(isinstance(each, Lasting) for each in events) == 2:
            sign.touch()
    told = [(type(event), getattr(event, "index", None)) for event in events]
    first, lasting, last = (
        [(Started, 0), (Finished, 0), (Started, 1)],
        [(Lasting, 1), (Lasting, 1)],
        [(Finished, 1), (Started, 2), (Finished, 2), (Ended, 2)],
    )
    assert told == [*first, *lasting, *last]
    one, two = (event.seconds for event in events if isinstance(event, Lasting))
    assert 1 <= one < two


SLOW_TO_CLOSE = """
import sys, time, types
accelerator = types.SimpleNamespace(is_available=lambda: time.sleep(2))
sys.modules["torch"] = types.SimpleNamespace(accelerator=accelerator)
"""


def test_a_block_that_has_ended_is_not_said_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though its page goes on: the device is asked for after the last block."""
    monkeypatch.setattr("codeout.run.slow_notice._FIRST_SECONDS", 1)
    events = list(run_jobs([job("page.md", SLOW_TO_CLOSE)], LIMITS))
    assert [type(event) for event in events] == [Started, Finished, Ended]
    assert ended(events, "page.md").seconds > 1  # it is counted from when the block was told of


SLEEPER = (
    "import pathlib, subprocess, time\n"
    "child = subprocess.Popen(['sleep', '1000'])\n"
    "pathlib.Path({file!r}).write_text(str(child.pid));"
)
DEATHS = {
    "an endless loop": (
        "while True: pass",
        "still running after 2 s; the page was stopped",
        "make it faster, or allow more with `codeout: timeout=SECONDS`",
    ),
    "os._exit": (
        "import os; os._exit(3)",
        "the page's process ended with status 3",
        "a page cannot end the process that runs it; remove `os._exit`",
    ),
    "a segmentation fault": (
        "import ctypes; ctypes.string_at(0)",
        "the page's process was killed by SIGSEGV",
        "run the block in a Python of its own to see more",
    ),
    "somebody else's kill": (
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "the page's process was killed by SIGKILL",
        "run the block in a Python of its own to see more",
    ),
    "a runaway printer": (
        "while True: print('x' * 100_000)",
        "printed more than 160,000 bytes; the page was stopped",
        "print less",
    ),
}


@pytest.mark.usefixtures("no_memory_kills")
def test_a_page_that_dies_says_why_and_others_go_on(tmp_path: Path) -> None:
    jobs = [
        job(name, "0", SLEEPER.format(file=str(tmp_path / name)), code, timeout=2)
        for name, (code, _, _) in DEATHS.items()
    ]
    events = list(run_jobs([*jobs, job("good.md", "1")], LIMITS))
    for name, (_, message, hint) in DEATHS.items():
        end = ended(events, name)
        assert (name, end.died, end.hint, end.index) == (name, message, hint, 2)
        assert gone(int((tmp_path / name).read_text())), f"{name}: its child lives"
        assert not Path(end.work).parent.exists()
    assert values(events, "good.md") == ["1"]


def test_closing_the_events_kills_all_that_runs(tmp_path: Path) -> None:
    where, linger = "import os; os.getpid(), os.getcwd()", "time.sleep(1000)"
    files = [str(tmp_path / name) for name in ("a", "b")]
    jobs = [job(file, where, SLEEPER.format(file=file), linger) for file in files]
    events = run_jobs(jobs, LIMITS)
    seen: list[Event] = []
    while sum(isinstance(event, Started) and event.index == 2 for event in seen) < len(jobs):
        seen.append(next(events))
    events.close()  # type: ignore[attr-defined]
    for file in files:
        page, work = ast.literal_eval(values(seen, file)[0])
        assert gone(page)
        assert gone(int(Path(file).read_text())), "a child of the page"
        assert not Path(work).exists()


@pytest.mark.parametrize("jump", [1e9, -1e9])
def test_a_clock_that_jumps_ends_no_page(jump: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the time of the machine is set meanwhile, again and again."""
    jumps = itertools.count()
    monkeypatch.setattr(time, "time", lambda: jump * (next(jumps) % 3))
    events = list(run_jobs([job("page.md", "1", "import time; time.sleep(0.5)", "3")], LIMITS))
    assert ended(events, "page.md").died == ""
    assert 0 < ended(events, "page.md").seconds < 60
    assert values(events, "page.md") == ["1", "3"]


FORGERIES = {
    "a pickle that calls something": "class Call:\n"
    "    def __reduce__(self): return os.mkdir, (os.environ['FORGED'],)\n"
    "forged = pickle.dumps(Call())",
    "the end of the page": "forged = to_line(Ended('page.md', 0.0, ''))",
    "a block that runs long": "forged = to_line(Lasting('page.md', 0, 5))",
    "a block of another page": "forged = to_line(Started('other.md', 0))",
    "a block that is not there": "forged = to_line(Started('page.md', 99))",
    "the block that runs, once more": "forged = to_line(Started('page.md', 0))",
    "the next block before its time": "forged = to_line(Started('page.md', 1))",
    "how a block went that does not run": "forged = to_line(Finished('page.md', 1, RAN))",
    "its last word before the end": "forged = to_line(Closing('cpu', Touched()))",
}
SPEAK = """
import gc, os, pickle, time
from multiprocessing.connection import Connection
from codeout.run.events import Ended, Finished, Lasting, Started
from codeout.run.messages import Closing
from codeout.run.access import Touched
from codeout.output.model import Ran
from codeout.run.protocol import to_line
RAN = Ran((), 0.0, 0, frozenset())
{forgery}
gc.unfreeze()
for line in gc.get_objects():
    if isinstance(line, Connection) and not line.closed and line.writable:
        {speak}
"""


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES)
def test_a_page_that_speaks_for_its_process_is_stopped(forgery: str, tmp_path: Path) -> None:
    code = SPEAK.format(forgery=forgery, speak="line.send_bytes(forged)")
    limits = Limits(workers=1, environment={"FORGED": str(tmp_path / "forged")})
    events = list(run_jobs([job("page.md", code, "1")], limits))
    assert ended(events, "page.md").died == "the page's process told codeout what no page may tell"
    assert not list(tmp_path.iterdir())


def test_a_page_that_begins_a_message_and_never_ends_it_makes_nobody_wait() -> None:
    """A block that prints its first two bytes into the pool's ear, and sleeps."""
    code = SPEAK.format(forgery="", speak="os.write(line.fileno(), b'\\0\\0')") + "time.sleep(100)"
    jobs = [job("half.md", code, timeout=2), job("good.md", "1", "import time; time.sleep(0.5)")]
    events = list(run_jobs(jobs, LIMITS))
    assert ended(events, "half.md").died == "still running after 2 s; the page was stopped"
    assert ended(events, "good.md").seconds < 2
