"""Figures: a file each, numbered by page, rewritten only where they look different."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from codeout.config.settings import Config
from codeout.output.figures import EmbeddedPictures, PictureFiles, folder_of
from codeout.output.model import Figure
from codeout.output.shown import Picture, Printed
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

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
        ("README.md", "docs/assets/out", "docs/assets/out/README/1.png"),
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
    gallery = PictureFiles(page, (root / page).resolve(), Config(root, figures=figures))
    assert gallery.draw(Figure(b"", "png")) == Picture(target, "figure 1")
    assert gallery.draw(Figure(b"", "svg")).target == target.replace("1.png", "2.svg")


def test_no_two_pages_share_a_folder(tmp_path: Path) -> None:
    config = Config(tmp_path, pages=("README.md", "docs"), figures="docs/assets/out")
    pages = ("README.md", "docs/README.md", "docs/README.markdown")
    assert len({folder_of(page, tmp_path / page, config) for page in pages}) == 3


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
