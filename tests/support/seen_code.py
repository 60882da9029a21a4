"""What a reader sees of the code on a page, read from the HTML of a stock Material site."""

from __future__ import annotations

import dis
import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from markdown import Markdown
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from tests.support.oracle import EXTENSIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bs4.element import Tag

_PYTHON = {"Python", "Python 2.x", "Python console session", "PythonConsole"}
_ACTS = {"IMPORT_NAME", "MAKE_FUNCTION", "LOAD_BUILD_CLASS", "CALL", "CALL_KW"}
_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
_PLAIN = {"", "text", "output", "console"}
_BROKEN_FENCE = re.compile(r"\{?(?P<word>[\w-]+)[^\n]*\n(?P<text>.*)", re.DOTALL)


@dataclass(frozen=True)
class Seen:
    """A heading, words, a picture, a table, or code that a reader sees.

    Attributes:
        kind: ``heading``, ``words``, ``picture``, ``table``, ``python`` (in the eyes of a reader),
            ``plain``, or another language.
        text: What it says; the address of a picture.
        tab: The label of the tab that it is in; may be empty.
        tab_before: The label of the tab before that one; may be empty.
    """

    kind: str
    text: str
    tab: str = ""
    tab_before: str = ""


def seen_code(text: str, folder: Path) -> Iterator[Seen]:
    """Render Markdown, with the files that it includes from a folder, and read it."""
    rendered = Markdown(
        extensions=[*EXTENSIONS, "pymdownx.snippets"],
        extension_configs={
            "pymdownx.highlight": {"pygments_lang_class": True},
            "pymdownx.snippets": {"base_path": [str(folder)], "check_paths": True},
            "pymdownx.tabbed": {"alternate_style": True},
        },
    ).convert(text)
    for element in BeautifulSoup(rendered, "html.parser").find_all(
        [*_HEADINGS, "p", "pre", "code", "img", "table"]
    ):
        if element.name in _HEADINGS:
            yield Seen("heading", element.get_text())
        elif element.name == "img":
            yield Seen("picture", str(element["src"]), *_tabs(element))
        elif element.name == "table":
            yield Seen("table", element.get_text(), *_tabs(element))
        elif element.name == "p":
            own = "".join(text for text in element.find_all(string=True, recursive=False))
            yield from [Seen("words", own.strip(), *_tabs(element))] if own.strip() else []
        elif element.name == "pre":
            text = element.get_text()
            kind = _kind(_language(element))
            kind = "python" if kind == "plain" and acts_as_python(text) else kind
            yield Seen(kind, text, *_tabs(element))
        elif not element.find_parent("pre") and (found := _BROKEN_FENCE.fullmatch(element.text)):
            yield Seen(_kind(found["word"]), found["text"], *_tabs(element))


def acts_as_python(text: str) -> bool:
    """Whether a text, as Python and not as C, imports, defines or calls something."""
    try:
        code = compile(textwrap.dedent(text).strip("\n"), "<text>", "exec")
    except SyntaxError:
        return False
    if text.rstrip().endswith(";"):
        return False
    return bool(_ACTS & {each.opname for each in dis.get_instructions(code)})


def _language(code: Tag) -> str:
    around = [*code.parents, code, *code.find_all("code")]
    classes = [str(name) for each in around for name in each.get_attribute_list("class") if name]
    return next((name[9:] for name in classes if name.startswith("language-")), "")


def _kind(language: str) -> str:
    """The language as readers understand it."""
    try:
        python = get_lexer_by_name(language).name in _PYTHON
    except ClassNotFound:
        python = "python" in language or "code-cell" in language
    if python:
        return "python"
    return "plain" if language in _PLAIN else language


def _tabs(element: Tag) -> tuple[str, str]:
    """The label of the tab that an element is in, and of the one before."""
    block = element.find_parent("div", class_="tabbed-block")
    group = block.find_parent("div", class_="tabbed-set") if block else None
    if not block or not group:
        return "", ""
    named = group.find("div", class_="tabbed-labels")
    labels = [label.get_text() for label in named.find_all("label")] if named else []
    at = len(block.find_previous_siblings("div", class_="tabbed-block"))
    return labels[at], labels[at - 1] if at else ""
