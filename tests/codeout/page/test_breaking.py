"""Blocks that break the process they run in: the failure is theirs, and nobody else's."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from codeout.output.model import Stream, Value
from codeout.run.events import Ended, Finished
from codeout.run.job import Cell, Job, Limits
from codeout.run.pool import run_jobs

from tests.support.processes import gone

if TYPE_CHECKING:
    from pathlib import Path

# What a block does, and what the next one then shows that prints "text" and ends with a value.
HARMLESS = {
    "another folder": "import os; os.mkdir('sub'); os.chdir('sub')",
    "a folder that is gone": "import os; os.mkdir('x'); os.chdir('x'); os.rmdir('../x')",
    "environment variables": "import os; os.environ['TZ'] = 'Asia/Seoul'; os.environ['X'] = '1'",
    "no environment": "import os; os.environ.clear()",
    "signal handlers": (
        "import signal\n"
        "for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:\n"
        "    _ = number < 32 and signal.signal(number, signal.SIG_IGN)"
    ),
    "signals that are blocked": (
        "import signal; _ = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())"
    ),
    "another `open`": "import builtins; builtins.open = None",
    "a clock that stands": (
        "import time\n"
        "time.time = time.monotonic = time.perf_counter = time.process_time = lambda: 0.0\n"
        "time.sleep = time.strftime = time.localtime = None"
    ),
    "a clock that says nonsense": (
        "import time; time.time = time.monotonic = time.perf_counter = lambda: 'noon'"
    ),
    "a tracer": "import sys; sys.settrace(lambda *_: None)",
    "hooks": "import sys; sys.excepthook = sys.displayhook = sys.unraisablehook = None",
    "no temporary folder": "import os, shutil; shutil.rmtree(os.environ['TMPDIR'])",
    "no standard input": "import os, sys; os.close(0); sys.stdin = None",
    "low limits": (
        "import resource\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20))\n"
        "resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))"
    ),
    "a low limit on recursion": "import sys; sys.setrecursionlimit(120)",
    "no modules": (
        "import sys\n"
        "for name in [*sys.modules]:\n"
        "    _ = name.startswith('IPython') and sys.modules.pop(name)"
    ),
    "no modules of the engine": (
        "import sys; _ = [sys.modules.pop(n) for n in [*sys.modules] if n.startswith('codeout')]"
    ),
    "a module of the engine's name": "import sys, types; sys.modules['codeout'] = types",
    "another `ctypes`": "import ctypes; ctypes.CDLL = None",
    "another `traceback`": "import traceback; traceback.TracebackException = None",
    "children that ended": "import os\nif not os.fork(): os._exit(0)",
    "children that go on": "import os; _ = os.fork()",
    "a stream that is gone": "import sys; out = sys.stdout; del sys.stdout; sys.stdout = out",
    "a stream that cannot be flushed": (
        "import sys, types; sys.stderr = types.SimpleNamespace(write=print, flush=lambda: 1 / 0)"
    ),
    "odd modules": "import sys; sys.modules[None] = 1",
    "a stand-in for torch": "import sys, unittest.mock as m; sys.modules['torch'] = m.MagicMock()",
}


def ran(*codes: str) -> tuple[list[Finished], Ended]:
    job = Job("page.md", tuple(Cell(code, 20) for code in codes))
    events = [*run_jobs([job], Limits(workers=1, printed=10_000))]
    (ended,) = [event for event in events if isinstance(event, Ended)]
    return [event for event in events if isinstance(event, Finished)], ended


@pytest.mark.parametrize("code", HARMLESS.values(), ids=HARMLESS)
def test_a_page_goes_on(code: str) -> None:
    blocks, ended = ran(code, "print('text')\n'value'", "1 / 0")
    assert ended.died == ""
    assert blocks[1].ran.outputs == (Stream("text\n"), Value("'value'", result=True))
    error = blocks[2].ran.error
    assert error is not None
    assert error.summary == "ZeroDivisionError: division by zero"


# What a block does, and how that fails, or the next one that prints.
FAIL = "import sys\ndef fail(*_):\n    raise OSError('traced')\nsys.{}(fail)"
HARMFUL = {
    "a closed descriptor": ("import os; os.close(1)", "OSError: [Errno 9] Bad file descriptor"),
    "a closed stream": ("import sys; sys.stdout.close()", "ValueError: I/O operation on closed"),
    "another `print`": ("print = 1", "TypeError: 'int' object is not callable"),
    "a tracer that fails": (FAIL.format("settrace"), "OSError: traced"),
    "a profiler that fails": (FAIL.format("setprofile"), "OSError: traced"),
    "no stream": ("import sys; del sys.stdout", "AttributeError: module 'sys' has no attribute"),
    "another stream": ("import sys; sys.stdout = 1", "AttributeError: 'int' object has no"),
}


@pytest.mark.parametrize(("code", "message"), HARMFUL.values(), ids=HARMFUL)
def test_a_block_that_cannot_print_says_so(code: str, message: str) -> None:
    blocks, ended = ran(code, "print('text')")
    assert ended.died == ""
    error = next(block.ran.error for block in blocks if block.ran.error)
    assert error.summary.startswith(message)


ODD = {
    "a long chain": (
        (
            "error = None\nfor at in range(3000):\n"
            "    new = ValueError(at)\n    new.__context__, error = error, new\nraise error"
        ),
        "ValueError: 2999",
    ),
    "a syntax error by hand": (
        "raise SyntaxError('no', ('file', 1, 'x', 'text'))",
        "Exception: one that cannot be described",
    ),
    "notes that fail": (
        "class Odd(Exception):\n    __notes__ = property(lambda self: 1 / 0)\nraise Odd('odd')",
        "Ignored error getting __notes__: ZeroDivisionError('division by zero')"
        if sys.version_info >= (3, 13)  # which describes it nevertheless
        else "Exception: one that cannot be described",
    ),
}


@pytest.mark.parametrize(("code", "summary"), ODD.values(), ids=ODD)
def test_an_odd_error_is_one_of_its_block(code: str, summary: str) -> None:
    blocks, ended = ran(code)
    assert ended.died == ""
    error = blocks[0].ran.error
    assert error is not None
    assert error.summary == summary


def test_a_child_that_goes_on_says_nothing_for_the_page() -> None:
    """And a page that ends its own process has ended, whoever goes on."""
    blocks, ended = ran("import os\nif os.fork(): os._exit(3)\nprint('child')", "2")
    assert (blocks, ended.died) == ([], "the page's process ended with status 3")


# What ends the process itself, and what is told of it.
DEADLY = {
    "all descriptors are closed": (
        "import os; os.closerange(3, 1000)",
        "the page's process went silent",
    ),
    "a stop": (
        "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
        "still running after 2 s; the page was stopped",
    ),
    "an alarm": (
        "import signal, time; signal.alarm(1); time.sleep(60)",
        "the page's process was killed by SIGALRM",
    ),
    "an abort": ("import os; os.abort()", "the page's process was killed by SIGABRT"),
    "an exit at once": ("import os; os._exit(0)", "the page's process ended with status 0"),
}


@pytest.mark.parametrize(("code", "message"), DEADLY.values(), ids=DEADLY)
def test_a_page_that_dies_is_told_of_and_gone(code: str, message: str, tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    note = f"import os, pathlib; _ = pathlib.Path({str(pid)!r}).write_text(str(os.getpid()))"
    job = Job("page.md", (Cell(note, 60), Cell(code, 2), Cell("1", 2)))
    (ended,) = [each for each in run_jobs([job], Limits(workers=1)) if isinstance(each, Ended)]
    assert ended.died.startswith(message)
    assert gone(int(pid.read_text()))
