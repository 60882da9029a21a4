"""Faults of a cluster, with real processes: no page is lost, and none is written twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from tests.support.clusters import Cluster, begin, cluster, codeout, end, ended, until
from tests.support.processes import gone, tree, with_in_environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.folder import Folder

LOST = "no worker could run it: workers were lost while they ran it"
SETTINGS = '[tool.codeout]\npages = ["docs"]\n'


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster of one worker, which starts again when it is killed."""
    folder = tmp_path_factory.mktemp("cluster")
    allowed = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}  # fewer kills to wait for
    with cluster(folder, **allowed) as made:
        made.start()
        yield made


@pytest.fixture
def course(folder: Folder) -> Folder:
    """Six pages, each of which notes that it runs, and takes a moment."""
    folder.write("pyproject.toml", SETTINGS)
    (folder.root / "runs").mkdir()
    for number in range(6):
        folder.page(f"docs/{number}.md", (note(folder, number), ""))
    return folder


def note(folder: Folder, number: int, seconds: float = 0.3) -> str:
    """Code that notes the process that runs a page."""
    file = folder.root / "runs" / str(number)
    return "\n".join(
        [
            "import os, time",
            f"with open({str(file)!r}, 'a') as notes:",
            "    print(os.getpid(), file=notes)",
            f"time.sleep({seconds})",
            f"print({number})",
        ]
    )


def runs(folder: Folder, number: int) -> list[int]:
    """The processes that have run a page."""
    file = folder.root / "runs" / str(number)
    return [*map(int, file.read_text().split())] if file.exists() else []


def started(folder: Folder) -> int:
    """How many runs of pages have begun."""
    return sum(len(runs(folder, number)) for number in range(6))


def all_written(folder: Folder) -> bool:
    """Whether each page has its output once, and the lock all pages."""
    pages = {number: folder.read(f"docs/{number}.md") for number in range(6)}
    whole = all(page.endswith(f'"Out"\n\n    ```\n    {n}\n    ```\n') for n, page in pages.items())
    lock = folder.read("codeout.lock")
    return whole and all(lock.count(f'["docs/{number}.md"]') == 1 for number in range(6))


def test_worker_killed_and_stopped_in_the_middle_of_a_page(course: Folder, one: Cluster) -> None:
    run = begin(course, "run", "--cluster", one.address)
    until(lambda: started(course) == 1)
    (worker,) = one.pids().values()
    os.kill(worker, signal.SIGKILL)
    page = next(pid for number in range(6) for pid in runs(course, number))
    assert gone(page)
    until(lambda: started(course) == 3)
    (slow,) = one.pids().values()
    for pid in tree(slow):  # as a machine that has better things to do
        os.kill(pid, signal.SIGSTOP)
    time.sleep(2)
    for pid in tree(slow):
        os.kill(pid, signal.SIGCONT)
    ran = ended(run)
    assert (ran.status, ran.text[:36]) == (0, "pages: 6 written, 0 unchanged, 0 fai"), ran.text
    assert all_written(course)
    assert started(course) == 7


def test_page_that_kills_its_worker(folder: Folder, one: Cluster) -> None:
    kill = (
        "import os, signal\n"
        "pid = os.getpid()\n"
        "for _ in range(4):  # the reaper, the fork server, its host, the worker\n"
        "    pid = int(open(f'/proc/{pid}/stat').read().rpartition(')')[2].split()[1])\n"
        "os.kill(pid, signal.SIGKILL)\n"
        "import time; time.sleep(60)"
    )
    folder.page("killer.md", (kill, ""))
    folder.page("other.md", ("print(2)", "2"))
    ran = codeout(folder, "check", "--cluster", one.address, "killer.md", "other.md")
    assert ran.status == 1
    assert ran.text.splitlines()[:3] == [
        "killer.md:3: no worker could run it: workers were lost while they ran it",
        "  hint: run it without `--cluster` to see whether the page is to blame",
        "pages: 1 true, 0 differ, 1 failed",
    ]


@pytest.mark.usefixtures("ctrl_c")
@pytest.mark.parametrize(("by", "status"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_pages_end_with_the_command(
    folder: Folder, one: Cluster, by: signal.Signals, status: int
) -> None:
    (folder.root / "runs").mkdir()
    folder.page("page.md", (note(folder, 0, seconds=300), ""))
    page = folder.read("page.md")
    run = begin(folder, "run", "--cluster", one.address, "page.md")
    until(lambda: runs(folder, 0))
    os.killpg(run.pid, by)
    assert ended(run).status == status
    assert gone(runs(folder, 0)[0])
    assert folder.read("page.md") == page


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_on_a_cluster_of_this_machine(course: Folder) -> None:
    mark = f"TEST_OF_CTRL_C={course.root}"
    run = begin(course, "run", "--cluster", "local", TEST_OF_CTRL_C=str(course.root))
    until(lambda: started(course) == 2)
    os.killpg(run.pid, signal.SIGINT)
    ran = ended(run)
    stopped = "stopped; finished pages are written, the others are as they were\n"
    assert (ran.status, ran.text) == (130, stopped)
    until(lambda: not with_in_environment(mark))


def test_full_disk_on_a_worker(
    course: Folder, one: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> None:
    small = tmp_path_factory.mktemp("small")
    words = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(small)]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("a small disk takes rights to mount it")
    full = one.start("--resources", "DISK=1", TMPDIR=str(small))
    try:
        ran = codeout(course, "run", "--cluster", one.address)
        assert ran.status == 0, ran.text
        assert all_written(course)
        course.write("pyproject.toml", f"{SETTINGS}needs = {{ DISK = 1 }}\n")
        ran = codeout(course, "check", "--cluster", one.address, "docs/1.md")
        assert ran.status == 1
        assert f"MiB are free in {small}\n" in ran.text
    finally:
        end(full)
        subprocess.run(["umount", str(small)], check=False)


def test_workers_killed_at_random_moments(course: Folder, one: Cluster) -> None:
    chance = random.Random(20)  # noqa: S311  # the same moments each time
    one.start()
    kills = int(os.environ.get("CODEOUT_KILLS", "5"))
    while kills > 0:
        run = begin(course, "run", "--all", "--cluster", one.address)
        while run.poll() is None and kills > 0:
            time.sleep(chance.uniform(0, 0.5))
            if workers := [*one.pids().values()]:
                with suppress(ProcessLookupError):
                    os.kill(chance.choice(workers), signal.SIGKILL)
                    kills -= 1
        ran = ended(run)
        failed = [line for line in ran.text.splitlines() if line.startswith("docs/")]
        assert ran.status == bool(failed), ran.text
        assert [line for line in failed if LOST not in line] == []
    assert codeout(course, "run", "--cluster", one.address).status == 0
    assert all_written(course)


def test_lost_scheduler(course: Folder, one: Cluster) -> None:
    run = begin(course, "run", "--cluster", one.address)
    until(lambda: started(course) > 1)
    end(one.scheduler)
    ran = ended(run)
    assert ran.status == 2
    assert "codeout: the scheduler is gone\n" in ran.text
    assert not all_written(course)
    assert codeout(course, "run").status == 0
    assert all_written(course)
