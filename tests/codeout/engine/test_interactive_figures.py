"""Interactive figures of a page: their files, their scripts, and what is told where they differ."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from codeout.config.settings import Config
from codeout.engine.commit import write
from codeout.engine.planning import plan_page
from codeout.engine.project import Project
from codeout.engine.settle import settle
from codeout.engine.transcript import Transcript
from codeout.lock.lockfile import Lock
from codeout.output.model import Figure, Interactive, Output, Ran
from codeout.run.events import Ended

from tests.support.charts import DRAWN, altair, bokeh, install, plotly

if TYPE_CHECKING:
    from pathlib import Path

    from codeout.engine.update import Update

    from tests.support.folder import Folder

PICTURE = Figure(b'<svg xmlns="http://www.w3.org/2000/svg"/>', "svg")


class Site:
    """A project with pages of one block each.

    Attributes:
        packages: Where the libraries are installed.
    """

    def __init__(self, folder: Folder, packages: Path) -> None:
        self.root, self.folder, self.packages = folder.root, folder, packages
        self.config = Config(folder.root, figures="img", lock="codeout.lock", pages=("*.md",))
        self.scripts = folder.root / "img/scripts"

    def run(self, name: str, *outputs: Output, still: tuple[str, ...] = ()) -> Update:
        """Run a page, whose code has these outputs, and write them if that goes."""
        page = self.root / name
        if not page.exists():
            self.folder.write(name, '=== "Code"\n\n    ```python\n    draw()\n    ```\n')
        plan = plan_page(self.config, page)
        lock = Lock.read(self.root / "codeout.lock")
        transcript = Transcript(
            (Ran(outputs, 0.1, 0, frozenset(), still=still),), Ended(name, 1.0, "/work")
        )
        update = settle(plan, transcript, self.config, lock.get(plan.path))
        assert write(update, lock) == ()
        return update

    def files(self) -> dict[str, bytes]:
        """All files of the site."""
        found = (file for file in self.root.rglob("*") if file.is_file())
        return {file.relative_to(self.root).as_posix(): file.read_bytes() for file in found}


@pytest.fixture
def site(
    folder: Folder, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Site:
    """A site, where the libraries are installed elsewhere."""
    packages = tmp_path_factory.mktemp("packages")
    install(packages, monkeypatch)
    return Site(folder, packages)


def figure(data: Any, library: str = "plotly", picture: Figure | None = None) -> Interactive:
    """A figure with some data."""
    return Interactive(data if library == "html" else json.dumps(data), library, picture)


def test_a_figure_is_a_file_and_its_script_is_there_once(site: Site) -> None:
    site.run("a.md", figure(plotly(1.5)), figure(plotly(2.5), picture=PICTURE))
    site.run("b.md", figure(plotly(3.5)))
    page = site.folder.read("a.md")
    assert "    [figure 1](img/a/1.html)\n" in page
    assert "    [![figure 2](img/a/2.svg)](img/a/2.html)\n" in page
    (script,) = site.scripts.iterdir()
    assert script.read_bytes() == DRAWN
    for name in ("a/1", "a/2", "b/1"):
        assert f'src="../scripts/{script.name}"' in site.folder.read(f"img/{name}.html")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (figure(plotly(1.5, 2.5)), figure(plotly(1.5, 2.5001))),
        (figure(altair("data-1", 1.5), "altair"), figure(altair("data-2", 1.5001), "altair")),
        (figure(bokeh(1001, 1.5), "bokeh"), figure(bokeh(2001, 1.5), "bokeh")),
        (figure('<p id="a1">', "html"), figure('<p id="b2">', "html")),
        (figure(plotly(1.5), picture=PICTURE), figure(plotly(1.5))),
        (figure(plotly(1.5)), figure(plotly(1.5), picture=PICTURE)),
    ],
)
def test_a_figure_that_agrees_is_not_written(
    site: Site, first: Interactive, second: Interactive
) -> None:
    site.run("a.md", first)
    before = site.files()
    update = site.run("a.md", second)
    assert (update.writes, update.changes) == (False, ())
    assert {**site.files(), "codeout.lock": b""} == {**before, "codeout.lock": b""}


def test_a_changed_point_is_told_and_written(site: Site) -> None:
    site.run("a.md", figure(plotly(1.5, 2.5)))
    site.folder.write("a.md", site.folder.read("a.md").replace("[figure 1]", "[A line]"))
    update = site.run("a.md", figure(plotly(1.5, 9.5)))
    (change,) = update.changes
    assert change.detail == "figure 1: data[0].y[1]: 2.5 → 9.5"
    assert "[A line](img/a/1.html)" in site.folder.read("a.md"), "the author's words stay"
    assert site.run("a.md", figure(plotly(1.5, 9.5))).changes == ()


def test_the_tolerance_is_that_of_the_page(site: Site) -> None:
    site.folder.write(
        "a.md",
        '=== "Code"\n\n    <!-- codeout: rtol=0.5 -->\n    ```python\n    draw()\n    ```\n',
    )
    site.run("a.md", figure(plotly(1.5)))
    assert site.run("a.md", figure(plotly(1.7))).changes == ()


def test_a_file_that_is_gone_or_changed_is_written_again(site: Site) -> None:
    site.run("a.md", figure(plotly(1.5)))
    before = site.files()
    for change in (lambda file: file.unlink(), lambda file: file.write_text("<p>another</p>")):
        change(site.root / "img/a/1.html")
        (told,) = site.run("a.md", figure(plotly(1.5))).changes
        assert "its file is missing, or codeout did not write it" in told.detail
        assert site.files()["img/a/1.html"] == before["img/a/1.html"]


@pytest.mark.parametrize("name", ["a/1.html", "a/1.svg"])
def test_a_file_of_somebody_else_is_in_the_way(site: Site, name: str) -> None:
    site.folder.write(f"img/{name}", "mine")
    update = site.run("a.md", figure(plotly(1.5), picture=PICTURE))
    assert [problem.message for problem in update.problems] == [
        f"a figure has to go to img/{name}, and codeout did not write the file that is there"
    ]
    assert site.files().keys() == {"a.md", f"img/{name}"}


def test_a_script_of_somebody_else_is_in_the_way(site: Site) -> None:
    site.run("a.md", figure(plotly(1.5)))
    (script,) = site.scripts.iterdir()
    script.write_text("mine")
    (problem,) = site.run("b.md", figure(plotly(1.5))).problems
    assert f"img/scripts/{script.name}, and codeout did not write" in problem.message
    assert script.read_text() == "mine"


def test_a_figure_goes_with_its_output(site: Site) -> None:
    site.run("a.md", figure(plotly(1.5), picture=PICTURE), figure(plotly(2.5)))
    site.run("a.md", figure(plotly(2.5)))
    assert [file.name for file in (site.root / "img/a").iterdir()] == ["1.html"]
    site.run("a.md", PICTURE)
    assert [file.name for file in (site.root / "img/a").iterdir()] == ["1.svg"]


def test_a_script_goes_with_the_last_figure_that_loads_it(site: Site) -> None:
    site.run("a.md", figure(plotly(1.5)), figure(bokeh(1, 1.5), "bokeh"))
    site.run("b.md", figure(plotly(1.5)))
    foreign = site.folder.write("img/scripts/plotly-0123456789abcdef.js", "not ours")

    def clear() -> list[str]:
        project = Project(site.config, Lock.read(site.root / "codeout.lock"))
        project.remove_gone(project.plans())
        project.remove_unused_scripts()
        return sorted(file.name.partition("-")[0] for file in site.scripts.iterdir())

    assert clear() == ["bokeh", "plotly", "plotly"]
    site.run("a.md", figure(plotly(1.5)))
    assert clear() == ["plotly", "plotly"]
    (site.root / "a.md").unlink()
    assert clear() == ["plotly", "plotly"]
    site.run("b.md", PICTURE)
    assert clear() == ["plotly"]
    assert foreign.read_text() == "not ours"


def test_a_script_that_is_gone_is_told(site: Site) -> None:
    (site.packages / "plotly/package_data/plotly.min.js").unlink()
    update = site.run("a.md", figure(plotly(1.5)))
    assert [problem.message for problem in update.problems] == [
        "plotly.min.js cannot be read: No such file or directory"
    ]
    assert site.files().keys() == {"a.md"}


def test_why_a_figure_is_not_interactive_is_told_and_no_problem(site: Site) -> None:
    update = site.run("a.md", PICTURE, still=("it loads its map",))
    assert update.problems == ()
    assert [str(note) for note in update.notes] == ["a.md:3: not interactive: it loads its map"]
