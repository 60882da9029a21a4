"""The sandbox: pages run as ever, and find neither network nor home nor secrets."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from codeout.cell import Cell
from codeout.job import Ended, Event, Finished, Job, Limits
from codeout.output import Stream, Value
from codeout.problem import ConfigError
from codeout.sandbox import box, run_boxed

if TYPE_CHECKING:
    from folder import Folder

LIMITS = Limits(workers=2, offline=True, environment={"GREETING": "hello"})


def bwrap_works() -> bool:
    """Whether this machine has bubblewrap and lets us use it."""
    program = shutil.which("bwrap")
    command = [program or "", "--unshare-all", "--ro-bind", "/", "/", "true"]
    return program is not None and subprocess.run(command, check=False).returncode == 0


needs_bwrap = pytest.mark.skipif(not bwrap_works(), reason="needs bubblewrap")


def boxed(folder: Folder, *codes: str, timeout: float = 60) -> list[Event]:
    job = Job("page.md", tuple(Cell(code, timeout) for code in codes))
    return list(run_boxed([job], LIMITS, folder.root))


def printed(events: list[Event]) -> str:
    """What the blocks printed; none of them failed."""
    runs = [event.ran for event in events if isinstance(event, Finished)]
    assert [ran.error for ran in runs] == [None] * len(runs)
    assert not [event.died for event in events if isinstance(event, Ended) and event.died]
    outputs = [each for ran in runs for each in ran.outputs]
    return "".join(each.text for each in outputs if isinstance(each, Stream | Value))


@needs_bwrap
def test_a_page_runs_as_ever(folder: Folder) -> None:
    events = boxed(folder, "import os; x = 1", "print(x, os.environ['GREETING']); x + 1")
    assert printed(events) == "1 hello\n2"


@needs_bwrap
def test_secrets_of_the_environment_are_not_there(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "hush")
    code = """
import glob, os
found = ["page"] * ("SECRET_TOKEN" in os.environ)
for file in glob.glob("/proc/[0-9]*/environ"):
    try:
        found += [file] * (b"hush" in open(file, "rb").read())
    except PermissionError:
        pass
found
"""
    assert printed(boxed(folder, code)) == "[]"


@needs_bwrap
def test_files_of_the_user_are_not_there(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    (home / "secret").write_text("hush", encoding="utf-8")
    monkeypatch.setenv("HOME", str(home))
    code = f"import os; os.path.exists({str(home / 'secret')!r}), os.path.expanduser('~')"
    assert printed(boxed(folder, code)) == f"(False, {str(home)!r})"


@needs_bwrap
def test_the_project_can_be_read_and_not_written(folder: Folder) -> None:
    folder.write("data.csv", "1,2")
    folder.write(".git/config", "token")
    folder.write(".env", "token")
    code = f"""
import os
os.chdir({str(folder.root)!r})
print(open('data.csv').read(), os.listdir('.git'))
for name, mode in (('data.csv', 'w'), ('.env', 'r')):
    try:
        open(name, mode)
    except OSError as error:
        print(error.strerror)
"""
    told = "1,2 []\nRead-only file system\nPermission denied\n"
    assert printed(boxed(folder, code)) == told


@needs_bwrap
def test_children_reach_no_network_either(folder: Folder) -> None:
    """The audit hook cannot see them; here there is no way out at all."""
    with socket.create_server(("127.0.0.1", 0)) as served:
        port = served.getsockname()[1]
        call = f"import socket; socket.create_connection(('127.0.0.1', {port}), timeout=5)"
        code = "import subprocess, sys\n"
        code += f"subprocess.run([sys.executable, '-c', {call!r}], capture_output=True).returncode"
        assert printed(boxed(folder, code)) == "1"


@needs_bwrap
def test_processes_of_this_machine_are_not_there(folder: Folder) -> None:
    code = f"import os; os.path.exists('/proc/{os.getpid()}/root/etc'), os.getppid() < 100"
    assert printed(boxed(folder, code)) == "(False, True)"


@needs_bwrap
def test_the_process_that_tells_cannot_be_reached_by_a_page(folder: Folder) -> None:
    """Otherwise a page could tell what another one printed."""
    code = """
import os
reached = []
for pid in filter(str.isdecimal, os.listdir('/proc')):
    command = open(f'/proc/{pid}/cmdline').read()
    if 'codeout.boxed' in command and 'bwrap' not in command:
        for way in ('fd/1', 'mem'):
            try:
                open(f'/proc/{pid}/{way}', 'wb')
                reached.append(way)
            except PermissionError:
                print('refused')
reached
"""
    assert printed(boxed(folder, code)) == "refused\nrefused\n[]"


@needs_bwrap
def test_a_page_that_runs_too_long_is_stopped(folder: Folder) -> None:
    (*_, ended) = boxed(folder, "while True: pass", timeout=0.5)
    assert isinstance(ended, Ended)
    assert ended.died == "still running after 0.5 s; the page was stopped"


@needs_bwrap
def test_nothing_is_left_when_the_caller_stops(folder: Folder) -> None:
    job = Job("page.md", (Cell("import time; time.sleep(3600)  # 83641", 9999),))
    events = run_boxed([job], LIMITS, folder.root)
    next(events)
    events.close()  # type: ignore[attr-defined]
    until = time.monotonic() + 10
    while scratch := [*Path(os.environ.get("TMPDIR", "/tmp")).glob("codeout-box-*")]:  # noqa: S108
        assert time.monotonic() < until, scratch
    assert threading.active_count() == 1


def test_without_bubblewrap_it_says_what_to_install(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(folder.root))
    with pytest.raises(ConfigError, match="needs the program bwrap; install bubblewrap"):
        box([], folder.root, folder.root)


def test_where_the_system_forbids_it_its_words_are_told(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = folder.write("bwrap", "#!/bin/sh\necho 'bwrap: not permitted' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder.root}:{os.environ['PATH']}")
    with pytest.raises(ConfigError, match="the sandbox ended early: bwrap: not permitted; "):
        boxed(folder, "1")
