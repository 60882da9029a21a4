"""``codeout run`` killed at any moment: pages are as they were or complete, and all else is gone.

Another count of moments: ``CODEOUT_KILLS=10``.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.engine.project import Project

from tests.support.processes import gone, with_in_environment

if TYPE_CHECKING:
    from tests.support.folder import Folder

PROGRAM = Path(sys.executable).with_name("codeout")
KILLS = int(os.environ.get("CODEOUT_KILLS", "100"))
MARK = f"TEST_OF_KILLS={os.getpid()}"
SETTINGS = "[tool.codeout]\npages = ['docs']\npreload = []\njobs = 2\n"
CODE = """\
number = 0
from IPython.display import SVG
from subprocess import Popen
children = [Popen(["sleep", "1000"], start_new_session=True) for _ in range(2)]
print(f"number {number}", "-" * 100_000)
SVG(f'<svg xmlns="http://www.w3.org/2000/svg" id="n{number}"/>')"""
NAMES = ("a", "b", "c")


@pytest.fixture
def site(folder: Folder) -> Folder:
    folder.write("pyproject.toml", SETTINGS)
    for name in NAMES:
        folder.page(f"docs/{name}.md", (CODE, ""))
    return folder


def make_stale(site: Folder, number: int) -> dict[str, str]:
    """Have each page print another number than it shows; returns the pages."""
    texts = {name: site.read(f"docs/{name}.md") for name in NAMES}
    texts = {name: re.sub("number = .*", f"number = {number}", texts[name]) for name in NAMES}
    for name, text in texts.items():
        site.write(f"docs/{name}.md", text)
    return texts


def start(tmp: Path) -> subprocess.Popen[bytes]:
    name, _, value = MARK.partition("=")
    environment = {**os.environ, name: value, "TMPDIR": str(tmp)}
    quiet = subprocess.DEVNULL
    return subprocess.Popen([PROGRAM, "run"], env=environment, stdout=quiet, stderr=quiet)


def complete(number: int, site: Folder, name: str) -> bool:
    """Whether a page shows what it prints, and its figure."""
    figure = site.root / f"docs/assets/out/{name}/1.svg"
    return all_printed(number, site.read(f"docs/{name}.md")) and (
        figure.is_file() and figure.read_text().endswith(f'id="n{number}"/>')
    )


def all_printed(number: int, text: str) -> bool:
    return f"    number {number} {'-' * 100_000}\n    ```\n\n    ![figure 1](" in text


def not_of_tempfile(left: Path) -> bool:
    """Whether it is more than what Python writes for a moment to try a folder out."""
    tried = re.fullmatch(r"[a-z0-9_]{8}", left.name)
    return tried is None or left.read_bytes() not in {b"", b"blat"}


def test_killed_at_any_moment(site: Folder, tmp_path_factory: pytest.TempPathFactory) -> None:
    tmp = tmp_path_factory.mktemp("tmp")  # a short path: it is to hold a socket
    seed = random.randrange(10**6)  # noqa: S311
    print(f"seed {seed}")  # noqa: T201  # pytest shows it where the test fails
    chance, written = random.Random(seed), 0  # noqa: S311
    began = time.monotonic()
    with start(tmp) as run:
        run.wait()
    longest = time.monotonic() - began
    for number in range(KILLS):
        before = make_stale(site, number)
        with start(tmp) as run:
            time.sleep(chance.uniform(0, longest))
            run.kill()
        assert all(gone(pid) for pid in with_in_environment(MARK))
        assert [*filter(not_of_tempfile, tmp.iterdir())] == []
        project = Project.open()
        for plan in project.plans():
            name = plan.file.stem
            text = site.read(f"docs/{name}.md")
            assert text == before[name] or all_printed(number, text)
            fresh = project.status(plan).fresh
            assert complete(number, site, name) or not fresh
            written += fresh
    with start(tmp) as run:
        assert run.wait() == 0
    assert all(complete(KILLS - 1, site, name) for name in NAMES), "the next run repairs all"
    files = [file for file in site.root.rglob("*") if file.is_file()]
    left = {file.name for file in files if file.parent != site.root / ".cache/statuses"}
    assert left == {"a.md", "b.md", "c.md", "1.svg", "codeout.lock", "pyproject.toml"}
    assert 0 < written < KILLS * len(NAMES), "some moments lay before the writing, some after"
