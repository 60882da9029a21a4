"""One build a save, after the outputs are written, whatever builds the site."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import socket
import struct
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from codeout.serve.serving import GENERATORS, ZENSICAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.folder import Folder

PROGRAM = Path(sys.executable).with_name("codeout")
SECONDS = 120  # a busy machine gets there too
QUIET_SECONDS = 2.0  # in which another build would have begun
SITE = """
site_name: Site
dev_addr: {address}
site_dir: built
plugins: [codeout]
theme: {{name: material, custom_dir: theme}}
hooks: [theme/note.py]
watch: [words.toml]
markdown_extensions:
- codeout.markdown
- pymdownx.superfences
- pymdownx.tabbed: {{alternate_style: true}}
"""
NOTE = """
import pathlib

def on_post_build(config):
    with pathlib.Path("builds.log").open("a") as log:
        log.write("built\\n")

if __name__ == "__main__":
    on_post_build(None)
"""


class Served:
    """A site that is served while it is written."""

    def __init__(self, folder: Folder, generator: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        self.address = f"http://{address}/"
        self.folder = folder
        folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
        folder.write("mkdocs.yml", SITE.format(address=address))
        folder.write("theme/note.py", NOTE)
        folder.write("words.toml", "")
        folder.page("docs/index.md", ("print('a', 1)", "a 1"))
        then = ["--then", shlex.join([sys.executable, "theme/note.py"])]
        errors = folder.root / "errors.log"
        with errors.open("wb") as log:
            self.process = subprocess.Popen(
                [PROGRAM, "watch", "--serve", "--generator", generator]
                + (then if generator == ZENSICAL else []),
                cwd=folder.root,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )

    @property
    def builds(self) -> int:
        """How many builds have ended."""
        log = self.folder.root / "builds.log"
        return log.read_text().count("built") if log.exists() else 0

    def text(self, path: str = "") -> str:
        """What a browser is sent; empty while nobody answers."""
        with contextlib.suppress(OSError), urlopen(self.address + path) as answer:  # noqa: S310
            return str(answer.read().decode())
        return ""

    def wait(self, done: Callable[[], bool]) -> None:
        """Wait until something holds, and then for builds that should not come."""
        until = time.monotonic() + SECONDS
        while not done():
            errors = self.folder.read("errors.log")
            assert time.monotonic() < until, errors
            assert self.process.poll() is None, errors
            time.sleep(0.05)
        builds, quiet = self.builds, time.monotonic() + QUIET_SECONDS
        while time.monotonic() < quiet:
            if self.builds != builds:
                builds, quiet = self.builds, time.monotonic() + QUIET_SECONDS
            time.sleep(0.05)

    def save(self, name: str, old: str, new: str) -> None:
        """Save a file, as editors do, with a text replaced."""
        text = self.folder.read(name)
        assert old in text
        self.folder.write(name, text.replace(old, new))


@pytest.fixture
def serve(folder: Folder) -> Iterator[Callable[[str], Served]]:
    """Serves a site with a generator; when it is there, all stale pages have run."""
    begun: list[Served] = []

    def begin(generator: str) -> Served:
        if find_spec(generator) is None:
            pytest.skip(f"{generator} is not installed")
        begun.append(served := Served(folder, generator))
        served.wait(lambda: (folder.root / "codeout.lock").exists() and "Site" in served.text())
        return served

    yield begin
    for served in begun:
        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(SECONDS) == 0, folder.read("errors.log")


@pytest.mark.usefixtures("ctrl_c")
@pytest.mark.parametrize("generator", GENERATORS)
def test_a_save_is_one_build(serve: Callable[[str], Served], generator: str) -> None:
    served = serve(generator)
    before = served.builds

    served.save("docs/index.md", "print('a', 1)", "print('b', 2)")
    served.wait(lambda: ">b 2" in served.text().replace("<span></span>", ""))
    assert "b 2" in served.folder.read("docs/index.md").replace("'b', 2", "")
    assert served.builds == before + 1, "a block that runs"

    served.folder.write("docs/index.md", f"Prose.\n\n{served.folder.read('docs/index.md')}")
    served.wait(lambda: "Prose." in served.text())
    assert served.builds == before + 2, "prose"

    served.folder.write("words.toml", "a = 1")
    served.wait(lambda: served.builds > before + 2)
    assert served.builds == before + 3, "what the configuration names"

    served.folder.write("docs/new.md", "New page.\n")
    served.wait(lambda: "New page." in served.text("new/"))
    assert served.builds == before + 4, "a new page"

    served.save("theme/note.py", "built", "built anew")
    served.wait(lambda: "built anew" in served.folder.read("builds.log"))
    assert served.builds == before + 5, "code of the theme"


@pytest.mark.usefixtures("ctrl_c")
def test_a_browser_is_told_of_a_build_and_shown_no_folder(serve: Callable[[str], Served]) -> None:
    served = serve(ZENSICAL)
    last = served.text("codeout-builds/0")
    assert int(last) >= 1
    assert f'fetch("/codeout-builds/{last}")' in served.text()
    host, port = served.address.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port))) as leaving:
        leaving.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        leaving.sendall(f"GET /codeout-builds/{last} HTTP/1.0\r\n\r\n".encode())
        time.sleep(0.2)
    served.folder.write("words.toml", "a = 1")
    assert int(served.text(f"codeout-builds/{last}")) == int(last) + 1
    time.sleep(0.2)
    assert "Traceback" not in served.folder.read("errors.log")
    with pytest.raises(HTTPError, match="404"):
        urlopen(f"{served.address}assets/")  # noqa: S310  # our own


@pytest.mark.usefixtures("ctrl_c")
def test_a_build_that_fails_leaves_the_server(serve: Callable[[str], Served]) -> None:
    served = serve(ZENSICAL)
    served.save("theme/note.py", "import pathlib", "import nothing_of_that_name")
    served.wait(lambda: "nothing_of_that_name" in served.folder.read("errors.log"))
    assert "a 1" in served.text()
    errors = served.folder.read("errors.log")
    assert f"codeout: `{sys.executable}` ended with status 1" in errors
    assert "CalledProcessError" not in errors
    served.save("theme/note.py", "import nothing_of_that_name", "import pathlib")
    before = served.builds
    served.wait(lambda: served.builds == before + 1)


def test_what_is_written_with_a_save_is_in_the_first_build(folder: Folder) -> None:
    """A save that a snapshot of the files has before the watch has read it waits for the watch."""
    from codeout.config.pyproject import find_config
    from codeout.serve.builds import Builds
    from codeout.serve.sources import Sources

    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    folder.write("mkdocs.yml", "site_name: Site\n")
    page = folder.page("docs/index.md", ("print(1)", "1"))
    folder.write("snippets/part.py", "a = 1\n")
    built: list[bool] = []

    class Noting:
        def check(self) -> None:
            pass

        def build(self, *, code: bool) -> None:
            built.append(code)

    builds = Builds(Sources(find_config(folder.root)), Noting())
    os.utime(page, (1, 1))
    builds.turn(lambda _: False, changed=True, idle=True)
    builds.turn(lambda _: True, changed=False, idle=False)
    assert built == []
    builds.turn(lambda _: True, changed=False, idle=True)
    builds.turn(lambda _: True, changed=True, idle=True)
    assert built == [False]
    folder.write("snippets/part.py", "a = 2\n")  # which pages show; no process has loaded it
    builds.turn(lambda _: True, changed=True, idle=True)
    assert built == [False, False]
