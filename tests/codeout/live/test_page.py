"""A live page: what runs again after an edit, and what is stopped."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.run.events import Ended, Lasting, Resumed, Started

from tests.support.living import drain, job, live, printed, ran
from tests.support.processes import gone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from codeout.live.page import LivePage
    from codeout.run.events import LiveEvent

    Live = Callable[..., LivePage]


@pytest.fixture
def begin() -> Iterator[Live]:
    """Begins pages, and ends them."""
    pages: list[LivePage] = []

    def make(*codes: str, timeout: float = 60.0) -> LivePage:
        pages.append(live(*codes, timeout=timeout))
        return pages[-1]

    yield make
    for page in pages:
        page.close()


def end(events: list[LiveEvent]) -> Ended:
    (ended,) = [event for event in events if isinstance(event, Ended)]
    return ended


def test_a_page_runs_from_its_first_block_to_its_last(begin: Live) -> None:
    events = drain(begin("x = 1", "print(x)"))
    assert ran(events) == [0, 1]
    assert printed(events) == ["1\n"]
    assert end(events).died == ""


@pytest.mark.parametrize(
    ("after", "again"),
    [
        (("x = 1", "x += 1", "print(x, 'new')"), [2]),
        (("x = 1", "x += 2", "print(x)"), [1, 2]),
        (("x = 2", "x += 1", "print(x)"), [0, 1, 2]),
        (("x = 1", "x += 1", "print(x)"), []),
        (("x = 1", "x += 1", "print(x)", "print(x)"), [3]),
        (("x = 1", "x += 1"), []),
        (("x = 1", "print(x)"), [1]),
        (("x = 1", "y = 1", "x += 1", "print(x)"), [1, 2, 3]),
        (("x += 1", "x = 1", "print(x)"), [0, 1, 2]),
    ],
)
def test_what_comes_before_the_first_change_does_not_run_again(
    begin: Live, after: tuple[str, ...], again: list[int]
) -> None:
    page = begin("x = 1", "x += 1", "print(x)")
    drain(page)
    events = drain(page, *after)
    assert ran(events) == again
    anew = printed(drain(begin(*after)))
    assert printed(events) == (anew[-1:] if again else [])


def test_a_block_that_ends_the_process_says_why_and_is_forgotten(begin: Live) -> None:
    page = begin("x = 1", "import os; os._exit(3)")
    assert end(drain(page)).died == "the page's process ended with status 3"
    again = drain(page, "x = 1", "import os; os._exit(3)")
    assert not any(isinstance(event, Started) for event in again), "it would only do so again"
    assert end(again).died == "the page's process ended with status 3"
    assert printed(drain(page, "x = 1", "print(x)")) == ["1\n"]


def test_a_block_that_ended_the_process_runs_again_after_other_blocks(begin: Live) -> None:
    ending = "import os\nif x: os._exit(3)\nprint('lives')"
    page = begin("x = 0", "x = 1", ending)
    assert end(drain(page)).index == 2
    assert printed(drain(page, "x = 0", ending)) == ["lives\n"]


def test_what_ends_a_process_without_checkpoints_after_others_is_named(begin: Live) -> None:
    page = begin("x = 1", "import asyncio; await asyncio.sleep(0)", "import os; os._exit(3)")
    ended = end(drain(page))
    assert (ended.died, ended.index) == ("the page's process ended with status 3", 2)
    assert len(page.runs) == 2


@pytest.mark.parametrize(
    ("code", "died"),
    [
        ("import time; time.sleep(1000)", "still running after 0.3 s; the page was stopped"),
        (
            "while True: print('again' * 99)",
            "printed more than 16,000 bytes; the page was stopped",
        ),
    ],
)
def test_a_block_without_end_is_stopped_and_what_came_before_stays(
    begin: Live, code: str, died: str
) -> None:
    timeout = 0.3 if "sleep" in code else 60.0
    page = begin("x = 1", code, timeout=timeout)
    assert end(drain(page)).died == died
    events = drain(page, "x = 1", "print(x)", timeout=timeout)
    assert (ran(events), printed(events)) == ([1], ["1\n"])


def test_an_edit_stops_what_is_out_of_date_at_once(begin: Live) -> None:
    page = begin("import os; print(os.getpid())", "import time; time.sleep(1000)")
    events = []
    while not (events and events[-1] == Started("page.md", 1)):
        events += page.news()
    after = drain(page, "import os; print(os.getpid())", "print(2)")
    assert (ran(after), printed(after)) == ([1], ["2\n"])


def test_a_block_that_runs_and_stays_runs_on(begin: Live) -> None:
    first = "import time; time.sleep(0.3); print('once')"
    page = begin(first, "print(1)")
    events = [*page.update(job(first, "print(2)"))]
    assert not events
    assert printed(drain(page)) == ["once\n", "2\n"]


def test_a_checkpoint_that_is_let_go_of_costs_the_blocks_after_the_one_before(begin: Live) -> None:
    page = begin("x = 1", "x += 1", "x += 1", "print(x)")
    drain(page)
    process = page.checkpoints[2]
    page.drop(2)
    assert gone(process)
    assert ran(drain(page, "x = 1", "x += 1", "print(x)")) == [1, 2]


def test_a_page_resumes_with_what_the_blocks_before_took(begin: Live) -> None:
    page = begin("import time; time.sleep(0.2)", "print(1)")
    drain(page)
    resumed, *_ = drain(page, "import time; time.sleep(0.2)", "print(2)")
    assert isinstance(resumed, Resumed)
    assert resumed.index == 1
    assert resumed.seconds >= 0.2


def test_a_block_that_runs_long_is_told_of(begin: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("codeout.run.slow_notice._FIRST_SECONDS", 0.1)
    events = drain(begin("import time; time.sleep(0.5)"))
    assert any(isinstance(event, Lasting) and event.index == 0 for event in events)


SPEAK = """
import os, time
from codeout.run.events import Finished
from codeout.run.messages import Closing, Parked
from codeout.run.access import Touched
from codeout.output.model import Ran
from codeout.run.protocol import to_line
RAN = Ran((), 0.0, 0, frozenset())
said = {said}
for fd in range(3, 64):
    try: os.write(fd, b"".join(len(each).to_bytes(4, 'big') + each for each in said))
    except OSError: pass
"""
FORGERIES = {
    "a checkpoint while a block runs": "to_line(Parked(1, '')),",
    "its last word while a block runs": "to_line(Closing('cpu', Touched())),",
    "its last word after a block that has ended": (
        "to_line(Finished('page.md', 0, RAN)), to_line(Closing('cpu', Touched()))"
    ),
    "what is no message": "b'{}',",
}


@pytest.mark.parametrize("said", FORGERIES.values(), ids=FORGERIES)
def test_a_page_that_speaks_for_its_process_is_stopped(begin: Live, said: str) -> None:
    events = drain(begin(SPEAK.format(said=said), "print(1)"))
    assert end(events).died == "the page's process told codeout what no page may tell"


def test_a_page_that_begins_a_message_and_never_ends_it_makes_nobody_wait(begin: Live) -> None:
    half = "import os, time\nfor fd in range(3, 64):\n    try: os.write(fd, b'\\0\\0')\n"
    page = begin("x = 1", half + "    except OSError: pass\ntime.sleep(100)", timeout=1)
    assert end(drain(page)).died == "still running after 1 s; the page was stopped"
    assert printed(drain(page, "x = 1", "print(x)")) == ["1\n"]


def test_a_page_that_says_that_a_block_has_ended_and_goes_on_is_stopped(begin: Live) -> None:
    said = SPEAK.format(said="to_line(Finished('page.md', 0, RAN)),") + "time.sleep(100)"
    ended = end(drain(begin(said, "print(1)", timeout=1)))
    assert (ended.died, ended.index) == ("still running after 1 s; the page was stopped", 0)


def test_a_page_that_ends_its_process_after_its_last_block_names_that_block(begin: Live) -> None:
    """Where its accelerator is asked for, as codeout asks PyTorch."""
    code = (
        "import os, sys, types\n"
        "device = types.SimpleNamespace(is_available=lambda: os._exit(3))\n"
        "sys.modules['torch'] = types.SimpleNamespace(accelerator=device)"
    )
    ended = end(drain(begin("x = 1", code)))
    assert (ended.died, ended.index) == ("the page's process ended with status 3", 1)


@pytest.mark.usefixtures("no_memory_kills")
def test_a_page_whose_reaper_is_killed_ends_at_once(begin: Live) -> None:
    page = begin("x = 1", "import time; time.sleep(60)")
    events: list[LiveEvent] = []
    while Started("page.md", 1) not in events:
        events += page.news()
    os.kill(parent_of(page.checkpoints[0]), signal.SIGKILL)
    began = time.monotonic()
    assert end(drain(page)).died == "the page's process was killed by SIGKILL"
    assert time.monotonic() - began < 30


def parent_of(process: int) -> int:
    stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    return int(stat.rpartition(")")[2].split()[1])


def test_a_page_that_died_tells_what_it_had_read_before(begin: Live, tmp_path: Path) -> None:
    """Or nobody would know that it has to begin anew when the file changes."""
    file = tmp_path / "data.txt"
    file.write_text("1")
    ended = end(drain(begin(f"value = open({str(file)!r}).read()", "import os; os._exit(3)")))
    assert (ended.died, ended.index) == ("the page's process ended with status 3", 1)
    assert str(file) in ended.touched.reads


def test_the_time_that_a_page_rests_does_not_count(begin: Live) -> None:
    page = begin("x = 1", "print(x)", timeout=0.5)
    drain(page)
    time.sleep(0.6)
    assert end(drain(page, "x = 1", timeout=0.5)).died == ""


def test_closing_ends_every_process(begin: Live) -> None:
    page = begin("x = 1", "x = 2")
    drain(page)
    processes = page.checkpoints.values()
    page.close()
    assert all(map(gone, processes))


def test_a_page_without_a_checkpoint_before_the_change_has_to_be_made_anew(begin: Live) -> None:
    page = begin("x = 1")
    drain(page)
    page.close()
    assert not page.alive
    with pytest.raises(BrokenPipeError):
        [*page.update(job("x = 2"))]


def test_a_block_that_removes_the_folder_it_runs_in_runs_again(begin: Live) -> None:
    remove = "import os, shutil\nprint(os.listdir())\nshutil.rmtree(os.getcwd())"
    page = begin("open('file', 'w').close()", remove)
    assert printed(drain(page)) == ["['file']\n"]
    events = drain(page, "open('file', 'w').close()", f"{remove}  # again", "print(1)")
    assert (ran(events), printed(events)) == ([1, 2], ["['file']\n", "1\n"])
