"""What a page holds open: after any edit, it prints what a run from the start prints."""

from __future__ import annotations

import pytest
from codeout.output.model import Error, Stream
from codeout.run.events import Finished
from codeout.run.job import Cell, Job
from codeout.run.pool import run_jobs

from tests.support.living import LIMITS, drain, live, printed

LOCK = "import fcntl\nf = open('lock', 'w')"
TRY = "g = open('lock', 'r+')\nfcntl.{0}(g, fcntl.LOCK_EX | fcntl.LOCK_NB)\nprint('locked')"
SQLITE = "import os, sqlite3\ncon = sqlite3.connect('t.db')\n{0}con.execute('create table t(a)')\n"
COUNT = "print(con.execute('select * from t').fetchall())"
INSERT = "con.execute('insert into t values ({0})')\n"
ALARM = (
    "import signal, time\nhits = []\nsignal.signal(signal.SIGALRM, lambda *_: hits.append(1))\n"
    "signal.setitimer(signal.ITIMER_REAL, 0.2)"
)
ZOMBIE = (
    "import os, subprocess\nchild = subprocess.Popen(['sh', '-c', 'exit 3'])\n"
    "_ = os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)"
)
STRAIGHT = {
    "the status of a child that has ended": (ZOMBIE, "print(child.wait())"),
    "a transaction": (SQLITE.format(""), INSERT.format(1), f"con.commit()\n{COUNT}"),
    "a lock of a process": (LOCK, "fcntl.lockf(f, fcntl.LOCK_EX)", TRY.format("lockf")),
    "a timer": (ALARM, "time.sleep(0.4)\nprint(hits)"),
    "a signal that waits": (
        (
            "import os, signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})\n"
            "os.kill(os.getpid(), signal.SIGUSR1)"
        ),
        "print(signal.sigpending())",
    ),
}
"""Pages whose blocks, each in a process of its own, would print something else."""

EDITED = {
    "a file without a name": (
        "import tempfile\nf = tempfile.TemporaryFile()\nf.write(b'one')\nf.flush()",
        "f.write(b'two-long')\nf.flush()",
        "f.write(b'2')\nf.seek(0)\nprint(f.read())",
    ),
    "a file that is removed": (
        "import os\nlog = open('log', 'w+')\nlog.write('a')\nlog.flush()",
        "os.remove('log')",
        "log.write('b')\nlog.flush()\nprint(open('log').read())",
    ),
    "a file that is replaced": (
        "import os\nopen('c', 'w').write('1')\nf = open('c')",
        "open('other', 'w').write('2')\nos.replace('other', 'c')",
        "open('c', 'w').write('3')\nprint(f.read())",
    ),
    "how a file is open": (
        "import fcntl, os\nf = open('f', 'w')",
        "fcntl.fcntl(f, fcntl.F_SETFL, os.O_APPEND)",
        "print(fcntl.fcntl(f, fcntl.F_GETFL) & os.O_APPEND)",
    ),
    "a lock of an open file": (LOCK, "fcntl.flock(f, fcntl.LOCK_EX)", TRY.format("flock")),
    "a database in WAL mode": (
        SQLITE.format("con.execute('pragma journal_mode=wal')\n") + "con.commit()",
        INSERT.format(1) + "con.commit()\ncon.close()",
        INSERT.format(2) + f"con.commit()\n{COUNT}",
    ),
    "a database that is removed": (
        SQLITE.format("") + "con.commit()",
        "con.close()\nos.remove('t.db')",
        INSERT.format(1) + f"con.commit()\n{COUNT}",
    ),
    "a working directory that is removed": (
        "import os\nos.mkdir('d')\nos.chdir('d')",
        "os.chdir('..')\nos.rmdir('d')",
        "open('x', 'w').close()\nprint(os.listdir())",
    ),
    "a working directory that is renamed": (
        "import os\nos.mkdir('d')\nos.chdir('d')",
        "os.rename('../d', '../e')",
        "open('x', 'w').close()\nprint(os.listdir(), os.listdir('..'))",
    ),
    "a folder that is being listed": (
        "import os\nfor at in range(2000): open(str(at), 'w').close()\nlisting = os.scandir()",
        "print(len([*listing]))",
        "print('all', len([*listing]))",
    ),
    "a terminal": (
        "import os\nmain, other = os.openpty()",
        "os.write(other, b'a')",
        "os.write(other, b'b')\nprint(os.read(main, 10))",
    ),
    "a handler of SIGCHLD": (
        "import signal\nn = []\nsignal.signal(signal.SIGCHLD, lambda *_: n.append(1))",
        "print(n)",
        "print('now', n)",
    ),
    "a bookmark of IPython": (
        "import os",
        "%bookmark here",
        "%bookmark -l",
    ),
}
"""Pages of two blocks, and what the second one becomes; the first stays."""


@pytest.mark.parametrize("codes", STRAIGHT.values(), ids=STRAIGHT)
def test_blocks_go_on_with_what_those_before_them_hold(codes: tuple[str, ...]) -> None:
    page = live(*codes, timeout=20)
    try:
        found = printed(drain(page))
    finally:
        page.close()
    assert found == from_the_start(*codes)


@pytest.mark.parametrize(("first", "old", "new"), EDITED.values(), ids=EDITED)
def test_an_edited_block_finds_what_the_one_before_it_left(first: str, old: str, new: str) -> None:
    page = live(first, old, timeout=20)
    try:
        drain(page)
        found = printed(drain(page, first, new, timeout=20))
    except OSError:  # it has to be made anew, and is by whoever aims it
        found = from_the_start(first, new)
    finally:
        page.close()
    assert found == from_the_start(first, new)


def from_the_start(*codes: str) -> list[str]:
    """What a page prints that nobody edits; none of its blocks fails."""
    job = Job("page.md", tuple(Cell(code, 20) for code in codes))
    runs = [event.ran for event in run_jobs([job], LIMITS) if isinstance(event, Finished)]
    outputs = [output for ran in runs for output in ran.outputs]
    assert not any(isinstance(output, Error) for output in outputs)
    return [output.text for output in outputs if isinstance(output, Stream)]
