"""What IPython brings along, as Python that a script has at its start where it needs it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from codeout.export.shell_lines import CALL, lines_helper
from codeout.run.names import names_bound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HELPERS: Final[Mapping[str, str]] = {
    "display": """\
class _Shown:
    def __init__(self, display_id):
        self.display_id = display_id

    def update(self, *values, **_):
        print(*values)

    display = update


def display(*values, display_id=None, **_):
    print(*values)
    return _Shown(display_id) if display_id else None
""",
    "_shell": """\
def _shell(command, program="sh"):
    import subprocess

    pipe, together = subprocess.PIPE, subprocess.STDOUT
    done = subprocess.run([program, "-c", command], stdout=pipe, stderr=together, text=True)
    print(done.stdout, end="")
""",
    "_reset": """\
def _reset(names):
    for name in [name for name in names if not name.startswith("_") and name != "display"]:
        del names[name]
""",
    "_Captured": """\
class _Captured:
    def __enter__(self):
        from contextlib import ExitStack, redirect_stderr, redirect_stdout
        from io import StringIO

        self._streams = StringIO(), StringIO()
        self._stack = ExitStack()
        self._stack.enter_context(redirect_stdout(self._streams[0]))
        self._stack.enter_context(redirect_stderr(self._streams[1]))
        return self

    def __exit__(self, *_):
        self._stack.close()
        self.stdout, self.stderr = (stream.getvalue() for stream in self._streams)
        self.outputs = []

    def show(self):
        print(self.stdout, end="")

    __call__ = show
""",
    "_timeit": """\
def _timeit(statement, loops=0, repeat=7):
    import statistics
    import timeit
    from types import SimpleNamespace

    timer = timeit.Timer(statement, globals=globals())
    loops = loops or timer.autorange()[0]
    runs = timer.repeat(repeat, loops)
    each = [seconds / loops for seconds in runs]
    return SimpleNamespace(
        loops=loops,
        repeat=repeat,
        all_runs=runs,
        timings=each,
        best=min(each),
        worst=max(each),
        average=statistics.mean(each),
        stdev=statistics.pstdev(each),
    )
""",
    "_keep": """\
_ = ""


def _keep(value):
    global _
    if value is not None:
        _ = value
""",
    "_cd": """\
def _cd(folder):
    import os

    os.chdir(os.path.expanduser(folder))
""",
    "_pwd": """\
def _pwd():
    import os

    return os.getcwd()
""",
    "_run": """\
def _run(*words):
    import runpy
    import sys

    before, sys.argv = sys.argv, [*words]
    try:
        made = runpy.run_path(words[0], run_name="__main__")
    except SystemExit:
        made = {}
    sys.argv = before
    globals().update({name: made[name] for name in made if not name.startswith("__")})
""",
    "_set_env": """\
def _set_env(name, value):
    import os

    os.environ[name] = value
""",
    "IPython": """\
import sys

from IPython.core.interactiveshell import InteractiveShell

InteractiveShell.instance(user_module=sys.modules["__main__"])""",
    "_loop": """\
import asyncio

_loop = asyncio.new_event_loop()""",
}


def helpers_for(body: str) -> list[str]:
    """The helpers that a script needs.

    Args:
        body: The script without them.
    """
    tree = ast.parse(body)
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    needed = (names - names_bound(tree)) | {*_packages(tree)}
    if "get_ipython" in needed:
        needed.add("IPython")
    lines = [lines_helper(tree)] if CALL in needed else []
    return [*lines, *(code for name, code in _HELPERS.items() if name in needed)]


def _packages(tree: ast.Module) -> Iterator[str]:
    """The packages that are imported."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names):
                yield from (alias.name.partition(".")[0] for alias in names)
            case ast.ImportFrom(module=str(module)):
                yield module.partition(".")[0]
