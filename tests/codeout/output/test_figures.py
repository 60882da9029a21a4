"""Figures: a file each, numbered by page, rewritten only where they look different."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.config.settings import Config
from codeout.output.figure_files import PictureFiles
from codeout.output.figure_folders import folder_of
from codeout.output.figures import EmbeddedPictures
from codeout.output.model import Figure
from codeout.output.shown import Picture, Printed
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

if TYPE_CHECKING:
    from tests.support.folder import Folder


def png(color: str, level: int = 6) -> bytes:
    """A small picture; the same at any level of compression, in other bytes."""
    file = BytesIO()
    Image.new("RGB", (8, 8), color).save(file, "png", compress_level=level)
    return file.getvalue()


@pytest.mark.parametrize(
    ("page", "figures", "target"),
    [
        ("a.md", "assets/out", "assets/out/a/1.png"),
        ("docs/basics/a.md", "docs/assets/out", "../assets/out/basics/a/1.png"),
        ("README.md", "docs/assets/out", "docs/assets/out/_/README/1.png"),
        ("docs/a.md", "figures", "../figures/docs/a/1.png"),
        ("docs/a.markdown", "docs/out", "out/a.markdown/1.png"),
        ("docs/a.md", "", "assets/out/a/1.png"),
        ("docs/한글 쪽.md", "docs/out", "out/%ED%95%9C%EA%B8%80%20%EC%AA%BD/1.png"),
        ("../other/a.md", "docs/out", "assets/out/a/1.png"),
    ],
)
def test_the_file_of_a_figure_follows_from_its_page(
    tmp_path: Path, page: str, figures: str, target: str
) -> None:
    root = tmp_path / "project"
    gallery = PictureFiles(
        page, (root / page).resolve(), Config(root, pages=("docs",), figures=figures)
    )
    assert gallery.draw(Figure(b"", "png")) == Picture(target, "figure 1")
    assert gallery.draw(Figure(b"", "svg")).target == target.replace("1.png", "2.svg")


@pytest.mark.parametrize(
    ("page", "figures", "folder"),
    [
        ("docs/a.md", "docs/assets/out", "docs/assets/out/a"),
        ("README.md", "docs/assets/out", "docs/assets/out/_/README"),
        ("a.md", "assets/out", "assets/out/a"),
        ("a.md", "img", "img/a"),
        ("notes/a.md", ".", "notes/a"),
    ],
)
@pytest.mark.parametrize("configured", [(), (".",), ("**/*.md",)])
def test_the_folder_is_short_where_pages_are_anywhere(
    tmp_path: Path, page: str, figures: str, folder: str, configured: tuple[str, ...]
) -> None:
    config = Config(tmp_path, pages=configured, figures=figures)
    assert folder_of(page, tmp_path / page, config) == tmp_path / folder


NAMES = st.sampled_from(
    ["a", "README", "index", "docs", "assets", "out", "_", "__", "1.png", "1.png_", "a.md"]
)
PAGES = st.builds(
    lambda folders, name, ending: "/".join([*folders, name + ending]),
    st.lists(NAMES, max_size=3),
    NAMES,
    st.sampled_from([".md", ".markdown", ".md.markdown"]),
)


@given(
    pages=st.sets(PAGES, min_size=2, max_size=30),
    figures=st.sampled_from(["docs/assets/out", "assets/out", "out", "docs", "."]),
    configured=st.sampled_from([(), (".",), ("docs",), ("README.md", "docs"), ("**/*.md",)]),
)
@example({"README.md", "docs/README.md"}, "docs/assets/out", (".",))
@example({"docs.md", "docs/docs.md"}, "docs/assets/out", ("docs",))
@example({"docs/index.md", "docs/assets/index.md"}, "docs/assets/out", ("docs",))
@example({"a.md", "a/1.png.md"}, "out", ("a.md", "a"))
def test_no_two_pages_share_a_folder(
    pages: set[str], figures: str, configured: tuple[str, ...]
) -> None:
    """Nor does one have its folder where the other has a figure."""
    root = Path("/project")
    config = Config(root, pages=configured, figures=figures)
    folders = [folder_of(page, root / page, config) for page in pages]
    assert len(set(folders)) == len(pages)
    taken = {folder / name for folder in folders for name in ("1.png", "1.svg")}
    assert not taken & {above for folder in folders for above in (folder, *folder.parents)}


@pytest.fixture
def gallery(folder: Folder) -> PictureFiles:
    """The gallery of ``page.md``, which showed two red pictures up to now."""
    page = folder.write("page.md", "")
    for name in ("1.png", "2.png", "7.svg", "mine.png"):
        folder.write(f"assets/out/page/{name}", "").write_bytes(png("red"))
    assert folder_of("page.md", page, Config(folder.root)) == folder.root / "assets/out/page"
    return PictureFiles("page.md", page, Config(folder.root))


def test_a_figure_agrees_with_the_one_that_looks_the_same_at_its_address(
    gallery: PictureFiles,
) -> None:
    first = gallery.draw(Figure(png("red", level=0), "png"))
    second = gallery.draw(Figure(png("blue"), "png"))
    assert gallery.agree(Picture(first.target, "in the author's words"), first)
    assert not gallery.agree(second, second)
    assert not gallery.agree(Picture("other.png"), first)


def test_new_figures_are_written_and_leftovers_removed(
    gallery: PictureFiles, folder: Folder
) -> None:
    kept, drawn = (gallery.draw(Figure(png(color), "png")) for color in ("red", "blue"))
    gallery.keep([kept, Printed("text")])
    gallery.add([drawn, Printed("text")])
    figures = folder.root / "assets/out/page"
    assert gallery.files() == {figures / "2.png": png("blue"), figures / "7.svg": None}


def test_what_is_read_is_what_will_be_written(gallery: PictureFiles) -> None:
    kept, drawn = (gallery.draw(Figure(png(color), "png")) for color in ("blue", "blue"))
    gallery.keep([kept])
    gallery.add([drawn])
    assert gallery.read(kept) == png("red"), "as on disk"
    assert gallery.read(drawn) == png("blue")
    assert gallery.read(Picture("nowhere.png")) == b""


def test_a_picture_inside_a_page_agrees_with_what_looks_the_same_and_needs_no_file() -> None:
    inside = EmbeddedPictures()
    first, again, other = (
        inside.draw(Figure(data, "png")) for data in (png("red"), png("red", level=0), png("blue"))
    )
    assert first != again
    assert inside.agree(first, again)
    assert not inside.agree(first, other)
    inside.keep([first])
    inside.add([other])
    assert (inside.files(), inside.read(other)) == ({}, b"")


@pytest.mark.parametrize("kind", ["pipe", "folder", "link", "long", "null"])
def test_what_a_page_links_to_is_read_only_if_it_is_a_file_of_the_project(
    kind: str, folder: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Anybody may have written the link: no wait, no failure, nothing of others."""
    page, place = folder.write("page.md", ""), folder.root / "picture"
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.png"
    secret.write_bytes(png("red"))
    match kind:
        case "pipe":
            os.mkfifo(place)
        case "folder":
            place.mkdir()
        case "link":
            place.symlink_to(secret)
    target = {"long": "x" * 5000, "null": "a%00b"}.get(kind, "picture")
    gallery = PictureFiles("page.md", page, Config(folder.root))
    assert gallery.read(Picture(target)) == b""
