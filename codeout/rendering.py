"""A page as Python-Markdown renders it, with marks where its fences, tabs and comments stand.

Python-Markdown does not say on which line a thing stood. So the lines get marks before they are
rendered, and what holds them can be read from the HTML.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from xml.etree.ElementTree import Element

    from markdown import Extension, Markdown

    from codeout.fence import Fence

MARK: Final = re.compile("\ue000(?P<kind>[ct])(?P<line>[0-9]+)\ue001")
"""Where a comment (``c``) or the label of a tab (``t``) starts, by the index of its line."""

FENCE: Final = "\ue000fence"
"""The attribute of an element that stands for a fence, by its index; no page can hold it."""

TAB: Final = re.compile(r'===(?:\+|\+!|!\+|!)? +"(?P<label>.*?)" *$')
"""The header of a tab."""

_COMMENT: Final = re.compile("<!--(?!-?>)")
_MATTERS: Final = re.compile("[<\x02\ue000]")
_ENDLESS: Final = "a block that begins with `///` does not end"
_NAMES: Final = (
    "admonition attr_list def_list footnotes md_in_html tables pymdownx.superfences "
    "pymdownx.highlight pymdownx.tabbed pymdownx.details pymdownx.blocks.admonition "
    "pymdownx.blocks.caption pymdownx.blocks.definition pymdownx.blocks.details "
    "pymdownx.blocks.html pymdownx.blocks.tab"
)


class RenderingError(Exception):
    """The renderer itself fails on a page."""


def render_marked(lines: Sequence[str], fences: Sequence[Fence]) -> str:
    """Render a page with marks in it; empty where nothing is to be marked.

    Args:
        lines: The page, without line endings, tabs expanded.
        fences: Its fences.

    Raises:
        RenderingError: Python-Markdown, or an extension, raises an exception.
    """
    texts = {index: _marked(index, line) for index, line in enumerate(lines)}
    if not fences and all(MARK.search(text) is None for text in texts.values()):
        return ""
    md = _renderer()
    md.reset()
    try:
        _stash(md, texts, lines, fences)
        text = "\n".join(texts.values()).lstrip("\n")  # as MkDocs does, front matter or not
        return str(md.convert(f"{text}\n\n"))
    except Exception as error:
        _renderer.cache_clear()  # whatever state it was left in
        raise RenderingError(f"{type(error).__name__}: {error}") from error


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
    md = Markdown(extensions=[_blocks_that_end(), *_NAMES.split()], extension_configs=settings)
    md.treeprocessors.register(Pruning(md), "codeout", 21)  # right before the inline patterns
    md.preprocessors.deregister("normalize_whitespace")
    fences = FencesInPlace(md)
    fences.extension = md.preprocessors["fenced_code_block"].extension
    md.preprocessors.register(fences, "fenced_code_block", 25)
    return md


def _blocks_that_end() -> Extension:
    """The manager of blocks of pymdownx, which tells where it would look for an end forever."""
    from markdown.util import nearing_recursion_limit
    from pymdownx.blocks import BlocksMgrExtension, BlocksProcessor, BlocksTreeprocessor

    class BlocksThatEnd(BlocksProcessor):  # type: ignore[misc]
        """Gives up on a block that pymdownx never comes to the end of.

        Text before a block, such as a quote, that holds a block itself makes it forget the first.
        Then it may leave that in its place, again and again, or look for it in itself, ever deeper.
        """

        def _reset(self) -> None:
            super()._reset()
            self.cached_parent = self.cached_block = None  # else the next page would find them

        def test(self, parent: Element, block: str) -> bool:
            if self.stack and nearing_recursion_limit():
                raise RuntimeError(_ENDLESS)
            return bool(super().test(parent, block))

        def run(self, parent: Element, blocks: list[str]) -> None:
            for _ in range(2):  # what was left once may be taken at the next attempt
                before = len(blocks), blocks[0]
                super().run(parent, blocks)
                left = blocks and before == (len(blocks), blocks[0])
                if not left or not self.test(parent, blocks[0]):
                    return
            raise RuntimeError(_ENDLESS)

    class Blocks(BlocksMgrExtension):  # type: ignore[misc]
        """The manager of blocks, which the extensions for them find in place."""

        def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
            super().extendMarkdown(md)
            self.extension = BlocksThatEnd(md.parser, md)
            md.parser.blockprocessors.register(self.extension, "blocks", 89.99)
            tree = BlocksTreeprocessor(md, self.extension)
            md.treeprocessors.register(tree, "blocks_on_inline_end", 19.99)

    return Blocks()


def _what_matters(text: str | None) -> str | None:
    return text if text and _MATTERS.search(text) else ""
