"""A project whose pages tell which process loaded what they preload."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.folder import Folder

SETTINGS = (
    '[tool.codeout]\npages = ["*.md"]\nlock = "codeout.lock"\npreload = ["heavy"]\njobs = 1\n'
)
HEAVY = """\
import os
from pathlib import Path

WEIGHT = 1
LOADED_BY = os.getpid()
DATA = Path(__file__).with_name("heavy.txt").read_text()
"""
WHO = "import heavy\nprint('loaded by', heavy.LOADED_BY)"


@dataclass
class Project:
    """A project with a module that takes long to load, and the commands that run there.

    Attributes:
        folder: Where it is.
        lib: Where its module is.
        environ: The variables of commands.
    """

    folder: Folder
    lib: Path
    environ: dict[str, str] = field(default_factory=dict)

    def start(self, *words: str, **more: str) -> subprocess.Popen[str]:
        """Start a command of codeout."""
        return subprocess.Popen(
            [sys.executable, "-m", "codeout", *words],
            env={**self.environ, **more},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def codeout(self, *words: str, status: int = 0, **more: str) -> str:
        """Run a command of codeout to its end; returns what it printed."""
        with self.start(*words, **more) as process:
            told, _ = process.communicate(timeout=120)
        assert process.returncode == status, told
        return told

    def warm(self, *words: str, **more: str) -> int:
        """Start a server; returns its process, the one that pages are forked from."""
        assert self.codeout("warm", *words, **more) == "warm: heavy\n"
        return self.server(**more)

    def server(self, **more: str) -> int:
        """The process that loaded what a page preloads."""
        self.codeout("run", "who.md", **more)
        found = re.search("loaded by ([0-9]+)", self.folder.read("who.md").split("Out")[1])
        assert found
        return int(found[1])

    def keeper(self, server: int) -> int:
        """The process that accepts commands, the parent of a server."""
        stat = Path(f"/proc/{server}/stat").read_text(encoding="utf-8")
        return int(stat.rpartition(")")[2].split()[1])

    def sockets(self) -> list[str]:
        """The names of all sockets."""
        return sorted(place.name for place in self.folder.root.glob(".cache/warm-*/*"))


@pytest.fixture(scope="session")
def lib(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a module that no test changes: after two seconds its files are at rest."""
    return write_lib(tmp_path_factory.mktemp("lib"))


def write_lib(folder: Path) -> Path:
    """Write the module into a folder."""
    folder.mkdir(exist_ok=True)
    (folder / "heavy.py").write_text(HEAVY, encoding="utf-8")
    (folder / "heavy.txt").write_text("heavy as lead", encoding="utf-8")
    return folder


@pytest.fixture
def project(folder: Folder, lib: Path) -> Iterator[Project]:
    """The project, without a server; any that a test leaves is ended."""
    yield from opened(folder, lib)


@pytest.fixture
def project_with_lib(folder: Folder) -> Iterator[Project]:
    """The same with a module of its own."""
    yield from opened(folder, write_lib(folder.root / "lib"))


def opened(folder: Folder, lib: Path) -> Iterator[Project]:
    """Write the project, and end its servers afterwards."""
    folder.write("pyproject.toml", SETTINGS)
    folder.page("who.md", (WHO, ""))
    path = os.pathsep.join(filter(None, (str(lib), os.environ.get("PYTHONPATH"))))
    made = Project(folder, lib, {**os.environ, "PYTHONPATH": path})
    yield made
    if made.sockets():
        made.codeout("warm", "--stop")
