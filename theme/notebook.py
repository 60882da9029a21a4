"""An MkDocs hook: notebook pages in the site's own clothes.

mkdocs-jupyter sends JupyterLab's whole style sheet and its scripts with every notebook: 620 kB, and
links to content delivery networks. Its HTML is taken apart here and only the content is kept, in
the same elements as on a Markdown page, so that the theme's styles and its copy button apply.
"""

from __future__ import annotations

import json
import logging
import posixpath
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from bs4 import Tag
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_LOG = logging.getLogger("mkdocs.hooks.notebook")
_SOLUTION = '<details class="success"><summary>풀이 · Solution</summary>\n{}\n</details>'


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give a notebook's page the elements of a Markdown page."""
    del config
    if not page.file.src_uri.endswith(".ipynb"):
        return html
    soup = BeautifulSoup(html, "html.parser")
    notebook = json.loads(Path(str(page.file.abs_src_path)).read_text(encoding="utf-8"))
    _describe(soup, notebook)
    for link in soup.select(".jp-MarkdownOutput a[href*='.md']:not([href*='://'])"):
        link["href"] = _address(str(link["href"]), page, files)
    solutions = {f"cell-id={cell.get('id')}" for cell in _tagged(notebook, "solution")}
    cells = soup.select(".jp-MarkdownCell, .jp-CodeCell[id]")
    parts = (
        (folded, "\n".join(piece for cell in group for piece in _pieces(cell, soup)))
        for folded, group in groupby(cells, lambda cell: cell.get("id") in solutions)
    )
    return "\n".join(_SOLUTION.format(part) if folded else part for folded, part in parts)


def _tagged(notebook: dict[str, Any], tag: str) -> list[dict[str, Any]]:
    return [cell for cell in notebook["cells"] if tag in cell["metadata"].get("tags", ())]


def _describe(soup: BeautifulSoup, notebook: dict[str, Any]) -> None:
    """Give figures the words that the notebook keeps for them; nbconvert leaves them out."""
    removed = _tagged(notebook, "remove-cell")
    outputs = (
        output
        for cell in notebook["cells"]
        for output in cell.get("outputs", ())
        if cell not in removed and "image/png" in output.get("data", ())
    )
    images = soup.select(".jp-OutputArea-output img[src^='data:image/png']")
    for image, output in zip(images, outputs, strict=True):
        image["alt"] = output.get("metadata", {}).get("image/png", {}).get("alt", "")


def _address(link: str, page: Page, files: Files) -> str:
    """Where a link to a page's source leads on the site, as MkDocs does for Markdown pages."""
    path, mark, anchor = link.partition("#")
    target = posixpath.normpath(posixpath.join("/", posixpath.dirname(page.file.src_uri), path))
    file = files.get_file_from_path(target.lstrip("/"))
    if file is None:
        _LOG.warning("%s links to %s, and there is no such page", page.file.src_uri, link)
        return link
    return file.url_relative_to(page.file) + mark + anchor


def _pieces(cell: Tag, soup: BeautifulSoup) -> list[str]:
    if prose := cell.select_one(".jp-MarkdownOutput"):
        for anchor in prose.select(".anchor-link"):
            anchor["class"] = "headerlink"
        for pre in prose.select(".highlight > pre"):
            _hold(pre, soup)
        return [prose.decode_contents()]
    code = [_code(pre, "python", soup) for pre in cell.select(".highlight-ipynb pre")]
    outputs = [_output(output, soup) for output in cell.select(".jp-OutputArea-output")]
    body = f'<div class="notebook-out">{"".join(outputs)}</div>' if outputs else ""
    return [*code, body]


def _code(pre: Tag, language: str, soup: BeautifulSoup) -> str:
    """A block as SuperFences writes it."""
    _hold(pre, soup)
    return f'<div class="language-{language} highlight">{pre}</div>'


def _hold(pre: Tag, soup: BeautifulSoup) -> None:
    """Put what ``pre`` holds into ``code``, where Material's copy button looks for it."""
    code = soup.new_tag("code")
    code.extend(list(pre.contents))
    pre.append(code)


def _output(output: Tag, soup: BeautifulSoup) -> str:
    if image := output.select_one("img"):
        return f"<p>{image}</p>"
    if "jp-RenderedHTML" in output.get_attribute_list("class"):
        return f'<div class="codeout-html">{output.decode_contents()}</div>'
    return "".join(_code(pre, "text", soup) for pre in output.select("pre"))
