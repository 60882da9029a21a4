"""Rendering of a page with marks at its fences, tabs and comments.

Python-Markdown keeps no line numbers. So the lines get marks before they are rendered, and the
marks are read back from the HTML.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from codeout.page.guarded_markdown import Failure, RenderError, blocks_that_end, html_in_place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from xml.etree.ElementTree import Element

    from markdown import Markdown

    from codeout.page.fences import Fence

MARK: Final = re.compile("\ue000(?P<kind>[a-z])(?P<line>[0-9]+)\ue001")
"""The mark of something on a line: its kind, and the index of the line."""

FENCE: Final = "\ue000fence"
"""The attribute of the element that replaces a fence; its value is the index of the fence."""

TAB: Final = re.compile(r'===(?:\+|\+!|!\+|!)? +"(?P<label>.*?)" *$')
"""The header of a tab."""

_COMMENT: Final = re.compile("<!--(?!-?>)")
_MARKED: Final = re.compile("[<\x02\ue000]")
_PLAIN: Final = re.compile("(?:[^\\W_]|[ \ue000\ue001])+")
_NAMES: Final = (
    "admonition attr_list def_list footnotes md_in_html tables pymdownx.superfences "
    "pymdownx.highlight pymdownx.tabbed pymdownx.details"
)
_OF_BLOCKS: Final = (
    "pymdownx.blocks.admonition pymdownx.blocks.caption pymdownx.blocks.definition "
    "pymdownx.blocks.details pymdownx.blocks.html pymdownx.blocks.tab"
)
_BLOCK: Final = "///"


def render_marked(
    lines: Sequence[str], fences: Sequence[Fence], add_marks: Callable[[int, str], str]
) -> str:
    """Render a page with marks.

    Args:
        lines: The lines of the page, without endings, tabs expanded.
        fences: The fences of the page.
        add_marks: Returns a line with its marks; is given the index of the line, too.

    Returns:
        The HTML; empty if there is nothing to mark.

    Raises:
        RenderError: Python-Markdown, or an extension, raises an exception or loses its place.
    """
    texts = {index: add_marks(index, line) for index, line in enumerate(lines)}
    if not fences and all(not MARK.search(text) for text in texts.values()):
        return ""
    md = _renderer(blocks=any(_BLOCK in text for text in texts.values()))
    md.reset()
    try:
        _replace_fences(md, texts, lines, fences)
        while texts and not next(iter(texts.values())):  # as MkDocs does
            del texts[next(iter(texts))]
        return str(md.convert("\n".join([*texts.values(), "", ""])))
    except RenderError as error:
        (failure,) = error.args
        raise RenderError(replace(failure, line=list(texts)[failure.line])) from error
    except Exception as error:
        _renderer.cache_clear()  # its state is unknown
        raise RenderError(Failure(f"{type(error).__name__}: {error}")) from error


def mark_structure(index: int, line: str) -> str:
    """Add marks to the comments (``c``) of a line, and to the label of its tab (``t``)."""
    text = _COMMENT.sub(f"<!--{mark_of('c', index)}", drop_marks(line))
    if "===" in text and (match := TAB.search(text)):
        at = match.start("label")
        text = f"{text[:at]}{mark_of('t', index)}{text[at:]}"
    return text


def mark_of(kind: str, index: int) -> str:
    """The mark of something on a line."""
    return f"\ue000{kind}{index}\ue001"


def drop_marks(line: str) -> str:
    """Replace the characters that our marks start with."""
    return line.replace("\ue000", "\ue002")


def _replace_fences(
    md: Markdown, texts: dict[int, str], lines: Sequence[str], fences: Sequence[Fence]
) -> None:
    """Replace each fence by an element, as SuperFences replaces it by highlighted code."""
    stash = md.preprocessors["fenced_code_block"].extension.stash
    for index, fence in enumerate(fences):
        placeholder = md.htmlStash.store(f'<div><object {FENCE}="{index}"></object></div>')
        held = range(fence.start, fence.end + 1)
        original = "\n".join(drop_marks(lines[at]) for at in held)
        stash.store(placeholder[1:-1], original, len(fence.prefix))
        texts[fence.start] = fence.prefix + placeholder
        for at in held[1:]:
            del texts[at]


@cache
def _renderer(*, blocks: bool) -> Markdown:
    """Python-Markdown, without the steps that we do ourselves and those that we do not need.

    Args:
        blocks: Whether there may be blocks of pymdown-extensions: few pages have some, and all
            would wait for what these load.
    """
    from markdown import Markdown
    from markdown.treeprocessors import Treeprocessor
    from markdown.util import AtomicString
    from pymdownx.superfences import SuperFencesBlockPreprocessor

    class FencesInPlace(SuperFencesBlockPreprocessor):  # type: ignore[misc]
        """Finds no fences, as they are found before; extensions ask it for the source of fences."""

        def run(self, lines: list[str]) -> list[str]:
            return lines

    class Pruning(Treeprocessor):  # type: ignore[misc]
        """Drops inline text without marks: rendering it would take most of the time.

        Text of words and marks alone, as in most labels of tabs, is what it would be rendered to.
        """

        def run(self, root: Element) -> None:
            for element in root.iter():
                text = _if_marked(element.text)
                element.text = AtomicString(text) if text and _PLAIN.fullmatch(text) else text
                element.tail = _if_marked(element.tail)

    settings: Mapping[str, Any] = {"pymdownx.tabbed": {"alternate_style": True}}
    more = [blocks_that_end(), *_OF_BLOCKS.split()] if blocks else []
    md = Markdown(extensions=[*more, *_NAMES.split()], extension_configs=settings)
    md.treeprocessors.register(Pruning(md), "codeout", 21)  # right before the inline patterns
    md.preprocessors.deregister("normalize_whitespace")
    md.preprocessors.register(html_in_place(md), "html_block", 20)
    fences = FencesInPlace(md)
    fences.extension = md.preprocessors["fenced_code_block"].extension
    md.preprocessors.register(fences, "fenced_code_block", 25)
    return md


def _if_marked(text: str | None) -> str | None:
    return text if text and _MARKED.search(text) else ""
