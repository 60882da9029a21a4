"""Where forks can be trusted, and how what they started comes to an end."""

from __future__ import annotations

import pytest
from codeout.run.events import Doubted

from tests.support.living import drain, live, printed, ran
from tests.support.processes import gone

UNREADABLE = "not all in its folders can be read"


@pytest.mark.parametrize(
    ("code", "doubt"),
    [
        (
            "import threading\nthreading.Timer(9, print).start()",
            "other threads are alive",
        ),
        ("import subprocess\nsubprocess.Popen(['sleep', '1000'])", "child processes are alive"),
        (
            "import os; os.system('setsid sleep 1000 < /dev/null > /dev/null 2>&1 &')",
            "child processes are alive",
        ),
        ("import os\nends = os.pipe()", "a pipe or a socket is open"),
        ("import socket\nends = socket.socketpair()", "a pipe or a socket is open"),
        ("import asyncio\nawait asyncio.sleep(0)", "a pipe or a socket is open"),
        ("import mmap\nshared = mmap.mmap(-1, 4)", "memory is shared with other processes"),
        (
            (
                "import os\nchild = os.fork()\nif not child: os._exit(0)\n"
                "os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT);"
            ),
            "a child process has not been waited for",
        ),
        ("import os\nends = os.openpty()", "a terminal is open"),
        ("import os\nlisting = os.scandir('/')", "a folder is open"),
        ("import tempfile\nfile = tempfile.TemporaryFile()", "a file without a name is open"),
        (
            "import fcntl\nfile = open('f', 'w')\nfcntl.flock(file, fcntl.LOCK_EX)",
            "a file is locked",
        ),
        ("import signal\nsignal.alarm(60);", "a timer runs"),
        (
            (
                "import os, signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})\n"
                "os.kill(os.getpid(), signal.SIGUSR1)"
            ),
            "a signal is pending",
        ),
        ("import signal\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN);", "SIGCHLD is handled"),
        ("import os\nos.mkdir('d')\nos.chdir('d')\nos.rmdir('../d')", UNREADABLE),
    ],
)
def test_what_a_fork_cannot_take_along_is_named(code: str, doubt: str) -> None:
    page = live("x = 1", code, "print(x)")
    try:
        events = drain(page)
        doubts = [(event.index, event.doubt) for event in events if isinstance(event, Doubted)]
        assert doubts[0] == (1, doubt)
        assert sorted(page.checkpoints)[:2] == [0, 1]
        assert printed(events) == ["1\n"]
    finally:
        page.close()


@pytest.mark.parametrize(
    "code",
    [
        "import os, threading\nt = threading.Thread(target=os.getpid)\nt.start()\nt.join()",
        "import subprocess\nsubprocess.run(['true'])",
        "file = open('file', 'w')",
        "import mmap\nopen('f', 'wb').write(b'1')\nm = mmap.mmap(open('f', 'r+b').fileno(), 1)",
        "import time\ntime.sleep(0.01)",
    ],
)
def test_what_has_ended_or_is_the_pages_own_is_no_doubt(code: str) -> None:
    page = live(code)
    try:
        assert not any(isinstance(event, Doubted) for event in drain(page))
        assert sorted(page.checkpoints) == [0, 1]
    finally:
        page.close()


def test_all_that_a_block_started_ends_with_it() -> None:
    start = (
        "import os, subprocess\n"
        "one = subprocess.Popen(['sleep', '1000'])\n"
        "two = subprocess.Popen(['sleep', '1000'], start_new_session=True)\n"
        "print(os.getpid(), one.pid, two.pid)"
    )
    page = live("x = 1", start, "y = 2")
    try:
        (pids,) = printed(drain(page))
        drain(page, "x = 1", "print(x)")
        assert all(gone(int(pid)) for pid in pids.split())
    finally:
        page.close()


def test_there_are_checkpoints_again_once_workers_have_ended() -> None:
    start = """\
from concurrent.futures import ProcessPoolExecutor
def double(number):
    return 2 * number
pool = ProcessPoolExecutor(1)
print([*pool.map(double, [1, 2])])
"""
    blocks = ("x = 1", start, "pool.shutdown()\ndel pool")
    page = live(*blocks, "print(x)")
    try:
        events = drain(page)
        doubts = [(event.index, event.doubt) for event in events if isinstance(event, Doubted)]
        assert [at for at, _ in doubts] == [1], doubts
        assert printed(events) == ["[2, 4]\n", "1\n"]
        assert ran(drain(page, *blocks, "print(x + 1)")) == [3]
    finally:
        page.close()
