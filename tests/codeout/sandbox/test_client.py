"""The sandbox: pages run as ever, and find neither network nor home nor secrets."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import shutil
import socket
import subprocess
import threading
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.errors import ConfigError
from codeout.output.model import Stream, Value
from codeout.run.access import Touched
from codeout.run.events import Ended, Event, Finished, Lasting
from codeout.run.job import Cell, Job, Limits
from codeout.run.protocol import to_line
from codeout.sandbox.client import run_sandboxed

if TYPE_CHECKING:
    from tests.support.folder import Folder

LIMITS = Limits(workers=2, offline=True, environment={"GREETING": "hello"})


def bwrap_works() -> bool:
    """Whether this machine has bubblewrap and lets us use it."""
    program = shutil.which("bwrap")
    command = [program or "", "--unshare-all", "--ro-bind", "/", "/", "true"]
    return program is not None and subprocess.run(command, check=False).returncode == 0


needs_bwrap = pytest.mark.skipif(not bwrap_works(), reason="needs bubblewrap")


def boxed(folder: Folder, *codes: str, timeout: float = 60) -> list[Event]:
    job = Job("page.md", tuple(Cell(code, timeout) for code in codes))
    return list(run_sandboxed([job], LIMITS, folder.root))


def printed(events: list[Event]) -> str:
    """What the blocks printed; none of them failed."""
    runs = [event.ran for event in events if isinstance(event, Finished)]
    assert [ran.error for ran in runs] == [None] * len(runs)
    assert not [event.died for event in events if isinstance(event, Ended) and event.died]
    outputs = [each for ran in runs for each in ran.outputs]
    return "".join(each.text for each in outputs if isinstance(each, Stream | Value))


@needs_bwrap
def test_pages_may_follow_in_the_same_sandbox(folder: Folder) -> None:
    """Each sandbox has a namespace of processes of its own."""
    more: deque[Job] = deque()
    cells = (Cell("import os; os.readlink('/proc/self/ns/pid')", 60),)
    events: list[Event] = []
    for event in run_sandboxed([Job("page.md", cells)], LIMITS, folder.root, more):
        events.append(event)
        if isinstance(event, Ended) and event.path == "page.md":
            more.append(Job("next.md", cells))
    runs = [event.ran for event in events if isinstance(event, Finished)]
    assert [event.path for event in events if isinstance(event, Ended)] == ["page.md", "next.md"]
    assert runs[0].outputs == runs[1].outputs


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
    ours = Path("/proc", str(os.getpid()), "root", "etc")
    code = f"import os; os.path.exists({str(ours)!r}), os.getppid() < 100"
    assert printed(boxed(folder, code)) == "(False, True)"


@needs_bwrap
def test_the_process_that_tells_cannot_be_reached_by_a_page(folder: Folder) -> None:
    """Otherwise a page could tell what another one printed."""
    code = """
import os
reached = []
for pid in filter(str.isdecimal, os.listdir('/proc')):
    command = open(f'/proc/{pid}/cmdline').read()
    if 'codeout.sandbox' in command:
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
def test_keys_of_the_kernel_are_not_the_callers(folder: Folder) -> None:
    machine = {"x86_64": 250, "aarch64": 219}.get(platform.machine())
    ask = f"ctypes.CDLL(None).syscall({machine}, 0, -3, 0)"  # the session's keyring
    ours = eval(ask, {"ctypes": ctypes}) if machine else -1  # noqa: S307
    if ours == -1:
        pytest.skip("this machine tells of no keyring")
    assert printed(boxed(folder, f"import ctypes; {ask} != {ours}")) == "True"


@needs_bwrap
def test_a_page_that_runs_too_long_is_stopped(folder: Folder) -> None:
    (*_, ended) = boxed(folder, "while True: pass", timeout=0.5)
    assert isinstance(ended, Ended)
    assert ended.died == "still running after 0.5 s; the page was stopped"


@needs_bwrap
def test_nothing_is_left_when_the_caller_stops(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(folder.root))
    threads = threading.active_count()
    job = Job("page.md", (Cell("import time; time.sleep(3600)", 9999),))
    events = run_sandboxed([job], LIMITS, folder.root)
    next(events)
    running = descendants(os.getpid())
    assert not [*folder.root.glob("codeout-*")], "what pages write goes with the sandbox"
    events.close()  # type: ignore[attr-defined]
    until = time.monotonic() + 60
    while left := running & descendants(os.getpid(), *running):
        assert time.monotonic() < until, left
    assert threading.active_count() == threads


def descendants(*pids: int) -> set[int]:
    """The processes below some, less those that serve earlier tests."""
    found: set[int] = set()
    for pid in pids:
        for file in Path("/proc").glob(f"{pid}/task/*/children"):
            with contextlib.suppress(OSError):
                children = {int(each) for each in file.read_text().split()}
                found |= children | descendants(*children)
    return {
        pid for pid in found if "bwrap" in command_of(pid) or "codeout.sandbox" in command_of(pid)
    }


def command_of(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text()
    return ""


@needs_bwrap
@pytest.mark.parametrize("name", ["SIGKILL", "SIGSTOP", "SIGTERM"])
def test_a_page_cannot_end_or_stop_the_process_that_tells(name: str, folder: Folder) -> None:
    code = f"import os, signal; os.kill(1, signal.{name}); open('/proc/1/cmdline').read()"
    assert "codeout.sandbox" in printed(boxed(folder, code))


def test_a_sandbox_that_is_silent_cannot_make_us_wait_for_ever(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("codeout.sandbox.client._SILENT_SECONDS", -59.5)
    program = folder.write("bin/bwrap", "#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    with pytest.raises(ConfigError, match=r"the sandbox was silent for 0\.5 s, and was stopped"):
        boxed(folder, "1")


def pretending(folder: Folder, monkeypatch: pytest.MonkeyPatch, *told: str) -> list[Event]:
    """What becomes of what a sandbox tells that somebody has taken over."""
    lines = "".join(f"{line}\n" for line in told)
    folder.write("told", lines)
    program = folder.write("bin/bwrap", f"#!/bin/sh\ncat {folder.root}/told\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    return boxed(folder, "1")


def test_a_sandbox_that_leaves_a_page_out_is_not_believed(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ConfigError, match="the sandbox ended early"):
        pretending(folder, monkeypatch)


def test_a_block_that_takes_its_time_is_told_of(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [Lasting("page.md", 0, 5), Lasting("page.md", 0, 10), Ended("page.md", 11.0, "/work")]
    lines = [to_line(event).decode().strip() for event in told]
    assert pretending(folder, monkeypatch, *lines) == told


@pytest.mark.parametrize(
    "line",
    [
        '{"Started": {"path": "other.md", "index": 0}}',
        '{"Started": {"path": "page.md", "index": 1}}',
        '{"Started": {"path": "page.md", "index": -1}}',
        '{"Started": {"path": ["page.md"], "index": 0}}',
        '{"Lasting": {"path": "page.md", "index": 1, "seconds": 5}}',
        '{"Lasting": {"path": "page.md", "index": 0, "seconds": -5}}',
        '{"Lasting": {"path": "page.md", "index": 0, "seconds": 1000000}}',
        "",
        "x" * 5000,
    ],
)
def test_what_no_run_tells_is_refused(
    line: str, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("codeout.sandbox.client._LONGEST_LINE", 1000)
    with pytest.raises(ConfigError, match="is not what a run tells"):
        pretending(folder, monkeypatch, line)


def test_reads_that_it_cannot_have_seen_are_not_believed(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A digest of a secret in the lock would tell of it."""
    secret = tmp_path_factory.mktemp("elsewhere") / "secret"
    secret.write_text("hush", encoding="utf-8")
    (folder.root / "link").symlink_to(secret)
    hidden, seen = folder.write(".env", "hush"), folder.write("data.csv", "1")
    around = folder.root / ".." / secret.parent.name / "secret"
    files = frozenset(map(str, (secret, folder.root / "link", hidden, seen, around)))
    ended = Ended("page.md", 1.0, "/tmp/work", touched=Touched(reads=files))  # noqa: S108
    (event,) = pretending(folder, monkeypatch, to_line(ended).decode().strip())
    assert isinstance(event, Ended)
    assert event.touched.reads == {str(seen)}


def test_without_bubblewrap_it_says_what_to_install(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(folder.root))
    with pytest.raises(ConfigError, match="needs the program bwrap\n  hint: install bubblewrap"):
        boxed(folder, "1")


def test_where_the_system_forbids_it_its_words_are_told(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = folder.write("bwrap", "#!/bin/sh\necho 'bwrap: not permitted' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder.root}:{os.environ['PATH']}")
    with pytest.raises(
        ConfigError, match="the sandbox ended early: bwrap: not permitted\n  hint: "
    ):
        boxed(folder, "1")


@pytest.mark.parametrize(
    ("told", "hint"),
    [
        ("bwrap: Unknown option --size", "install bubblewrap 0.7 or newer"),
        ("bwrap: No permissions to create new namespace", "has to create user namespaces"),
        ("bwrap: Exceeded maximum number of arguments 9000", "into a hidden folder"),
    ],
)
def test_the_hint_is_about_what_is_missing(
    told: str, hint: str, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("bwrap", f"#!/bin/sh\necho '{told}' >&2\nexit 1\n").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder.root}:{os.environ['PATH']}")
    with pytest.raises(ConfigError) as error:
        boxed(folder, "1")
    assert hint in error.value.hint


@needs_bwrap
def test_commands_for_a_shell_see_what_a_page_sees(folder: Folder) -> None:
    (folder.root / ".env").write_text("secret")
    commands = [
        "x=1; test -t 1 && echo terminal",
        f"cat {folder.root}/.env || echo $x",
        "id -un | wc -l",
    ]
    cells = tuple(Cell(each, 60, shell=True) for each in commands)  # noqa: S604  # a field
    text = printed(list(run_sandboxed([Job("page.md", cells)], LIMITS, folder.root)))
    assert text.startswith("terminal\r\ncat: ")
    assert "secret" not in text
    assert text.endswith("\r\n1\r\n1\r\n")
