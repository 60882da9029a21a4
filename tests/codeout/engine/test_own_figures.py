"""Figures of others in the folder of a page's figures: kept, and told where they are in the way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from codeout.config.settings import Config
from codeout.engine.commit import write
from codeout.engine.planning import plan_page
from codeout.engine.settle import settle
from codeout.engine.transcript import Transcript
from codeout.lock.lockfile import Lock
from codeout.output.model import Figure, Output, Ran
from codeout.run.events import Ended

from tests.codeout.engine.test_update import png

if TYPE_CHECKING:
    from pathlib import Path

    from codeout.engine.update import Update

    from tests.support.folder import Folder

FIGURE = Figure(png("red"), "png")


class Site:
    """A page, and the records of its runs."""

    def __init__(self, folder: Folder, text: str = "") -> None:
        self.folder = folder
        self.figures = folder.root / "img/page"
        self.config = Config(folder.root, figures="img", lock="codeout.lock")
        self.page = folder.page("page.md", ("draw()", ""))
        self.page.write_text(text + self.page.read_text())

    def run(self, *outputs: Output) -> Update:
        """Run the page, whose code has these outputs, and write them."""
        plan = plan_page(self.config, self.page)
        lock = Lock.read(self.folder.root / "codeout.lock")
        ran = Ran(outputs, 0.1, 0, frozenset())
        transcript = Transcript((ran,), Ended("page.md", 1.0, "/work"))
        update = settle(plan, transcript, self.config, lock.get(plan.path))
        assert write(update, lock) == ()
        return update

    def add(self, name: str) -> Path:
        """Add a picture of an author's own."""
        self.figures.mkdir(parents=True, exist_ok=True)
        (self.figures / name).write_bytes(png("blue"))
        return self.figures / name


def test_what_codeout_wrote_goes_with_its_output(folder: Folder) -> None:
    site = Site(folder)
    assert site.run(FIGURE, FIGURE).problems == ()
    assert len([*site.figures.iterdir()]) == 2
    site.run(FIGURE)
    assert [file.name for file in site.figures.iterdir()] == ["1.png"]
    lock = Lock.read(folder.root / "codeout.lock")
    record = lock.get("page.md")
    assert record is not None
    assert [*record.figures] == ["1.png"], "the record names what is there"


def test_figures_move_with_the_setting_and_nothing_of_the_page_changes_but_the_links(
    folder: Folder,
) -> None:
    site = Site(folder)
    site.run(FIGURE)
    before = site.page.read_text()
    site.config = replace(site.config, figures="docs/assets/out")
    assert site.run(FIGURE).problems == ()
    assert "](img/page/1.png)" in before
    assert site.page.read_text() == before.replace("img/page", "docs/assets/out/_/page")
    assert (folder.root / "docs/assets/out/_/page/1.png").read_bytes() == FIGURE.data


def test_a_picture_of_its_author_stays(folder: Folder) -> None:
    site = Site(folder)
    own = site.add("7.png")
    site.run(FIGURE)
    site.run()
    assert [*site.figures.iterdir()] == [own]


def test_one_in_the_place_of_a_figure_is_told(folder: Folder) -> None:
    site = Site(folder)
    own = site.add("1.png")
    (problem,) = site.run(FIGURE).problems
    assert problem.message == (
        "a figure has to go to img/page/1.png, and codeout did not write the file that is there"
    )
    assert own.read_bytes() == png("blue")


def test_a_figure_that_its_author_replaced_is_theirs(folder: Folder) -> None:
    site = Site(folder)
    site.run(FIGURE, FIGURE)
    site.page.write_text(site.page.read_text().replace("![figure 2](img/page/2.png)", ""))
    own = site.add("2.png")
    site.run(FIGURE)
    assert own.read_bytes() == png("blue")


def test_a_figure_that_the_text_shows_stays(folder: Folder) -> None:
    site = Site(folder, text="![the second](img/page/2.png)\n\n")
    site.run(FIGURE, FIGURE)
    site.run(FIGURE)
    assert (site.figures / "2.png").read_bytes() == FIGURE.data


@pytest.mark.parametrize("mentions", [True, False])
def test_without_records_what_the_text_does_not_show_is_ours(
    mentions: bool, folder: Folder
) -> None:
    text = "![mine](assets/out/page/7.png)\n\n" if mentions else ""
    file = folder.page("page.md", ("draw()", ""))
    file.write_text(text + file.read_text())
    folder.write("assets/out/page/7.png", "picture")
    config = Config(folder.root)
    ran = Ran((FIGURE,), 0.1, 0, frozenset())
    transcript = Transcript((ran,), Ended("page.md", 1.0, "/work"))
    update = settle(plan_page(config, file), transcript, config, None)
    assert write(update, Lock(None)) == ()
    assert (folder.root / "assets/out/page/7.png").exists() == mentions
