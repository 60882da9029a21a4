"""A page as the site's own Markdown shows it."""

from __future__ import annotations

import contextlib
import functools
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from codeout.output.markdown import body
from codeout.page.document import fill, parse, render
from markdown import Markdown
from mkdocs.config import load_config

if TYPE_CHECKING:
    from codeout.output.shown import Shown

from tests.support.paths import ROOT

PAGE = b'=== "Code"\n\n    ```python\n    1\n    ```\n\n=== "Out"\n\n    ```\n    ```\n'


@functools.cache
def site_markdown() -> Markdown:
    config = load_config(str(ROOT / "mkdocs.yml"))
    return Markdown(
        extensions=config.markdown_extensions,
        extension_configs=config.mdx_configs,
    )


class Seen(HTMLParser):
    """The elements of a page, with their attributes, and the text in its last ``pre``."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.last = self.words = ""
        self._depth = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, dict(attrs)))
        if tag == "pre":
            self._depth, self.last = self._depth + 1, ""

    def handle_endtag(self, tag: str) -> None:
        """Note the end of an output."""
        self._depth -= tag == "pre"

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.words += data
        if self._depth:
            self.last += data

    def shape(self) -> list[str]:
        """The elements alone, less what numbers lines and what comments make."""
        return [tag for tag, _ in self.elements if tag not in ("span", "a", "p")]


def rendered(shown: Shown) -> Seen:
    """A page of the site with one output."""
    page = parse(PAGE)
    source = render(fill(page, {0: body((shown,), page.slots[0])})).decode()
    with contextlib.chdir(ROOT):  # the site's settings name folders below it
        return Seen(site_markdown().reset().convert(source))
