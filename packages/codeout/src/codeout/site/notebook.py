"""A notebook as Markdown, so that a site renders it as it renders its pages.

What Markdown has no words for is marked until the page is HTML.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import escape, unescape
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from codeout.errors import ConfigError, describe_oserror, display_path
from codeout.output import markdown
from codeout.output.notebook import read_outputs
from codeout.output.shown import Picture, Printed, Rich
from codeout.page.model import FenceStyle, Slot, SlotKind
from codeout.page.notebook_checks import find_problem
from codeout.page.notebook_parser import language_of
from codeout.page.snippet_syntax import escape_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from codeout.output.shown import Shown

_HIDDEN: Final = "remove-cell"
_FOLDED: Final = "solution"
_CELL: Final = re.compile(r'<div data-codeout-cell="(\d+)"></div>\n?')  # paragraphs end there
_MARK: Final = re.compile(rf"<!-- codeout-[a-z-]+(?: cell \d+)? -->|{_CELL.pattern}")
_PICTURE: Final = re.compile(r'<p><img alt="([^"]*)" src="data:[^"]*" /></p>')
_ATTACHED: Final = re.compile(r"!\[([^\]]*)\]\(data:[^)]*\)")
_BOX: Final = re.compile(r"(</?)(?:details|div|figure|section|table)\b")
_SOLUTION: Final = re.compile(
    r"<!-- codeout-solution -->(.*?)<!-- codeout-solution-end -->", re.DOTALL
)
_OUTPUTS: Final = {
    "<!-- codeout-outputs -->": '<div class="notebook-out">',
    "<!-- codeout-outputs-end -->": "</div>",
}


@dataclass(frozen=True, slots=True)
class ShownNotebook:
    """A notebook that a page of the site shows.

    Attributes:
        path: Its name, for messages.
        markdown: Its cells and their outputs.
    """

    path: str
    markdown: str

    @property
    def plain(self) -> str:
        """Its cells and their outputs without marks, and pictures by their descriptions."""
        text = _PICTURE.sub(lambda found: f"*{unescape(found[1]) or 'figure'}*", self.markdown)
        return _MARK.sub("", _ATTACHED.sub(r"*\1*", text))

    def finish(self, html: str, solution: Callable[[str], str]) -> str:
        """Replace the marks in the HTML of the page.

        Args:
            html: The HTML.
            solution: Makes a solution of the HTML of its cells.

        Raises:
            ConfigError: A cell swallows what comes after it.
        """
        if cell := self._open_cell(html):
            hint = "close it in the cell: on a site, the cells of a notebook are one page"
            raise ConfigError(f"{self.path}: cell {cell}: a fence or HTML has no end", hint)
        for mark, tag in _OUTPUTS.items():
            html = html.replace(mark, tag)
        return _SOLUTION.sub(lambda group: solution(group[1].strip()), _CELL.sub("", html))

    def _open_cell(self, html: str) -> str:
        """The number of the first cell that swallows what comes after it; empty for none."""
        expected, found = (_CELL.findall(text) for text in (self.markdown, html))
        texts = _CELL.split(html)[::2]
        for cell, mark, text in zip_longest(expected, found, texts[: len(expected)]):
            closing = [tag == "</" for tag in _BOX.findall(text)]
            if cell != mark or sum(closing) < len(closing) / 2:
                return str(cell)
        return ""


def read_notebook(file: Path) -> ShownNotebook:
    """Read a notebook.

    Raises:
        ConfigError: It cannot be read, or is no notebook.
    """
    path = display_path(file)
    try:
        text = file.read_bytes().decode("utf-8-sig", "replace")
    except OSError as error:
        hint = "name the notebook that the page shows"
        raise ConfigError(f"{path}: {describe_oserror(error)}", hint) from error
    if problem := find_problem(text, path):
        raise ConfigError(str(problem))
    book = json.loads(text)
    return ShownNotebook(path, "\n\n".join(_pieces(book, language_of(book["metadata"]))) + "\n")


def _pieces(book: dict[str, Any], language: str) -> Iterator[str]:
    """The Markdown of the cells that are shown, in pieces with blank lines between them."""
    numbered = enumerate(book["cells"], start=1)
    cells = [(number, cell) for number, cell in numbered if _HIDDEN not in _tags(cell)]
    for folded, group in groupby(cells, lambda cell: _FOLDED in _tags(cell[1])):
        yield from ["<!-- codeout-solution -->"] if folded else []
        for number, cell in group:
            yield from _cell(number, cell, language)
            yield f'<div data-codeout-cell="{number}"></div>'
        yield from ["<!-- codeout-solution-end -->"] if folded else []


def _tags(cell: dict[str, Any]) -> list[str]:
    found: list[str] = cell.get("metadata", {}).get("tags", [])
    return found


def _cell(number: int, cell: dict[str, Any], language: str) -> Iterator[str]:
    source = "".join(cell.get("source", ()))
    whole = source.encode(errors="replace").decode()  # JSON can hold half a character
    if cell["cell_type"] == "markdown":
        yield _escaped(_with_attachments(whole, cell.get("attachments", {})))
    elif cell["cell_type"] == "raw":
        form = cell.get("metadata", {}).get("raw_mimetype", "")
        yield from [whole] if form in {"", "text/html"} else []
    elif cell["cell_type"] == "code":
        yield from [_fence(whole, language)] if whole.strip() else []
        yield from _outputs(number, cell["outputs"])


def _outputs(number: int, outputs: list[Any]) -> Iterator[str]:
    """The outputs of a cell, with the marks for their notes."""
    if not outputs:
        return
    failed = any(output.get("output_type") == "error" for output in outputs)
    yield "<!-- codeout-outputs -->"
    yield from [f"<!-- codeout-error cell {number} -->"] if failed else []
    yield from map(_output, read_outputs(outputs))
    yield f"<!-- codeout-made cell {number} -->"
    yield "<!-- codeout-outputs-end -->"


def _output(item: Shown) -> str:
    match item:
        case Picture(target, _, extra):
            return f'<p><img alt="{escape(_words(extra))}" src="{target}" /></p>'
        case Rich(html):
            return markdown.rich(html).html
        case Printed(text):
            return _fence(text, "text")


def _words(extra: str) -> str:
    """The description of a picture, in its metadata."""
    for of_mime in (json.loads(extra) if extra else {}).values():
        if isinstance(of_mime, dict) and isinstance(of_mime.get("alt"), str):
            return str(of_mime["alt"])
    return ""


def _fence(text: str, language: str) -> str:
    """A text in a fence, or with its colors."""
    item = markdown.printed(text) if "\x1b" in text else Printed(text.rstrip("\n"))
    slot = Slot("", 0, (), "", style=FenceStyle(info=language), kind=SlotKind.FENCE)
    return markdown.body([item], slot, templates=False).rstrip("\n")


def _escaped(text: str) -> str:
    """Prose in which the snippets extension includes nothing: nor does Jupyter."""
    return "\n".join(escape_mark(line, quoted=False) for line in text.split("\n"))


def _with_attachments(text: str, attachments: dict[str, Any]) -> str:
    """The prose of a cell, with the pictures that it holds in their places."""
    for name, bundle in attachments.items():
        mime, data = next(iter(bundle.items()))
        names = "|".join(re.escape(each) for each in (quote(name), name))
        picture = f"data:{mime};base64,{''.join(''.join(data).split())}"
        text = re.sub(rf"attachment:(?:{names})(?![\w.-])", picture, text)
    return text
