"""An MkDocs hook: notebook pages in the site's own clothes.

mkdocs-jupyter sends JupyterLab's whole style sheet and its scripts with every notebook: 620 kB, and
links to content delivery networks. Its HTML is taken apart here and only the content is kept, in
the same elements as on a Markdown page, so that the theme's styles and its copy button apply. Prose
is rendered anew, by the Markdown of the site.
"""

from __future__ import annotations

import json
import logging
import posixpath
import re
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from markdown import Markdown
from markdown.extensions.toc import nest_toc_tokens, unique
from mkdocs.plugins import event_priority
from mkdocs.structure.toc import get_toc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bs4.element import PageElement
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import TableOfContents

_LOG = logging.getLogger("mkdocs.hooks.notebook")
_SOLUTION = '<details class="success"><summary>풀이 · Solution</summary>\n{}\n</details>'


@event_priority(50)  # before the plugins that read the content
def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give a notebook's page the elements of a Markdown page."""
    if not page.file.src_uri.endswith(".ipynb"):
        return html
    soup = BeautifulSoup(html, "html.parser")
    notebook = json.loads(Path(str(page.file.abs_src_path)).read_text(encoding="utf-8"))
    _describe(soup, notebook)
    page.toc = _render_prose(soup, notebook, config)
    marks = _marks(notebook)
    for link in soup.select(".jp-MarkdownOutput a[href*='.md']:not([href*='://'])"):
        link["href"] = _address(str(link["href"]), page, files)
    solutions = {f"cell-id={cell.get('id')}" for cell in _tagged(notebook, "solution")}
    cells = soup.select(".jp-MarkdownCell, .jp-CodeCell[id]")
    parts = (
        (folded, "\n".join(piece for cell in group for piece in _pieces(cell, soup, marks)))
        for folded, group in groupby(cells, lambda cell: cell.get("id") in solutions)
    )
    shown = (_SOLUTION.format(part) if folded else part for folded, part in parts)
    first = (_raw(whole.children) for whole in soup.select(".jp-Notebook"))
    return "\n".join([*chain.from_iterable(first), *shown])


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


def _render_prose(
    soup: BeautifulSoup, notebook: dict[str, Any], config: MkDocsConfig
) -> TableOfContents:
    """Render each cell of prose as the site renders a page, and make one table of contents."""
    md = Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
    removed = _tagged(notebook, "remove-cell")
    sources = (
        _with_attachments(cell)
        for cell in notebook["cells"]
        if cell["cell_type"] == "markdown" and cell not in removed
    )
    tokens: list[dict[str, Any]] = []
    known: set[str] = set()
    for output, source in zip(
        soup.select(".jp-MarkdownCell .jp-MarkdownOutput"), sources, strict=True
    ):
        prose = BeautifulSoup(md.reset().convert(source), "html.parser")
        for token in _all_of(getattr(md, "toc_tokens", [])):
            if heading := prose.find(id=token["id"]):
                token["id"] = unique(token["id"], known)
                _move(heading, token["id"])
            tokens.append(token)
        output.clear()
        output.extend([*prose.contents])
    return get_toc(nest_toc_tokens(tokens))


def _with_attachments(cell: dict[str, Any]) -> str:
    """The Markdown of a cell, with the pictures that it holds in their places."""
    source = "".join(cell["source"])
    for name, bundle in cell.get("attachments", {}).items():
        mime, data = next(iter(bundle.items()))
        names = "|".join(re.escape(each) for each in (quote(name), name))
        pattern = rf"attachment:(?:{names})(?![\w.-])"
        source = re.sub(pattern, f"data:{mime};base64,{''.join(''.join(data).split())}", source)
    return source


def _all_of(tokens: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for token in tokens:
        yield token
        yield from _all_of(token["children"])


def _move(heading: Tag, anchor: str) -> None:
    """Give a heading the address that no other cell has."""
    for link in heading.select(f"[href='#{heading['id']}']"):
        link["href"] = f"#{anchor}"
    heading["id"] = anchor


def _address(link: str, page: Page, files: Files) -> str:
    """Where a link to a page's source leads on the site, as MkDocs does for Markdown pages."""
    path, mark, anchor = link.partition("#")
    target = posixpath.normpath(posixpath.join("/", posixpath.dirname(page.file.src_uri), path))
    file = files.get_file_from_path(target.lstrip("/"))
    if file is None:
        _LOG.warning("%s links to %s, and there is no such page", page.file.src_uri, link)
        return link
    return file.url_relative_to(page.file) + mark + anchor


def _marks(notebook: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """What stands before and after the outputs of each cell, for the notes of codeout's plugin."""
    marks = {}
    for number, cell in enumerate(notebook["cells"], start=1):
        failed = any(output["output_type"] == "error" for output in cell.get("outputs", ()))
        error = f"<!-- codeout-error cell {number} -->" if failed else ""
        marks[f"cell-id={cell.get('id')}"] = error, f"<!-- codeout-made cell {number} -->"
    return marks


def _pieces(cell: Tag, soup: BeautifulSoup, marks: dict[str, tuple[str, str]]) -> list[str]:
    if prose := cell.select_one(".jp-MarkdownOutput"):
        return [prose.decode_contents(), *_raw(cell.next_siblings)]
    code = [_code(pre, "python", soup) for pre in cell.select(".highlight-ipynb pre")]
    outputs = [_output(output, soup) for output in cell.select(".jp-OutputArea-output")]
    before, after = marks.get(str(cell.get("id")), ("", ""))
    outputs = [before, *outputs, after] if outputs else []
    body = f'<div class="notebook-out">{"".join(outputs)}</div>' if outputs else ""
    return [*code, body, *_raw(cell.next_siblings)]


def _raw(nodes: Iterable[PageElement]) -> Iterator[str]:
    """The raw cells before the next other cell that are HTML; they have no element of their own."""
    for node in nodes:
        if isinstance(node, Tag) and "jp-Cell" in node.get_attribute_list("class"):
            return
        if isinstance(node, Tag):
            yield node.decode()
        elif isinstance(node, NavigableString):
            yield node.output_ready()


def _code(pre: Tag, language: str, soup: BeautifulSoup) -> str:
    """A block as SuperFences writes it, with ``code`` where Material's copy button looks for it."""
    code = soup.new_tag("code")
    code.extend([*pre.contents])
    pre.append(code)
    return f'<div class="language-{language} highlight">{pre}</div>'


def _output(output: Tag, soup: BeautifulSoup) -> str:
    if image := output.select_one("img"):
        return f"<p>{image}</p>"
    if "jp-RenderedHTML" in output.get_attribute_list("class"):
        return f'<div class="codeout-html">{output.decode_contents()}</div>'
    return "".join(_code(pre, "text", soup) for pre in output.select("pre"))
