"""The hook in ``theme/figures.py``: figures are smaller, and look the same."""

from __future__ import annotations

from base64 import b64decode, b64encode
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageChops

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from tests.support.folder import Folder


from figures import convert_figures

FIGURES = sorted((ROOT / "docs" / "assets" / "out" / "basics").rglob("*.png"))


def converted(folder: Folder, html: str) -> str:
    page = folder.write("page/index.html", html)
    convert_figures(folder.root)
    return page.read_text(encoding="utf-8")


def test_figures_keep_every_pixel_and_lose_half_their_bytes(folder: Folder) -> None:
    before, after = 0, 0
    for file in FIGURES:
        name = file.relative_to(ROOT / "docs").with_suffix("")
        (folder.root / name).parent.mkdir(parents=True, exist_ok=True)
        (folder.root / f"{name}.png").write_bytes(file.read_bytes())
        shown = converted(folder, f'<img alt="a" src="../{name}.png" />')
        with Image.open(file) as png, Image.open(folder.root / f"{name}.webp") as webp:
            size = f'width="{png.width}" height="{png.height}"'
            assert shown == f'<img alt="a" src="../{name}.webp" {size} />'
            difference = ImageChops.difference(png.convert("RGBA"), webp.convert("RGBA"))
            assert difference.getbbox(alpha_only=False) is None, file
        before += file.stat().st_size
        after += (folder.root / f"{name}.webp").stat().st_size
    assert 0 < after < before / 2


def test_a_figure_of_a_notebook_stays_in_its_page(folder: Folder) -> None:
    file = BytesIO()
    Image.new("RGB", (3, 2), "red").save(file, "PNG")
    data = b64encode(file.getvalue()).decode()
    shown = converted(folder, f'<img src="data:image/png;base64,{data}" width="30">')
    start, end = '<img src="data:image/webp;base64,', '" width="30">'
    assert shown.startswith(start)
    assert shown.endswith(end)
    with Image.open(BytesIO(b64decode(shown[len(start) : -len(end)]))) as image:
        assert image.convert("RGB").getpixel((0, 0)) == (255, 0, 0)


def test_other_images_are_left(folder: Folder) -> None:
    html = '<img src="assets/card.png"><img src="https://a.example/assets/out/1.png"><p>1.png"</p>'
    assert converted(folder, html) == html
