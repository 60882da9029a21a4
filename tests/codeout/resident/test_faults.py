"""Servers that are killed, hang, lie or belong to others: never a hang, never another output."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from codeout.engine.dispatch import limits_of
from codeout.engine.project import Project as Opened
from codeout.errors import ConfigError
from codeout.resident import control, sockets

from tests.support.processes import gone

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.codeout.resident.conftest import Project

SLOW = """\
import heavy, pathlib, time
pathlib.Path({place!r}).touch()
time.sleep({seconds})
print(heavy.LOADED_BY)"""
KILLER = "import heavy, os, signal\nos.kill({}, signal.SIGKILL)\nheavy.LOADED_BY"


def wait_for(place: Path) -> None:
    """Wait until a page has written a file, whole as it is short."""
    until = time.monotonic() + 60
    while not place.exists() and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.2)


def test_killed_before(project: Project) -> None:
    server = project.warm()
    os.kill(project.keeper(server), signal.SIGKILL)
    assert project.sockets(), "the socket stays"
    assert gone(server)
    assert project.server() != server
    assert project.warm() != server


def test_the_server_of_pages_killed(project: Project) -> None:
    server = project.warm()
    os.kill(server, signal.SIGKILL)
    assert project.server() != server
    assert project.codeout("check", "who.md", status=0)


@pytest.mark.parametrize("which", ["keeper", "server"])
def test_killed_while_a_page_runs(project: Project, which: str) -> None:
    server = project.warm()
    keeper = project.keeper(server)
    place = project.folder.root / "begun"
    code = SLOW.format(place=str(place), seconds=3)
    project.folder.page("slow.md", (code, ""), ("1 + 1", ""))
    with project.start("run", "slow.md") as process:
        wait_for(place)
        os.kill({"keeper": keeper, "server": server}[which], signal.SIGKILL)
        told, _ = process.communicate(timeout=60)
    assert process.returncode == 0, told
    assert f"    {server}\n" in project.folder.read("slow.md"), "the page went on"


def test_killed_between_two_pages(project: Project) -> None:
    server = project.warm()
    project.folder.page("a.md", (KILLER.format(project.keeper(server)), ""))
    project.folder.page("b.md", ("import heavy\nheavy.LOADED_BY", ""))
    project.codeout("run", "a.md", "b.md")
    assert str(server) in project.folder.read("a.md").split("Out")[1]
    assert str(server) not in project.folder.read("b.md").split("Out")[1]


@pytest.mark.parametrize("which", ["keeper", "server"])
def test_stopped_by_a_signal(project: Project, which: str) -> None:
    server = project.warm()
    process = {"keeper": project.keeper(server), "server": server}[which]
    os.kill(process, signal.SIGSTOP)
    try:
        assert project.server() != server
    finally:
        os.kill(process, signal.SIGCONT)


@pytest.mark.parametrize("code", ["import os; os._exit(3)", "import os; os.kill(os.getpid(), 11)"])
def test_pages_that_die_are_told_likewise(project: Project, code: str) -> None:
    project.folder.page("dies.md", (code, ""))
    told = project.codeout("check", "dies.md", status=1)
    project.warm()
    assert project.codeout("check", "dies.md", status=1) == told


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c(project: Project) -> None:
    server = project.warm()
    place = project.folder.root / "begun"
    project.folder.page("slow.md", (SLOW.format(place=str(place), seconds=60), ""))
    before = project.folder.read("slow.md")
    with project.start("run", "slow.md") as process:
        wait_for(place)
        process.send_signal(signal.SIGINT)
        told, _ = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert project.folder.read("slow.md") == before
    assert project.server() == server


def test_a_command_that_is_killed(project: Project) -> None:
    server = project.warm()
    place = project.folder.root / "pid"
    told = f"pathlib.Path({str(place)!r}).write_text(str(os.getpid()))"
    code = f"import os, pathlib, time\n{told}\ntime.sleep(60)"
    project.folder.page("slow.md", (code, ""))
    with project.start("run", "slow.md") as process:
        wait_for(place)
        process.kill()
    assert gone(int(place.read_text()))
    assert project.server() == server


ANSWERS: dict[str, Callable[[socket.socket], None]] = {
    "nothing": lambda _: time.sleep(20),
    "another word": lambda client: client.sendall(b"\0\0\0\5words"),
    "no length": lambda client: client.sendall(b"\xff\xff\xff\xff"),
    "ready, and gone": lambda client: client.sendall(b"\0\0\0\5ready"),
    "ready, and no number": lambda client: client.sendall(b"\0\0\0\5ready\0\0\0\4four"),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_another_program_behind_the_socket(project: Project, answer: str) -> None:
    server = project.warm()
    keeper = project.keeper(server)
    (place,) = project.folder.root.glob(".cache/warm-*/*")
    os.kill(keeper, signal.SIGKILL)
    place.unlink()
    with socket.socket(socket.AF_UNIX) as listener:
        with contextlib.chdir(place.parent):  # its whole path may be longer than a socket's
            listener.bind(place.name)
        listener.listen()

        def serve() -> None:
            client, _ = listener.accept()
            with client:
                ANSWERS[answer](client)

        threading.Thread(target=serve, daemon=True).start()
        assert project.server() != server


def test_a_folder_that_others_may_use(project: Project) -> None:
    server = project.warm()
    (folder,) = project.folder.root.glob(".cache/warm-*")
    folder.chmod(0o755)
    assert project.server() != server
    told = project.codeout("warm", status=2)
    assert "others may use the folder of the warm servers" in told
    folder.chmod(0o700)
    assert project.server() == server


def test_a_path_that_is_long(project: Project) -> None:
    cache = str(project.folder.root / ("c" * 200))
    server = project.warm(CODEOUT_CACHE=cache)
    assert project.server(CODEOUT_CACHE=cache) == server
    assert project.codeout("warm", "--stop", CODEOUT_CACHE=cache) == "1 server ended\n"


def test_what_cannot_be_loaded(project_with_lib: Project) -> None:
    project = project_with_lib
    project.folder.write("lib/heavy.py", "1 / 0\n")
    told = project.codeout("warm", status=2)
    assert "loading heavy failed: ZeroDivisionError" in told
    assert project.sockets() == []


PEER = """
import socket, sys
client = socket.socket(socket.AF_UNIX)
client.connect(sys.argv[1])
client.recv(1)
"""


@pytest.mark.skipif(os.getuid() != 0, reason="only root may become another user")
def test_another_user_is_not_served() -> None:
    with TemporaryDirectory(dir="/tmp") as folder, socket.socket(socket.AF_UNIX) as listener:
        place = str(Path(folder, "s"))
        listener.bind(place)
        listener.listen()
        for path in (folder, place):
            Path(path).chmod(0o777)
        for user, served in ((65534, False), (os.getuid(), True)):
            peer = os.fork()
            if not peer:
                os.setresuid(user, user, user)
                with socket.socket(socket.AF_UNIX) as client:
                    client.connect(place)
                    client.recv(1)
                os._exit(0)
            line = sockets.accept(listener)
            assert (line is not None) is served
            if line:
                line.close()
            os.waitpid(peer, 0)


@pytest.mark.skipif(
    subprocess.run(["sh", "-c", "unshare -Ur true"], check=False, capture_output=True).returncode,
    reason="no namespaces may be made",
)
def test_a_sandbox_is_not_served(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s"))
        listener.listen()
        peer = ["unshare", "-Ur", sys.executable, "-c", PEER, str(tmp_path / "s")]
        with subprocess.Popen(peer):
            assert sockets.accept(listener) is None


def test_a_folder_that_is_a_link_is_not_followed(project: Project) -> None:
    server = project.warm()
    (folder,) = project.folder.root.glob(".cache/warm-*")
    other = folder.rename(folder.with_name("other"))
    folder.symlink_to(other)
    assert project.server() != server
    folder.unlink()
    other.rename(folder)
    assert project.server() == server


def test_other_systems(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    config = Opened.open(project.folder.root).config
    with pytest.raises(ConfigError, match="needs Linux"):
        control.start(config.root, limits_of(config), 1.0)
