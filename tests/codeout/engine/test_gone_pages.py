"""Pages that are gone: what codeout wrote for them goes, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.engine.gone_pages import GonePage
from codeout.engine.project import Project
from codeout.fs.digest import digest
from codeout.lock.lockfile import Lock

from tests.codeout.cli.test_main import codeout, program
from tests.support.records import RECORD, lock_of

if TYPE_CHECKING:
    from tests.support.folder import Folder

DRAW = "from IPython.display import SVG\nSVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')"
OLD = "docs/assets/out/a/page/1.svg"
NEW = "docs/assets/out/b/page/1.svg"


@pytest.fixture
def drawn(folder: Folder) -> Folder:
    """A project with a page that draws."""
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    folder.page("docs/a/page.md", (DRAW, ""))
    folder.page("docs/other.md", ("1", "1"))
    run()
    assert (folder.root / OLD).is_file()
    return folder


def run(status: int = 0, command: str = "run") -> str:
    """Call a command; returns what it says."""
    done = codeout(command)
    assert done.exit_code == status, done.output
    return done.stdout


def records(folder: Folder) -> list[str]:
    """The pages with a record."""
    return [*Lock.read(folder.root / "codeout.lock")]


def move(folder: Folder) -> Path:
    """Move the folder of the page."""
    return (folder.root / "docs/a").rename(folder.root / "docs/b") / "page.md"


def test_figures_move_with_the_folder_of_their_page(drawn: Folder) -> None:
    move(drawn)
    assert "docs/a/page.md: is gone, and so is what it drew: 1 figure\n" in run()
    assert not (drawn.root / OLD).parents[1].exists(), "nor are empty folders left"
    assert (drawn.root / NEW).is_file()
    assert records(drawn) == ["docs/b/page.md", "docs/other.md"]
    assert "is gone" not in run()


def test_a_page_that_moves_up_or_down_leaves_nothing(drawn: Folder) -> None:
    (drawn.root / "docs/a/page.md").rename(drawn.root / "docs/page.md")
    run()
    assert not (drawn.root / OLD).exists()
    (drawn.root / "docs/page.md").rename(drawn.root / "docs/a/page.md")
    run()
    assert [file.parent.parent.name for file in drawn.root.rglob("1.svg")] == ["a"]


def test_what_a_moved_page_shows_stays_until_it_has_run(drawn: Folder) -> None:
    page = move(drawn)
    page.write_text(page.read_text().replace("import SVG", "import SVG, Missing"))
    run(status=1)
    assert (drawn.root / OLD).is_file()
    page.write_text(page.read_text().replace("import SVG, Missing", "import SVG"))
    run()
    assert not (drawn.root / OLD).exists()


def test_what_another_page_shows_stays(drawn: Folder) -> None:
    move(drawn)
    drawn.write("docs/prose.md", "![the old one](assets/out/a/page/1.svg)\n")
    run()
    assert (drawn.root / OLD).is_file()


@pytest.mark.parametrize("name", ["2.svg", "mine.png"])
def test_what_its_author_has_put_there_stays(name: str, drawn: Folder) -> None:
    mine = drawn.write(f"docs/assets/out/a/page/{name}", "mine")
    move(drawn)
    run()
    assert not (drawn.root / OLD).exists()
    assert mine.read_text() == "mine"


def test_a_figure_that_was_edited_stays(drawn: Folder) -> None:
    drawn.write(OLD, "mine")
    page = move(drawn)
    assert f"{OLD.removeprefix('docs/')}` in an output is not" in run(status=1)
    page.unlink()
    run()
    assert drawn.read(OLD) == "mine"


def test_figures_of_a_page_that_is_only_left_out_stay(drawn: Folder) -> None:
    drawn.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\nexclude = ['docs/a/*']\n")
    run()
    assert (drawn.root / OLD).is_file()
    assert records(drawn) == ["docs/other.md"]


@pytest.mark.parametrize("page", ["../outside/page.md", "docs/link/page.md"])
def test_a_record_cannot_lead_out_of_the_project(page: str, folder: Folder) -> None:
    root, outside = folder.root / "project", folder.root / "outside"
    (root / "docs/assets/out").mkdir(parents=True)
    (root / "pyproject.toml").write_text("[tool.codeout]\npages = ['docs']\n")
    (root / "docs/page.md").write_text("")
    kept = [outside / "assets/out/page/1.svg", outside / "page/1.svg"]
    for file in kept:
        file.parent.mkdir(parents=True)
        file.write_text("theirs")
    (root / "docs/assets/out/link").symlink_to(outside)
    record = replace(RECORD, figures={"1.svg": digest(b"theirs")})
    lock_of({page: record}, root / "codeout.lock").write()
    project = Project.open(root)
    (gone,) = project.remove_gone(project.plans([root / "docs/page.md"]))
    assert gone.figures == ()
    assert [file.read_text() for file in kept] == ["theirs"] * 2


def test_it_says_how_many_there_were() -> None:
    page = GonePage("a.md", (Path("1.png"), Path("2.png")))
    assert str(page) == "a.md: is gone, and so is what it drew: 2 figures"


def test_status_tells_what_is_left_each_time_and_removes_nothing(drawn: Folder) -> None:
    (drawn.root / "docs/a/page.md").unlink()
    told = "docs/a/page.md: is no page any more, but left its record and 1 figure; "
    assert [told in program("status").stdout for _ in range(3)] == [True] * 3
    assert (drawn.root / OLD).is_file()


def test_clean_removes_it_and_status_is_silent(drawn: Folder) -> None:
    (drawn.root / "docs/a/page.md").unlink()
    assert "docs/a/page.md: is gone, and so is what it drew: 1 figure\n" in run(command="clean")
    assert not (drawn.root / OLD).exists()
    assert records(drawn) == ["docs/other.md"]
    assert "is no page any more" not in run(command="status")
    assert run(command="clean") == "nothing is left behind\n"


def test_clean_and_status_leave_a_page_that_was_moved_to_its_run(drawn: Folder) -> None:
    move(drawn)
    assert "is no page any more" not in run(command="status")
    assert run(command="clean") == "nothing is left behind\n"
    assert (drawn.root / OLD).is_file()
    assert "1 written" in run()


def test_clean_leaves_figures_of_a_page_that_is_only_left_out(drawn: Folder) -> None:
    drawn.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\nexclude = ['docs/a/*']\n")
    told = "docs/a/page.md: is no page any more, but left its record; "
    assert told in run(command="status")
    assert "docs/a/page.md: is no page any more, and its record is gone" in run(command="clean")
    assert (drawn.root / OLD).is_file()
