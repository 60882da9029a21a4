"""The server: pages find the same environment everywhere, and may start processes of their own."""

from __future__ import annotations

import ast
import os
import signal
import subprocess
import sys
from multiprocessing import forkserver, resource_tracker, util
from pathlib import Path

import codeout
import pytest
from codeout.errors import ConfigError
from codeout.output.model import Value
from codeout.run.environment import ENVIRONMENT
from codeout.run.events import Ended, Finished
from codeout.run.forkserver import warm
from codeout.run.job import Cell, Job, Limits
from codeout.run.pool import run_jobs

SCRIPT = """\
import os

from codeout.run.job import Cell
from codeout.run.events import Finished
from codeout.run.job import Job, Limits
from codeout.run.pool import run_jobs

print("main")
before = dict(os.environ)
codes = (
    "import os, shutil, time; dict(os.environ)",
    "time.tzname, shutil.get_terminal_size().columns, hash('a'), __name__",
)
job = Job("page.md", tuple(Cell(code, 60) for code in codes))
for event in run_jobs([job], Limits(workers=1, environment={"GREETING": "hello"})):
    if isinstance(event, Finished):
        print(" ".join(event.ran.outputs[0].text.split()))
print(dict(os.environ) == before)
"""


def test_a_script_without_a_guard_runs_pages_in_a_fixed_environment(tmp_path: Path) -> None:
    unwanted = dict.fromkeys(("CI", "FORCE_COLOR", "GITHUB_ACTIONS", "IPYTHONDIR"), "1")
    kept = {"MINE": "kept", "PATH": os.environ["PATH"]}
    changed = {"TZ": "Asia/Seoul", "COLUMNS": "300", "PYTHONHASHSEED": "1", "LANG": "ko_KR"}
    (tmp_path / "script.py").write_text(SCRIPT)
    ran = subprocess.run(
        [sys.executable, "script.py"],
        cwd=tmp_path,
        env={**os.environ, **unwanted, **kept, **changed},
        capture_output=True,
        check=True,
        text=True,
    )
    assert ran.stderr == ""
    main, environ, facts, unchanged = ran.stdout.splitlines()
    assert main == "main", "the caller's main module is not run again for a page"
    found = ast.literal_eval(environ)
    assert found.items() >= {**ENVIRONMENT, **kept, "GREETING": "hello"}.items()
    assert not unwanted.keys() & found.keys()
    assert ast.literal_eval(facts) == (("UTC", "UTC"), 80, hash_with_seed_0("a"), "__main__")
    assert unchanged == "True", "the caller's environment is as it was"


def test_the_server_does_not_get_the_search_path_of_its_caller(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[str] = []

    def start(_program: str, words: list[str], _handles: list[int]) -> int:
        started.append(words[-1])
        raise ConfigError("not today")

    monkeypatch.syspath_prepend("/nowhere")
    monkeypatch.setattr(resource_tracker, "ensure_running", lambda: None)
    monkeypatch.setattr(util, "spawnv_passfds", start)
    monkeypatch.setattr(vars(forkserver)["_forkserver"], "_forkserver_pid", None)
    with pytest.raises(ConfigError, match="not today"):
        warm(Limits(workers=1))
    assert "codeout.run.worker" in started[-1]
    assert "/nowhere" not in started[-1]


HASHING = f"""\
import sys

sys.path.insert(0, {str(Path(codeout.__file__).parents[1])!r})
from codeout.run.job import Cell
from codeout.run.events import Finished
from codeout.run.job import Job, Limits
from codeout.run.pool import run_jobs

for event in run_jobs([Job("page.md", (Cell("hash('a')", 60),))], Limits(workers=1)):
    if isinstance(event, Finished):
        print(event.ran.outputs[0].text)
"""


@pytest.mark.parametrize("option", ["-I", "-E", "-s"])
def test_the_hash_seed_is_settled_whatever_the_options_of_python(
    option: str, tmp_path: Path
) -> None:
    (tmp_path / "script.py").write_text(HASHING)
    command = [sys.executable, option, str(tmp_path / "script.py")]
    ran = subprocess.run(command, capture_output=True, check=True, text=True)
    assert int(ran.stdout) == hash_with_seed_0("a")


def test_modules_of_the_project_do_not_replace_those_of_python(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(HASHING)
    project = tmp_path / "project"
    project.mkdir()
    for name in ("signal", "json", "socket"):
        (project / f"{name}.py").write_text("raise SystemExit('of the project')")
    command = [sys.executable, str(tmp_path / "script.py")]
    ran = subprocess.run(command, cwd=project, capture_output=True, check=True, text=True)
    assert int(ran.stdout) == hash_with_seed_0("a")


def hash_with_seed_0(text: str) -> int:
    command = [sys.executable, "-c", f"print(hash({text!r}))"]
    environ = {**os.environ, "PYTHONHASHSEED": "0"}
    return int(subprocess.run(command, env=environ, capture_output=True, check=True).stdout)


def test_a_server_that_was_killed_is_followed_by_one_like_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The hash seed tells: it is settled when an interpreter starts."""

    def warm_and_kill(limits: Limits) -> None:
        warm(limits)
        server = vars(vars(forkserver)["_forkserver"])["_forkserver_pid"]
        os.kill(server, signal.SIGKILL)
        os.waitid(os.P_PID, server, os.WEXITED | os.WNOWAIT)

    monkeypatch.setattr("codeout.run.pool.warm", warm_and_kill)
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    job = Job("page.md", (Cell("hash('a')", 60),))
    (ran,) = [e.ran for e in run_jobs([job], Limits(workers=1)) if isinstance(e, Finished)]
    assert ran.outputs == (Value(str(hash_with_seed_0("a")), result=True),)


def test_a_page_has_the_variables_of_its_run_not_those_of_an_earlier_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A process may run pages twice; the server is that of the first time."""
    homes = []
    for home in ("/first", "/second"):
        monkeypatch.setenv("HOME", home)
        job = Job("page.md", (Cell("import os; os.environ['HOME']", 60),))
        (ran,) = [e.ran for e in run_jobs([job], Limits(workers=1)) if isinstance(e, Finished)]
        homes += ran.outputs
    assert homes == [Value("'/first'", result=True), Value("'/second'", result=True)]


def test_a_page_that_writes_to_all_that_it_finds_open_harms_no_other() -> None:
    """One byte that reaches the server's pipes would end it, and with it what runs."""
    writes = (
        "import os\n"
        "for descriptor in range(3, 64):\n"
        "    try: os.write(descriptor, b'x')\n"
        "    except OSError: pass\n"
    )
    sleeps = "import time; time.sleep(2); 'awake'"
    jobs = [Job("sleeps.md", (Cell(sleeps, 60),)), Job("writes.md", (Cell(writes, 60),))]
    events = [*run_jobs(jobs, Limits(workers=2))]
    died = {event.path: event.died for event in events if isinstance(event, Ended)}
    assert died == {
        "writes.md": "the page's process told codeout what no page may tell",
        "sleeps.md": "",
    }


def test_processes_of_a_page_work_together() -> None:
    """What a DataLoader with workers does, with functions that the page defines."""
    code = (
        "import multiprocessing\n"
        "def square(x):\n    return x * x\n"
        "with multiprocessing.get_context('fork').Pool(2) as pool:\n"
        "    squares = pool.map(square, range(4))\n"
        "squares"
    )
    job = Job("page.md", (Cell(code, 60),))
    (ran,) = [e.ran for e in run_jobs([job], Limits(workers=1)) if isinstance(e, Finished)]
    assert ran.outputs == (Value("[0, 1, 4, 9]", result=True),)


def test_a_module_to_preload_must_be_there() -> None:
    message = "`preload` in [tool.codeout] names torhc: no such module"
    with pytest.raises(ConfigError) as error:
        list(run_jobs([Job("page.md", (Cell("1", 60),))], Limits(workers=1, preload=("torhc",))))
    assert error.value.message == message


def test_modules_beside_the_caller_are_out_of_reach(tmp_path: Path) -> None:
    """What a page can import does not depend on who runs it; its own folder is on the path."""
    (tmp_path / "beside.py").write_text("")
    cells = (
        "import pathlib; pathlib.Path('own.py').write_text('x = 1'); import own; own.x",
        "import beside",
    )
    job = Job("page.md", tuple(Cell(code, 60, raises="ModuleNotFoundError") for code in cells))
    sys.path.insert(0, str(tmp_path))
    try:
        runs = [e.ran for e in run_jobs([job], Limits(workers=1)) if isinstance(e, Finished)]
    finally:
        sys.path.remove(str(tmp_path))
    assert runs[0].outputs == (Value("1", result=True),)
    assert runs[1].error is not None
    assert runs[1].error.is_a("ModuleNotFoundError")


def test_a_temporary_folder_may_have_a_long_path(tmp_path: Path) -> None:
    """Longer than the address of a socket may be."""
    page, there = tmp_path / "page.md", tmp_path / ("long" * 30)
    page.write_text("```python\nassert 1 + 1 == 2\n```\n")
    there.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "codeout", "check", page.name],
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(there)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stderr, done.returncode) == ("", 0)
    assert not [*there.iterdir()]


def test_another_choice_of_modules_takes_effect() -> None:
    job = Job("page.md", (Cell("import sys\n'wave' in sys.modules", 60),))
    shown = []
    for preload in [("wave",), ()]:
        events = [*run_jobs([job], Limits(workers=1, preload=preload))]
        shown += [each.ran.outputs[0] for each in events if isinstance(each, Finished)]
    assert shown == [Value("True", result=True), Value("False", result=True)]
