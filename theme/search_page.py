"""What the search knows of a page, read from its HTML: its sections, with the text of each.

Texts are kept by language. What programs print stays out, but for messages of errors: readers paste
those. A message may also be quoted by code that nobody sees.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

_LEFT_OUT: Final = (
    "nav, svg, hr, input, .headerlink, .bitext-dot, .tabbed-labels, .term-places, .md-source-file,"
    " .md-content__button, [data-search-exclude], [class^=codeout-]"
)
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS: Final = _HEADINGS | {
    *("blockquote", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "li", "ol"),
    *("p", "pre", "summary", "table", "td", "th", "tr", "ul"),
}
_ENTRIES: Final = frozenset({"li", "tr"})
_NO_SECTION: Final = "references"
_HANGUL: Final = re.compile("[가-힣]")
_MESSAGE: Final = re.compile(
    r"^[^\n]*\b[A-Z]\w*(?:Error|Warning|Exception|Interrupt)\b.*", re.MULTILINE | re.DOTALL
)
_QUOTED: Final = re.compile(r"""(?<![\w\])])(['"])(\w(?:(?!\1)[^\n\\]){11,})\1""")


@dataclass(slots=True)
class Section:
    """A section of a page: from a heading to the next one.

    Attributes:
        id: The anchor of its heading; empty for the top of the page.
        title: Its heading by language; ``""`` for what is in neither or in both.
        text: Its text by language, a line for each block.
        code: Its code.
        said: The messages that it quotes.
        about: What lists of pages say of its page; read from those.
        links: What it says of other pages: their addresses, each with its text.
    """

    id: str = ""
    title: dict[str, str] = field(default_factory=dict)
    text: dict[str, str] = field(default_factory=dict)
    code: str = ""
    said: str = ""
    about: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)


@lru_cache(256)  # pages: a server of the site makes the index again at each save
def read_page(html: str) -> dict[str, Any] | None:
    """Read a page of the built site.

    Args:
        html: Its HTML.

    Returns:
        Its weight and its sections, of which the first has the title of the page; None if it has no
        article.
    """
    tree = LexborHTMLParser(html)
    article = tree.css_first("article")
    if article is None:
        return None
    boost = tree.css_first("meta[name=search-boost]")
    for node in article.css(_LEFT_OUT):
        node.decompose()
    reader = _Reader()
    reader.read(article, "")
    sections = [asdict(_tidy(section)) for section in reader.sections if section.id != _NO_SECTION]
    weight = float(boost.attributes.get("content") or 1) if boost else 1.0
    return {"weight": weight, "sections": sections}


class _Reader:
    """Walks through an article and puts its texts into sections."""

    def __init__(self) -> None:
        self.sections = [Section()]

    def read(self, node: LexborNode, language: str) -> None:
        language = node.attributes.get("lang") or language
        if node.tag in _HEADINGS:
            self._open(node, language)
        elif node.tag == "pre":
            self._read_code(node)
        elif node.tag in _ENTRIES and (address := _leads_to(node)):
            self.sections[-1].links.append((address, _line(node)))
        else:
            self._read_block(node, language)

    def _open(self, heading: LexborNode, language: str) -> None:
        top = heading.tag == "h1" and not self.sections[0].title
        section = self.sections[0] if top else Section(heading.attributes.get("id") or "")
        if not top:
            self.sections.append(section)
        for text, spoken in _texts(heading, language):
            _add(section.title, spoken, text)

    def _read_block(self, node: LexborNode, language: str) -> None:
        for child in _children(node):
            if child.tag == "-text":
                self._add(child.text_content or "", language)
            elif child.tag == "-comment":
                self._read_hidden(child.comment_content or "")
            elif child.is_element_node:
                self.read(child, language)
        if node.tag in _BLOCKS:
            for spoken in self.sections[-1].text:
                self.sections[-1].text[spoken] += "\n"

    def _add(self, text: str, language: str) -> None:
        _add(self.sections[-1].text, language or _guess(text), re.sub(r"\s+", " ", text))

    def _read_code(self, node: LexborNode) -> None:
        code = node.text()
        highlighted = node.parent.attributes.get("class") or "" if node.parent else ""
        if "language-text" not in highlighted:
            self.sections[-1].code += f"{code}\n"
        elif message := _MESSAGE.search(code):
            self.sections[-1].said += f"{message[0]}\n"

    def _read_hidden(self, comment: str) -> None:
        """What hidden code quotes is a message that the page is about."""
        code = LexborHTMLParser(comment).text() if "<pre>" in comment else ""
        for quoted in _QUOTED.finditer(code):
            if quoted[2].count(" ") > 1:
                self.sections[-1].said += f"{quoted[2]}\n"


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _leads_to(entry: LexborNode) -> str:
    """The address of another page, if an entry of a list of pages begins with a link to it."""
    link = entry.css_first("a[href]")
    if link is None:
        return ""
    address = link.attributes.get("href") or ""
    is_page = address and not re.search(r"#|^\w+:", address)
    return address if is_page and _line(entry).startswith(_line(link)) else ""


def _line(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())


def _texts(node: LexborNode, language: str) -> Iterator[tuple[str, str]]:
    """Yield the texts in an element, each with its language."""
    for child in _children(node):
        if child.tag == "-text":
            yield child.text_content or "", language
        elif child.is_element_node:
            yield from _texts(child, child.attributes.get("lang") or language)


def _guess(text: str) -> str:
    return "ko" if _HANGUL.search(text) else "en"


def _add(texts: dict[str, str], language: str, text: str) -> None:
    if text.strip() or language in texts:
        texts[language] = texts.get(language, "") + text


def _tidy(section: Section) -> Section:
    """A section without empty lines; what stands before a title in two languages is in both."""
    before = section.title.pop("", "")
    titles = {spoken: f"{before}{title}" for spoken, title in section.title.items()}
    section.title = {
        spoken: " ".join(title.split())
        for spoken, title in (titles or {_guess(before): before}).items()
    }
    section.text = {spoken: _lines(text) for spoken, text in section.text.items() if text.strip()}
    section.code = "\n".join(line.rstrip() for line in section.code.split("\n") if line.strip())
    section.said = _lines(section.said)
    return section


def _lines(text: str) -> str:
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
