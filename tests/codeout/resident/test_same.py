"""What a page shows and what is recorded of it: the same with a server as without."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.codeout.resident.conftest import Project

PAGES = {
    "imports": (
        "import json, heavy\nheavy.WEIGHT, json.dumps([1])",
        "import decimal\ndecimal.Decimal('0.1')",
    ),
    "chance": (
        "import random, numpy\nrandom.seed(1)\nnumpy.random.seed(2)",
        "random.random(), numpy.random.rand()",
        "hash('a'), list({'a', 'b', 'c'})",
    ),
    "arguments": ("import sys\nsys.argv, sys.path, sys.flags", "__name__, sys.orig_argv[:2]"),
    "modules": ("import sys\nfor name in sorted(sys.modules): print(name)",),
    "environment": (
        "import os\nos.environ['GREETING'], os.environ.get('SHLVL'), os.environ.get('PWD')",
        "sorted(name for name in os.environ if not name.startswith('PYTEST_'))",
        "import subprocess\nlen(subprocess.check_output(['env']).splitlines())",
    ),
    "process": (
        "import os, resource, signal, threading",
        "oct(os.umask(0o22)), os.getuid(), os.getpriority(os.PRIO_PROCESS, 0)",
        "[resource.getrlimit(each) for each in range(10)], os.sched_getaffinity(0)",
        "[signal.getsignal(each) for each in (2, 13, 15, 17)], signal.pthread_sigmask(0, ())",
        "threading.active_count(), os.getsid(0) == os.getpid(), sorted(os.listdir('.'))",
        "import multiprocessing as m\nm.current_process(), m.parent_process()",
        "len(os.listdir('/proc/self/fd'))",
    ),
    "failure": ("1 / 0", "raise SystemExit(3)"),
    "files": (
        "open('a.txt', 'w').write('b')",
        "import pathlib\npathlib.Path('a.txt').stat().st_mode",
    ),
    "missing": ("try:\n    import nowhere\nexcept ImportError as error:\n    print(error)",),
}

TERMINAL = {"SHLVL": "7", "PWD": "there"}


def record_of(project: Project) -> list[str]:
    """All that a run left behind, without how long it took."""
    parts = [project.folder.read(f"{name}.md") for name in PAGES]
    lock = re.sub("^seconds = .*$", "", project.folder.read("codeout.lock"), flags=re.MULTILINE)
    return [*parts, lock]


def test_pages_and_records_are_those_of_a_run_without_it(project: Project) -> None:
    for name, blocks in PAGES.items():
        project.folder.page(f"{name}.md", *((block, "") for block in blocks))
    fresh = {name: project.folder.read(f"{name}.md") for name in PAGES}
    words = ("run", *(f"{name}.md" for name in PAGES))
    shown = {}
    for way in ("without", "with"):
        if way == "with":
            project.codeout("warm", GREETING="hello")
        for name, text in fresh.items():
            project.folder.write(f"{name}.md", text)
        told = project.codeout(*words, status=1, GREETING="hello", **TERMINAL)
        shown[way] = told, *record_of(project)
    for one, other in zip(shown["with"], shown["without"], strict=True):
        assert one == other
    assert "('hello', '7', 'there')" in "".join(shown["with"])
