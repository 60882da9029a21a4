"""Tables read well on a site with stock Material and the plugin: everywhere, in both palettes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.mkdocs_build import build

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

SITE = """\
site_name: Stock
use_directory_urls: false
theme:
  name: material
  font: false
  palette:
    - media: "(prefers-color-scheme: light)"
      scheme: default
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
plugins: [codeout]
"""
CELLS = "".join(f"<td>value{number}</td>" for number in range(20))
ROWS = f"<tbody><tr><th>0</th>{CELLS}</tr><tr><th>1</th>{CELLS}</tr></tbody>"
TABLES = {
    "pandas": f'<div> <table class="dataframe"> <thead> <tr style="text-align:right"> <th></th>'
    f"<th>a</th> </tr> </thead> {ROWS} </table> <p>2 rows</p> </div>",
    "polars": f'<div> <small>shape: (2, 20)</small><table class="dataframe"><thead><tr>'
    f"<th>a</th></tr><tr><td>str</td></tr></thead>{ROWS}</table></div>",
    "great_tables": f'<div style=""> <table class=""> <thead> <tr> <td colspan="2">A title</td>'
    f' </tr> <tr> <th style="text-align:right" scope="col">a</th> </tr> </thead> {ROWS} </table>'
    "</div>",
    "styler": "<table> <thead> <tr> <th>a</th> </tr> </thead> <tbody> <tr>"
    ' <td style="background-color:lightgreen">light</td>'
    ' <td style="background-color:#023858;color:#f1f1f1">dark</td> </tr> </tbody> </table>',
}
WIDTHS = {390: "phone", 1440: "desktop"}
DATA = ["pandas", "polars", "great_tables"]
COLORS = """
    element => {
        const values = text => text.match(/[\\d.]+/g).map(Number);
        const clear = color => values(color)[3] === 0;
        let behind = element;
        while (clear(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
        const colors = [element, behind].map(getComputedStyle);
        return [values(colors[0].color), values(colors[1].backgroundColor)];
    }
"""


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a site with a table of each kind, as `codeout run` writes it."""
    root = tmp_path_factory.mktemp("stock")
    tables = "\n\n".join(
        f'<div class="codeout-html" id="{name}">{table}</div>' for name, table in TABLES.items()
    )
    (root / "docs").mkdir()
    (root / "docs" / "index.md").write_text(f"# Tables\n\n{tables}\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text(SITE, encoding="utf-8")
    (root / "pyproject.toml").write_text('[tool.codeout]\npages = ["docs"]\n', encoding="utf-8")
    build(root)
    return root / "site" / "index.html"


@pytest.fixture(params=WIDTHS, ids=WIDTHS.values())
def width(request: pytest.FixtureRequest) -> int:
    """How wide a screen is."""
    return int(request.param)


@pytest.fixture(params=["light", "dark"])
def screen(
    request: pytest.FixtureRequest, width: int, browser: Browser, stock: Path
) -> Iterator[Page]:
    """A screen that shows the page, in one of the palettes."""
    viewport = {"width": width, "height": 800}
    context = browser.new_context(viewport=viewport, color_scheme=request.param)
    page = context.new_page()
    page.goto(stock.as_uri())
    yield page
    context.close()


@pytest.mark.parametrize("kind", DATA)
def test_cells_can_be_told_apart(screen: Page, kind: str) -> None:
    cell = screen.locator(f"#{kind} tbody td").first
    style = cell.evaluate("e => ({...getComputedStyle(e)})")
    assert float(style["paddingLeft"].removesuffix("px")) >= 4
    assert style["borderBottomStyle"] == "solid"
    assert style["borderBottomColor"] != screen.locator("body").evaluate(
        "e => getComputedStyle(e).backgroundColor"
    )
    assert style["textAlign"] == ("left" if kind == "great_tables" else "right")
    heading = screen.locator(f"#{kind} thead th").last
    assert heading.evaluate("e => getComputedStyle(e).textAlign") == "right"
    assert heading.evaluate("e => getComputedStyle(e).fontWeight") == "700"


@pytest.mark.parametrize("kind", DATA)
def test_a_wide_table_scrolls_alone(screen: Page, width: int, kind: str) -> None:
    box = screen.locator(f"#{kind}")
    assert box.evaluate("e => e.scrollWidth > e.clientWidth")
    assert screen.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("kind", TABLES)
def test_text_stands_out_from_what_is_behind_it(screen: Page, kind: str) -> None:
    cells = screen.locator(f"#{kind} :is(th, td):not(:empty)").all()
    assert min(map(contrast, cells)) >= 4.5


def contrast(cell: Locator) -> float:
    """The ratio of contrast that the guidelines for accessibility define."""
    ours, behind = cell.evaluate(COLORS)
    alpha = ours[3] if len(ours) > 3 else 1
    text = [alpha * a + (1 - alpha) * b for a, b in zip(ours[:3], behind[:3], strict=True)]
    low, high = sorted(map(luminance, (text, behind[:3])))
    return (high + 0.05) / (low + 0.05)


def luminance(color: list[float]) -> float:
    """The relative luminance of a color."""
    parts = [value / 255 for value in color]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
