"""The site beside a watch: served as long as it lasts, and no longer."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
from codeout import CodeoutError, ConfigError
from codeout.config.pyproject import find_config
from codeout.serve.command import words_of
from codeout.serve.serving import served

from tests.support.processes import gone, with_in_environment

if TYPE_CHECKING:
    from codeout.serve.builds import Builds

    from tests.support.folder import Folder

PROGRAM = Path(sys.executable).with_name("codeout")
MARK = f"TEST_OF_WEBSITE={os.getpid()}"
NEEDS_ZENSICAL = pytest.mark.skipif(find_spec("zensical") is None, reason="it is not installed")
SECONDS = 120  # a busy machine gets there too


@pytest.fixture
def address(folder: Folder) -> str:
    """Where the site of a project with one page will be."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    folder.write("mkdocs.yml", f"site_name: Site\ndev_addr: {address}\n")
    folder.page("docs/index.md", ("print(1)", "1"))
    return f"http://{address}/"


def answers(address: str) -> bool:
    """Whether the page comes."""
    with contextlib.suppress(OSError), urlopen(address) as answer:  # noqa: S310  # our own
        return b"Site" in answer.read()
    return False


def served_there(address: str, watch: subprocess.Popen[bytes]) -> bool:
    """Whether the page comes, within a while."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and watch.poll() is None:
        if answers(address):
            return True
        time.sleep(0.1)
    return False


def ask_again(beside: Builds) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        beside.turn(lambda _: True, changed=False, idle=True)
        time.sleep(0.1)


@pytest.mark.usefixtures("ctrl_c")
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGKILL])
def test_the_site_is_there_until_the_watch_ends(
    folder: Folder,
    address: str,
    by: signal.Signals,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    name, _, value = MARK.partition("=")
    there = tmp_path_factory.mktemp("tmp")  # a short path: it is to hold a socket
    watch = subprocess.Popen(
        [PROGRAM, "watch", "--serve"],
        cwd=folder.root,
        env={**os.environ, name: value, "TMPDIR": str(there)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert served_there(address, watch)
    watch.send_signal(by)
    assert watch.wait(SECONDS) == (0 if by is signal.SIGINT else -by)
    assert all(map(gone, with_in_environment(MARK)))
    assert list(there.iterdir()) == []


def test_a_site_that_ends_is_told(folder: Folder, address: str) -> None:
    folder.write("mkdocs.yml", f"{folder.read('mkdocs.yml')}theme: nowhere\n")
    assert address
    with served(find_config(folder.root), "mkdocs") as beside:  # noqa: SIM117  # it must end by itself
        with pytest.raises(CodeoutError, match="`mkdocs serve` ended with status 1"):
            ask_again(beside)


@pytest.mark.usefixtures("ctrl_c")
@pytest.mark.skipif(find_spec("properdocs") is None, reason="it is not installed")
def test_properdocs_serves_a_site_with_a_file_of_its_own_name(folder: Folder, address: str) -> None:
    (folder.root / "mkdocs.yml").rename(folder.root / "properdocs.yml")
    folder.write("properdocs.yml", f"{folder.read('properdocs.yml')}theme: material\n")
    with served(find_config(folder.root), "properdocs") as beside:
        until = time.monotonic() + SECONDS
        while not (there := answers(address)) and time.monotonic() < until:
            beside.turn(
                lambda _: True, changed=False, idle=True
            )  # it tells if the server has ended
            time.sleep(0.1)
    assert there


def test_a_folder_without_a_site_is_told(folder: Folder) -> None:
    folder.write("properdocs.yml", "site_name: Site\n")
    with (
        pytest.raises(ConfigError, match=r"`--serve` finds no configuration for mkdocs"),
        served(find_config(folder.root), "mkdocs"),
    ):
        pass


def test_a_command_for_zensical_is_for_zensical(folder: Folder, address: str) -> None:
    assert address
    with (
        pytest.raises(ConfigError, match="`--then` is for Zensical"),
        served(find_config(folder.root), "mkdocs", "true"),
    ):
        pass


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("", []),
        ("python theme/finish.py --to 'a b'", ["python", "theme/finish.py", "--to", "a b"]),
        ("sh -c 'true && true; # three'", ["sh", "-c", "true && true; # three"]),
        ("./finish --to=%s,http://[::1]:8000/~me?*", None),
    ],
)
def test_a_command_is_split_as_a_shell_does(
    folder: Folder, command: str, words: list[str] | None
) -> None:
    folder.write("finish", "").chmod(0o755)
    assert words_of(command, folder.root) == (command.split() if words is None else words)


@pytest.mark.parametrize("command", ["true && true", "true; true", "true | cat", "true > a", "a &"])
def test_what_is_for_a_shell_is_refused(folder: Folder, command: str) -> None:
    with pytest.raises(ConfigError, match="is one command, which no shell reads"):
        words_of(command, folder.root)


@NEEDS_ZENSICAL
def test_an_address_in_use_is_told(folder: Folder) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        folder.write("mkdocs.yml", f"site_name: Site\ndev_addr: {address}\n")
        with (
            pytest.raises(ConfigError, match=f"cannot serve at {address}: .*in use"),
            served(find_config(folder.root), "zensical"),
        ):
            pass


@NEEDS_ZENSICAL
@pytest.mark.usefixtures("ctrl_c")
def test_another_generator_serves_the_site(folder: Folder, address: str) -> None:
    watch = subprocess.Popen(
        [PROGRAM, "watch", "--serve", "--generator", "zensical"],
        cwd=folder.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert served_there(address, watch)
    os.killpg(watch.pid, signal.SIGINT)  # as a terminal sends Ctrl-C to all of them
    _, errors = watch.communicate(timeout=SECONDS)
    assert watch.returncode == 0
    assert b"Traceback" not in errors
