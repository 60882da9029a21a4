"""What a reader sees: the Python of a page, read from the HTML that the real renderer makes."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import markdown
from codeout.page.layout import Layout
from markdown.blockprocessors import BlockQuoteProcessor
from markdown.extensions.md_in_html import HtmlBlockPreprocessor, HTMLExtractorExtra
from mkdocs.utils.meta import get_data
from pymdownx.snippets import SnippetExtension, SnippetPreprocessor
from pymdownx.superfences import highlight_validator

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from codeout.page.model import Block, Page

_COMMENT = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))", re.DOTALL)  # as browsers understand it
_INCLUDED = ROOT / "tests" / "codeout" / "fuzz" / "included.txt"
PYTHON = ("python", "py", "python3")
_NAMES = (
    "admonition attr_list def_list footnotes md_in_html tables "
    "pymdownx.superfences pymdownx.highlight pymdownx.tabbed pymdownx.details "
    "pymdownx.blocks.admonition pymdownx.blocks.caption pymdownx.blocks.definition "
    "pymdownx.blocks.details pymdownx.blocks.html pymdownx.blocks.tab"
)
EXTENSIONS = _NAMES.split()


class NotRenderedError(Exception):
    """The renderer itself fails on a page, loses its place, or shows the same Python twice."""


def shown(source: bytes) -> list[str]:
    """Return the Python that a reader sees outside the output tabs, in the order of the page.

    Raises:
        NotRenderedError: There is no page to read.
    """
    text = re.sub("\r\n?", "\n", source.decode("utf-8-sig"))
    body, _ = get_data(text)
    md, sources = _renderer()
    sources.clear()
    _reset(md)
    try:
        html_text = md.convert(body)
    except BaseException as error:
        _renderer.cache_clear()  # whatever state it was left in
        if isinstance(error, Exception):
            raise NotRenderedError from error
        raise
    reader = _Reader()
    reader.feed(_COMMENT.sub("", html_text))
    reader.close()
    found = dict(reader.found)
    if len(found) < len(reader.found):
        raise NotRenderedError
    return [sources[number] for number in sorted(found) if not found[number]]


@cache
def _renderer() -> tuple[markdown.Markdown, list[str]]:
    """Make a renderer that leaves a mark where it shows Python, and the list of what it shows."""
    sources: list[str] = []

    def leave_mark(source: str, *_: Any, **__: Any) -> str:
        sources.append(source)
        return f'<div><object data-shown="{len(sources) - 1}"></object></div>'

    fences = [
        {"name": name, "class": name, "format": leave_mark, "validator": highlight_validator}
        for name in {*PYTHON, *map(str.upper, PYTHON), *map(str.capitalize, PYTHON)}
    ]
    fences.insert(
        0, {"name": "*", "class": "", "format": _highlighted, "validator": highlight_validator}
    )
    md = markdown.Markdown(
        extensions=EXTENSIONS,
        extension_configs={
            "pymdownx.superfences": {"custom_fences": fences},
            "pymdownx.highlight": {"pygments_lang_class": True},
            "pymdownx.tabbed": {"alternate_style": True},
        },
    )
    md.parser.blockprocessors.register(_Quotes(md.parser), "quote", 20)
    md.preprocessors.register(_Html(md), "html_block", 20)
    return _including(md), sources


class _Html(HtmlBlockPreprocessor):  # type: ignore[misc]
    """Fails where the finder of HTML forgets its place; what is seen depends on luck then."""

    def run(self, lines: list[str]) -> list[str]:
        """Find HTML, as ever."""
        trial = HTMLExtractorExtra(markdown.Markdown(extensions=["md_in_html"]))
        trial.feed("\n".join(lines))
        if trial.cdata_elem is None and trial.rawdata.count("<", 1):
            raise NotRenderedError
        found: list[str] = super().run(lines)
        return found


class _Quotes(BlockQuoteProcessor):  # type: ignore[misc]
    """Fails where only Python's limit would end blocks in quotes; what is seen depends on it."""

    def test(self, parent: Element, block: str) -> bool:
        """Whether a quote begins, as ever."""
        begins = bool(super().test(parent, block))
        blocks: Any = self.parser.blockprocessors["blocks"]
        if blocks.stack and not begins and self.RE.search(block):
            raise RecursionError
        return begins


class _Parser(HTMLParser):
    """Reads ``<![`` as browsers do: a comment, up to the next ``>``."""

    def parse_html_declaration(self, i: int) -> int:
        """Read what begins with ``<!``."""
        comment = self.rawdata[i : i + 3] == "<!["
        return self.parse_bogus_comment(i) if comment else super().parse_html_declaration(i)


class _Reader(_Parser):
    """Collects the marks, but those in ``<pre>``."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, bool]] = []
        self.pre = 0
        self.stack: list[tuple[str, str]] = []
        self.groups: list[list[str]] = []
        self.places: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        kind = (values.get("class") or "").split(" ")[0]
        if "data-shown" in values and not self.pre:
            self.found.append((int(values["data-shown"] or 0), self.in_output()))
        if tag == "pre":
            self.pre += 1
        if tag in {"div", "label"}:
            self.stack.append((tag, kind))
        if kind == "tabbed-set":
            self.groups.append([])
            self.places.append(-1)
        if tag == "label" and self.groups:
            self.groups[-1].append("")
        if kind == "tabbed-block" and self.groups:
            self.places[-1] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "pre":
            self.pre = max(self.pre - 1, 0)
        if self.stack and self.stack[-1][0] == tag:
            _, kind = self.stack.pop()
            if kind == "tabbed-set":
                self.groups.pop()
                self.places.pop()

    def handle_data(self, data: str) -> None:
        if self.stack and self.stack[-1][0] == "label" and self.groups:
            self.groups[-1][-1] += data

    def in_output(self) -> bool:
        names = Layout()
        for labels, place in zip(self.groups, self.places, strict=True):
            run = place if place < len(labels) else -1  # a tag left open holds other tabs' bodies
            while run > 0 and labels[run] in names.out:
                run -= 1
            if 0 <= run < place and labels[run] in names.code:
                return True
        return False


def codes(page: Page) -> list[str]:
    """The code of the blocks that a reader sees, as the renderer gives it: all of it expanded."""
    return [_expanded(block) for block in page.blocks if not block.directive.hidden]


def _expanded(block: Block) -> str:
    first = re.sub("[\2\3]", "", block.source)
    prefix = first[: len(first) - len(first.lstrip("> \t"))]
    width = len(prefix.expandtabs(4))
    lines = block.code.removesuffix("\n").split("\n")
    if ">" in prefix or re.search(
        "[\2\3]", block.source
    ):  # what is no mark on the page is none in its code
        pairs = zip(lines, re.split("\r\n|\r|\n", block.source)[1:], strict=False)
        lines = [part for line, source in pairs for part in _included(line, source)]
    else:
        lines = _includes().run(lines)
    return "\n".join((" " * width + line).expandtabs(4)[width:] for line in lines)


def _included(line: str, source: str) -> list[str]:
    """What a line of code becomes, which is looked at as it stands on the page."""
    return [line] if _includes().run([source]) == [source] else _includes().run([line])


@dataclass
class Seen(_Parser):
    """What a reader sees of a rendered page.

    Attributes:
        outputs: The text of each element ``pre``.
        around: Tags and words outside these; paragraphs, which comments also make, aside.
    """

    outputs: list[str] = field(default_factory=list)
    around: list[str] = field(default_factory=list)
    _text: str | None = None

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where an element starts."""
        if tag == "pre":
            self._text = ""
        elif self._text is None and tag != "p":
            self.around.append(f"<{tag} {attrs}>")

    def handle_endtag(self, tag: str) -> None:
        """Note where it ends."""
        if tag == "pre" and self._text is not None:
            self.outputs.append(self._text.removesuffix("\n"))
            self._text = None
        elif self._text is None and tag != "p":
            self.around.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Note the words."""
        if self._text is None:
            self.around += data.split()
        else:
            self._text += data


def rendered(source: bytes) -> Seen:
    """What a reader sees of a page, all of it."""
    text = re.sub("\r\n?", "\n", source.decode("utf-8-sig"))
    body, _ = get_data(text)
    seen = Seen()
    seen.feed(_COMMENT.sub("", _reset(_site()).convert(body)))
    seen.close()
    return seen


class _Includes(SnippetPreprocessor):  # type: ignore[misc]
    """Finds a line of text in every file: a site that lacks one is not built."""

    def get_snippet_path(self, path: str) -> str:  # noqa: ARG002
        """Where that line is."""
        return str(_INCLUDED)


@cache
def _site() -> markdown.Markdown:
    """The renderer of a site."""
    fence = {"name": "*", "class": "", "format": _as_it_is, "validator": highlight_validator}
    md = markdown.Markdown(
        extensions=EXTENSIONS,
        extension_configs={
            "pymdownx.superfences": {"custom_fences": [fence]},
            "pymdownx.tabbed": {"alternate_style": True},
        },
    )
    return _including(md)


def _including(md: markdown.Markdown) -> markdown.Markdown:
    """Let a renderer include files, as ``pymdownx.snippets`` does."""
    md.preprocessors.register(_includes(), "snippet", 32)
    return md


def _includes() -> _Includes:
    return _Includes(SnippetExtension().getConfigs(), markdown.Markdown())


def _reset(md: markdown.Markdown) -> markdown.Markdown:
    """Make a renderer as good as new: MkDocs takes a new one for each page."""
    blocks: Any = md.reset().parser.blockprocessors["blocks"]
    blocks.cached_parent = blocks.cached_block = None
    return md


def _as_it_is(source: str, *_: Any, **__: Any) -> str:
    return f"<pre>{html.escape(source)}</pre>"


def _highlighted(source: str, *_: Any, **__: Any) -> str:
    """As SuperFences shows code: where a tag is left open, it is ``div`` that is lost in it."""
    return f"<div>{_as_it_is(source)}</div>"
