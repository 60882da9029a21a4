"""What is written of an update: all of it or nothing, and nothing outside of the project."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pytest
from codeout.config.settings import Config
from codeout.engine.commit import write
from codeout.engine.hard_links import cut_links
from codeout.engine.planning import plan_page
from codeout.errors import Problem
from codeout.lock.lockfile import Lock
from codeout.output.model import Figure, Value

from tests.codeout.engine.test_update import png, settled
from tests.support.folder import tabs

if TYPE_CHECKING:
    from tests.support.folder import Folder


def test_a_written_page_is_fresh(folder: Folder) -> None:
    folder.page("page.md", ("x", "1"), ("y", ""))
    update = settled(folder, [Value("2")], [Figure(png("red"), "png")])
    lock = Lock(folder.root / "codeout.lock")
    assert write(update, lock) == ()
    plan = plan_page(Config(folder.root), folder.root / "page.md")
    assert plan.reasons(Lock.read(folder.root / "codeout.lock")) == ()
    assert settled(folder, [Value("2")], [Figure(png("red"), "png")]).changes == ()
    folder.write("assets/out/page/1.png", "").write_bytes(png("blue"))
    plan = plan_page(Config(folder.root), folder.root / "page.md")
    assert plan.reasons(lock) == ("output edited by hand",)


def test_a_page_that_was_edited_meanwhile_is_not_written(folder: Folder) -> None:
    folder.page("page.md", ("x", "1"))
    update = settled(folder, [Figure(png("red"), "png")])
    folder.write("page.md", "edited")
    lock = Lock(None)
    assert write(update, lock) == (
        Problem("page.md", 0, "changed while it ran, and was not written", "run it again"),
    )
    assert folder.read("page.md") == "edited"
    assert not (folder.root / "assets").exists()
    assert list(lock) == []


def test_names_that_keep_what_a_file_held_are_told(folder: Folder) -> None:
    page = folder.page("page.md", ("x", "1"), ("y", ""))
    update = settled(folder, [Value("2")], [Figure(png("red"), "png")])
    assert cut_links(update) == (), "it has one name alone"
    (folder.root / "other.md").hardlink_to(page)
    message = "the other names of page.md (hard links) keep what it held"
    hint = "link them again, or use symbolic links"
    assert cut_links(update) == (Problem("page.md", 0, message, hint),)
    assert write(update, Lock(folder.root / "codeout.lock")) == ()
    assert cut_links(update) == (), "the link is cut"
    figure = folder.root / "assets/out/page/1.png"
    (folder.root / "other.png").hardlink_to(figure)
    again = settled(folder, [Value("2")], [Figure(png("blue"), "png")])
    assert [each.message for each in cut_links(again)] == [message.replace("page.md", "1.png")]
    assert cut_links(settled(folder, [Value("2")], [Figure(png("red"), "png")])) == ()


def test_a_page_that_cannot_be_written_is_told(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a read-only folder, which does not stop root."""
    folder.page("page.md", ("x", "1"))
    update = settled(folder, [Value("2")])

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(secrets, "token_hex", refuse)
    lock = Lock(folder.root / "codeout.lock")
    hint = "make it writable, or make room, and run the page again"
    assert write(update, lock) == (
        Problem("page.md", 0, "codeout.lock cannot be written: Permission denied", hint),
    )
    assert folder.read("page.md") == tabs("x", "1")
    assert list(lock) == []


@pytest.mark.parametrize("what", ["page.md", "assets/out/page", "assets"])
def test_nothing_is_written_through_a_link_that_leads_out(
    what: str, folder: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Otherwise a stranger's link would have a stranger's figure replace any file of mine."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    file = folder.page("page.md", ("draw()", "text"))
    (elsewhere / "page").write_bytes(file.read_bytes())
    link = folder.root / what
    link.unlink(missing_ok=True)
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(elsewhere / "page" if what == "page.md" else elsewhere)
    before = {each: each.read_bytes() for each in elsewhere.iterdir()}
    (problem,) = write(settled(folder, [Figure(png("red"), "png")]), Lock(None))
    assert problem.message.endswith("leads out of the project, and nothing was written")
    assert {each: each.read_bytes() for each in elsewhere.iterdir()} == before
