"""The formats of pages, chosen by the suffixes of their names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from codeout.output import docstring as docstring_outputs
from codeout.output import markdown as markdown_outputs
from codeout.output import markdown_reader
from codeout.output import mdx as mdx_outputs
from codeout.output import notebook as notebook_outputs
from codeout.output.figure_files import PictureFiles
from codeout.output.figures import EmbeddedPictures
from codeout.page import docstring_parser, document, notebook_parser, snippets
from codeout.page.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from codeout.config.settings import Config
    from codeout.output.figures import Pictures
    from codeout.output.model import Output
    from codeout.output.shown import Draw, Picture, Shown
    from codeout.page.model import Page, Slot


@dataclass(frozen=True, slots=True)
class Format:
    """A format of pages: the functions that depend on it.

    Attributes:
        suffixes: The suffixes of the names of such pages.
        parse: Parses the bytes of a page; takes its name, and where outputs are.
        expand: Expands the snippets in the code of a block; takes the folders to search.
        join: Joins outputs that are shown as one.
        show: Turns an output into what is shown.
        body: Writes outputs into the body of a slot.
        read: Reads the outputs in a slot.
        foreign: Finds the outputs in a slot that somebody else may have made; takes whether
            codeout made a picture.
        to_lines: The lines of a body, for diffs.
        pictures: Makes the places of figures; takes the name of the page, its file, the settings.
        directive: How to write a directive, for hints.
        imported: Whether pages are modules, which are imported before their blocks run.
        refuses: Why outputs cannot be written into a slot, and what to do; empty if they can.
    """

    suffixes: tuple[str, ...]
    parse: Callable[[bytes, str, Layout], Page]
    expand: Callable[[str, Sequence[Path]], snippets.Expanded]
    join: Callable[[Iterable[Output]], Iterator[Output]]
    show: Callable[[Output, Draw], Shown]
    body: Callable[[Sequence[Shown], Slot], str]
    read: Callable[[Slot], tuple[Shown, ...]]
    foreign: Callable[[Slot, Callable[[Picture], bool]], Iterable[tuple[int, str]]]
    to_lines: Callable[[str, Slot], list[str]]
    pictures: Callable[[str, Path, Config], Pictures]
    directive: str
    imported: bool = False
    refuses: Callable[[Sequence[Shown], Slot], tuple[str, str]] = lambda *_: ("", "")


MARKDOWN: Final = Format(
    suffixes=(".md", ".markdown", ".qmd"),
    parse=document.parse,
    expand=snippets.expand,
    join=markdown_outputs.join,
    show=markdown_outputs.show,
    body=markdown_outputs.body,
    read=markdown_reader.read,
    foreign=markdown_reader.foreign,
    to_lines=markdown_outputs.to_lines,
    pictures=PictureFiles,
    directive="write `<!-- codeout: {} -->` before the block",
)
# A notebook also runs in Jupyter, where snippets are not expanded.
NOTEBOOK: Final = Format(
    suffixes=(".ipynb",),
    parse=notebook_parser.parse,
    expand=lambda code, _: snippets.Expanded(code),
    join=notebook_outputs.join,
    show=notebook_outputs.show,
    body=notebook_outputs.body,
    read=notebook_outputs.read,
    foreign=lambda *_: (),
    to_lines=notebook_outputs.to_lines,
    pictures=lambda *_: EmbeddedPictures(),
    directive="give the cell the tag `codeout:{}`",
)
# The docstrings of a module, whose texts are Markdown.
DOCSTRINGS: Final = replace(
    MARKDOWN,
    suffixes=(".py",),
    parse=docstring_parser.parse,
    body=docstring_outputs.body,
    read=docstring_outputs.read,
    foreign=docstring_outputs.foreign,
    imported=True,
    refuses=docstring_outputs.refuses,
)
# Markdown with JSX for HTML.
MDX: Final = replace(
    MARKDOWN,
    suffixes=(".mdx",),
    join=mdx_outputs.join,
    show=mdx_outputs.show,
    body=mdx_outputs.body,
    refuses=mdx_outputs.refuses,
    directive="write `{{/* codeout: {} */}}` before the block",
)
FORMATS: Final = (MARKDOWN, NOTEBOOK, DOCSTRINGS, MDX)
SUFFIXES: Final = (".md", ".markdown", *NOTEBOOK.suffixes)
"""The suffixes of pages that are found in folders."""
ASKED_SUFFIXES: Final = (*DOCSTRINGS.suffixes, *MDX.suffixes, ".qmd")
"""The suffixes of files that are pages if they are named, alone or by a pattern."""
ENDINGS: Final = f"{', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"
"""The suffixes, for messages."""


def format_of(path: str) -> Format:
    """The format of a page by its name; Markdown for any other suffix."""
    suffix = PurePosixPath(path).suffix
    return next((form for form in FORMATS if suffix in form.suffixes), MARKDOWN)


def parse(source: bytes, path: str = "<page>", layout: Layout = Layout()) -> Page:
    """Parse a page, so that ``render(parse(source)) == source``.

    Args:
        source: The bytes of the page.
        path: The name of the page, for messages; its suffix chooses the format.
        layout: Where outputs are; used in Markdown only.

    Returns:
        The page; one text and one problem if the bytes are not UTF-8, or not a notebook if
        ``path`` is that of one.
    """
    return format_of(path).parse(source, path, layout)
