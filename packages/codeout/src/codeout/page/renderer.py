"""Where Python-Markdown goes astray; these parts of the renderer tell, and the page is refused."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Extension, Markdown
    from markdown.preprocessors import Preprocessor

_ENDLESS: Final = "a block that begins with `///` does not end"


@dataclass(frozen=True, slots=True)
class Failure:
    """The renderer cannot render a page.

    Attributes:
        why: What it says.
        line: Index of the line where it fails, or 0.
        hint: What to do.
    """

    why: str
    line: int = 0
    hint: str = "leave parts of it out until it can, to find the one that breaks it"


class AstrayError(Exception):
    """The renderer fails on a page; its argument is a ``Failure``."""


def html_in_place(md: Markdown) -> Preprocessor:
    """The finder of HTML, which tells where it goes on with positions that are no longer right.

    That is what follows an instruction, a declaration or a reference (``<?``, ``<!``, ``&#``) that
    nothing ends. Whether a tag begins a line is then a matter of luck: it changes with the length
    of all text above, outputs included.
    """
    from markdown.extensions.md_in_html import HtmlBlockPreprocessor, HTMLExtractorExtra

    class HtmlInPlace(HtmlBlockPreprocessor):  # type: ignore[misc]
        def run(self, lines: list[str]) -> list[str]:
            finder = HTMLExtractorExtra(self.md)
            finder.feed("\n".join(lines))
            left = finder.rawdata
            if "<" in left[1:] and not finder.cdata_elem:
                why = f"nothing ends the `{left[:2]}`, and it misplaces what follows"
                hint = f"end it, or write `{escape(left[0])}` for its first character"
                raise AstrayError(Failure(why, finder.lineno - 1, hint))
            finder.close()
            return "".join(finder.cleandoc).split("\n")

    return HtmlInPlace(md)


def blocks_that_end() -> Extension:
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
