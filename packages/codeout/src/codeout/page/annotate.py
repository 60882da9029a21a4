"""A page as Python-Markdown renders it, with marks where its fences, tabs and comments stand.

Python-Markdown does not say on which line a thing stood. So the lines get marks before they are
rendered, and what holds them can be read from the HTML.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from codeout.page.renderer import AstrayError, Failure, blocks_that_end, html_in_place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from xml.etree.ElementTree import Element

    from markdown import Markdown

    from codeout.page.fences import Fence

MARK: Final = re.compile("\ue000(?P<kind>[ct])(?P<line>[0-9]+)\ue001")
"""Where a comment (``c``) or the label of a tab (``t``) starts, by the index of its line."""

FENCE: Final = "\ue000fence"
"""The attribute of an element that stands for a fence, by its index; no page can hold it."""

TAB: Final = re.compile(r'===(?:\+|\+!|!\+|!)? +"(?P<label>.*?)" *$')
"""The header of a tab."""

_COMMENT: Final = re.compile("<!--(?!-?>)")
_MATTERS: Final = re.compile("[<\x02\ue000]")
_NAMES: Final = (
    "admonition attr_list def_list footnotes md_in_html tables pymdownx.superfences "
    "pymdownx.highlight pymdownx.tabbed pymdownx.details pymdownx.blocks.admonition "
    "pymdownx.blocks.caption pymdownx.blocks.definition pymdownx.blocks.details "
    "pymdownx.blocks.html pymdownx.blocks.tab"
)


def render_marked(lines: Sequence[str], fences: Sequence[Fence]) -> str:
    """Render a page with marks in it; empty where nothing is to be marked.

    Args:
        lines: The page, without line endings, tabs expanded.
        fences: Its fences.

    Raises:
        AstrayError: Python-Markdown, or an extension, raises an exception or loses its place.
    """
    texts = {index: _marked(index, line) for index, line in enumerate(lines)}
    if not fences and all(MARK.search(text) is None for text in texts.values()):
        return ""
    md = _renderer()
    md.reset()
    try:
        _stash(md, texts, lines, fences)
        while texts and not next(iter(texts.values())):  # as MkDocs does, front matter or not
            del texts[next(iter(texts))]
        return str(md.convert("\n".join([*texts.values(), "", ""])))
    except AstrayError as error:
        (failure,) = error.args
        raise AstrayError(replace(failure, line=list(texts)[failure.line])) from error
    except Exception as error:
        _renderer.cache_clear()  # whatever state it was left in
        raise AstrayError(Failure(f"{type(error).__name__}: {error}")) from error


def _marked(index: int, line: str) -> str:
    """A line with marks for a tab and for comments."""
    text = _COMMENT.sub(f"<!--\ue000c{index}\ue001", _unmarked(line))
    if "===" in text and (match := TAB.search(text)):
        at = match.start("label")
        text = f"{text[:at]}\ue000t{index}\ue001{text[at:]}"
    return text


def _unmarked(line: str) -> str:
    """A line in which nothing looks like a mark of ours."""
    return line.replace("\ue000", "\ue002")


def _stash(
    md: Markdown, texts: dict[int, str], lines: Sequence[str], fences: Sequence[Fence]
) -> None:
    """Put an element in the place of each fence, as SuperFences does with what it highlights."""
    stash = md.preprocessors["fenced_code_block"].extension.stash
    for index, fence in enumerate(fences):
        placeholder = md.htmlStash.store(f'<div><object {FENCE}="{index}"></object></div>')
        held = range(fence.start, fence.end + 1)
        original = "\n".join(_unmarked(lines[at]) for at in held)
        stash.store(placeholder[1:-1], original, len(fence.prefix))
        texts[fence.start] = fence.prefix + placeholder
        for at in held[1:]:
            del texts[at]


@cache
def _renderer() -> Markdown:
    """Python-Markdown, without what was done to the lines before, and what readers do not see."""
    from markdown import Markdown
    from markdown.treeprocessors import Treeprocessor
    from pymdownx.superfences import SuperFencesBlockPreprocessor

    class FencesInPlace(SuperFencesBlockPreprocessor):  # type: ignore[misc]
        """Finds no fences, for they were found before; extensions ask it for their source."""

        def run(self, lines: list[str]) -> list[str]:
            return lines

    class Pruning(Treeprocessor):  # type: ignore[misc]
        """Drops inline text that holds nothing to be found: it takes most of the time."""

        def run(self, root: Element) -> None:
            for element in root.iter():
                element.text = _what_matters(element.text)
                element.tail = _what_matters(element.tail)

    settings: Mapping[str, Any] = {"pymdownx.tabbed": {"alternate_style": True}}
    md = Markdown(extensions=[blocks_that_end(), *_NAMES.split()], extension_configs=settings)
    md.treeprocessors.register(Pruning(md), "codeout", 21)  # right before the inline patterns
    md.preprocessors.deregister("normalize_whitespace")
    md.preprocessors.register(html_in_place(md), "html_block", 20)
    fences = FencesInPlace(md)
    fences.extension = md.preprocessors["fenced_code_block"].extension
    md.preprocessors.register(fences, "fenced_code_block", 25)
    return md


def _what_matters(text: str | None) -> str | None:
    return text if text and _MATTERS.search(text) else ""
