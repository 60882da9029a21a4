"""Pages that run on a cluster: the same bytes as on one machine, and refusals by name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from codeout.cluster.connect import connected

from tests.support.clusters import codeout, start_over, written
from tests.support.folder import Folder, tabs

if TYPE_CHECKING:
    from tests.support.clusters import Cluster

SETTINGS = """\
[tool.codeout]
pages = ["docs"]
environment = { COURSE = "basics" }

[[tool.codeout.assets]]
path = "data/numbers.txt"
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
sources = []
stand-in = "standins/numbers.py"
pages = ["docs/data.md"]

[[tool.codeout.setup]]
code = "import math"
pages = ["docs/settings.md"]
"""
STAND_IN = """\
import sys
open(sys.argv[1], "w").write("1 2 3" * 2_000_000)
"""
FIGURE = "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\nplt.show()"
HOME = "from pathlib import Path\nprint(Path.home() / 'lesson', Path.cwd())"


@pytest.fixture
def course(folder: Folder) -> Folder:
    """A small course with what pages can have."""
    folder.write("pyproject.toml", SETTINGS)
    folder.write("standins/numbers.py", STAND_IN)
    folder.write("snippets/shared.py", "answer = 42\n")
    folder.page("docs/snippet.md", ('--8<-- "shared.py"\nprint(answer)', ""))
    folder.page("docs/figure.md", (FIGURE, ""))
    folder.page("docs/data.md", ("print(len(open('data/numbers.txt').read()))", ""))
    folder.page("docs/settings.md", ("import os\nprint(math.pi, os.environ['COURSE'])", ""))
    folder.page("docs/home.md", (HOME, ""), (HOME, ""))
    folder.page("docs/reads.md", (f"print(open('{folder.root}/note.txt').read())", ""))
    folder.notebook("docs/book.ipynb", ("print(1 + 1)", ""))
    folder.write("note.txt", "a file of the project")
    sessions = [tabs(f"print({at})", "", f"<!-- codeout: group={at} -->") for at in "ab"]
    folder.write(
        "docs/sessions.md", "\n".join(sessions).replace("(a)", "(1)").replace("(b)", "(2)")
    )
    assert codeout(folder, "fetch").status == 0
    return folder


def test_record_and_pages_are_those_of_one_machine(course: Folder, two: Cluster) -> None:
    pages = {file: file.read_bytes() for file in (course.root / "docs").iterdir()}
    alone = codeout(course, "run")
    assert alone.status == 0, alone.text
    expected = written(course.root)
    assert any(name.endswith(".png") for name in expected)
    assert "codeout.lock" in expected
    start_over(course, pages)
    ran = codeout(course, "run", "--cluster", two.address)
    assert (ran.status, ran.text) == (0, alone.text)
    assert written(course.root) == expected
    checked = codeout(course, "check", "--cluster", two.address)
    assert (checked.status, checked.text[:15]) == (0, "pages: 8 true, ")


def test_cluster_on_this_machine(folder: Folder) -> None:
    folder.page("one.md", ("print(1)", ""))
    folder.page("two.md", ("import os\nprint(*sorted(os.environ.items()), sep='\\n')", "1"))
    pages = ("one.md", "two.md")
    ran = codeout(folder, "check", "--cluster", "local", "--jobs", "1", *pages)
    alone = codeout(folder, "check", *pages)
    assert (ran.status, sorted(ran.text.splitlines())) == (1, sorted(alone.text.splitlines()))


def test_environment_stays_as_it_is() -> None:
    """Dask puts variables for its workers into that of the process that starts them."""
    before = dict(os.environ)
    with connected("local", 1) as client:
        assert client.submit(os.getpid).result() != os.getpid()
    assert dict(os.environ) == before
