"""Pages as blocks: Markdown files, the Markdown cells of notebooks, the titles of a navigation."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bitext.inline import hangul_words
from bitext.model import Block, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOTEBOOK_SUFFIX = ".ipynb"
PAGE_SUFFIXES = (".md", NOTEBOOK_SUFFIX)
CONFIG_SUFFIXES = (".yml", ".yaml")

_NAV = re.compile(r"^nav:[^\n]*\n(?P<entries>(?:[ \t#-][^\n]*\n|\n)*)", re.MULTILINE)
_ENTRY = re.compile(r"""\s*-\s+(?P<quote>["']?)(?P<title>.+?)(?P=quote)\s*:(?:\s|$)""")


class PageError(Exception):
    """A page cannot be read or parsed."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Attributes:
        path: Its path, as given by the caller.
        sections: Its blocks. The cells of a notebook are sections; a pair lies within one.
        front: The lines of its front matter.
        cells: For each Markdown cell of a notebook, its number and the number of lines before it,
            counting the lines of Markdown cells only.
    """

    path: str
    sections: tuple[tuple[Block, ...], ...]
    front: tuple[Block, ...] = ()
    cells: tuple[tuple[int, int], ...] = ()

    def locate(self, line: int) -> str:
        """Format the location of a line: ``page.md:3`` or ``page.ipynb: cell 2, line 1``."""
        if not self.cells:
            return f"{self.path}:{line}"
        cell, before = self.cells[bisect_right(self.cells, line - 1, key=lambda each: each[1]) - 1]
        return f"{self.path}: cell {cell}, line {line - before}"

    def blocks(self) -> Iterator[Block]:
        """Yield all blocks in order, outer blocks before those inside."""
        for section in self.sections:
            for block in section:
                yield from block.walk()

    @property
    def is_bilingual(self) -> bool:
        """Whether it has any Korean outside of code."""
        return any(hangul_words(block.text) for block in self.blocks())


def load(path: Path) -> Page:
    """Read a page from its file.

    Args:
        path: A Markdown file, a notebook, or the configuration of MkDocs.

    Raises:
        PageError: The file cannot be read or parsed.
    """
    try:
        text = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise PageError(f"{path}: {error}") from error
    name = path.as_posix()
    if path.suffix == NOTEBOOK_SUFFIX:
        return _notebook(name, text)
    if path.suffix in CONFIG_SUFFIXES:
        return Page(name, (tuple(_navigation(text)),))
    from bitext.parser import front_matter, read_blocks  # loads Python-Markdown

    return Page(name, (read_blocks(text),), tuple(front_matter(text)))


def _notebook(path: str, text: str) -> Page:
    from bitext.parser import read_blocks  # loads Python-Markdown

    sections, cells, before = [], [], 0
    try:
        for number, cell in enumerate(json.loads(text)["cells"], 1):
            if cell["cell_type"] == "markdown":
                source = "".join(cell["source"])
                sections.append(read_blocks(source, before + 1))
                cells.append((number, before))
                before += source.count("\n") + 1
    except (ValueError, TypeError, LookupError) as error:
        raise PageError(f"{path}: this is no notebook ({error!r})") from error
    return Page(path, tuple(sections), (), tuple(cells))


def _navigation(text: str) -> Iterator[Block]:
    """Yield the titles under ``nav``; the file may have YAML tags that only MkDocs knows."""
    if found := _NAV.search(text):
        first = text.count("\n", 0, found.start("entries")) + 1
        for number, line in enumerate(found["entries"].split("\n"), first):
            if entry := _ENTRY.match(line):
                yield Block(Kind.TITLE, entry["title"], number)
