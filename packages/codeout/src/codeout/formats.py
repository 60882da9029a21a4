"""The ways in which pages are written, chosen by the endings of their names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from codeout.output import markdown as markdown_outputs
from codeout.output import notebook as notebook_outputs
from codeout.output.figures import Gallery, Inside
from codeout.page import document, notebook, snippets
from codeout.page.model import TabNames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from codeout.config.settings import Config
    from codeout.output.figures import Pictures
    from codeout.output.model import Output
    from codeout.output.rendered import Draw, Shown
    from codeout.page.model import Page, Slot


@dataclass(frozen=True, slots=True)
class Format:
    """One way of writing pages, and all that sets it apart from the others.

    Attributes:
        suffixes: What the names of such files end in.
        parse: Takes the bytes of a page apart.
        expand: Puts pieces into the code of a block, where folders of pieces are searched.
        join: Makes one of the outputs that stand as one.
        show: Turns an output into what is shown of it.
        body: Writes what a slot shows.
        read: Reads what a slot shows.
        tell: The lines of a body, for people who compare two.
        pictures: Keeps the pictures of a page: its name, its file, the settings.
        steer: What to do to say a word of steering about a block.
    """

    suffixes: tuple[str, ...]
    parse: Callable[[bytes, str, TabNames], Page]
    expand: Callable[[str, Sequence[Path]], snippets.Expanded]
    join: Callable[[Iterable[Output]], Iterator[Output]]
    show: Callable[[Output, Draw], Shown]
    body: Callable[[Sequence[Shown], Slot], str]
    read: Callable[[Slot], tuple[Shown, ...]]
    tell: Callable[[str, Slot], list[str]]
    pictures: Callable[[str, Path, Config], Pictures]
    steer: str


MARKDOWN: Final = Format(
    suffixes=(".md", ".markdown"),
    parse=document.parse,
    expand=snippets.expand,
    join=markdown_outputs.join,
    show=markdown_outputs.show,
    body=markdown_outputs.body,
    read=markdown_outputs.read,
    tell=markdown_outputs.tell,
    pictures=Gallery,
    steer="write `<!-- codeout: {} -->` before the block",
)
# A notebook is also run by itself, in Jupyter, where nothing puts pieces into its code.
NOTEBOOK: Final = Format(
    suffixes=(".ipynb",),
    parse=notebook.parse,
    expand=lambda code, _: snippets.Expanded(code),
    join=notebook_outputs.join,
    show=notebook_outputs.show,
    body=notebook_outputs.body,
    read=notebook_outputs.read,
    tell=notebook_outputs.tell,
    pictures=lambda *_: Inside(),
    steer="give the cell the tag `codeout:{}`",
)
SUFFIXES: Final = MARKDOWN.suffixes + NOTEBOOK.suffixes
ENDINGS: Final = f"{', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"
"""They, in words."""


def format_of(path: str) -> Format:
    """How the page of a name is written; what has another ending is taken for Markdown."""
    return NOTEBOOK if PurePosixPath(path).suffix in NOTEBOOK.suffixes else MARKDOWN


def parse(source: bytes, path: str = "<page>", tabs: TabNames = TabNames()) -> Page:
    """Take any bytes apart into a page, so that ``render(parse(source)) == source``.

    Args:
        source: The page as it stands in its file.
        path: Where it came from, for messages; its ending says how the page is written.
        tabs: In Markdown, the labels that make a tab a code tab or an output tab.

    Returns:
        The page. Bytes that are not UTF-8, or not a notebook where the path says that they are
        one, make one text and one problem.
    """
    return format_of(path).parse(source, path, tabs)
