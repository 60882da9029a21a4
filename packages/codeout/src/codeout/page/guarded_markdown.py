"""Parts of Python-Markdown that raise an error where the original would lose its place."""

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
    """Why the renderer cannot render a page.

    Attributes:
        why: A description.
        line: The index of the line where it fails; 0 if unknown.
        hint: What to do.
    """

    why: str
    line: int = 0
    hint: str = "leave parts of it out until it can, to find the one that breaks it"


class RenderError(Exception):
    """The renderer cannot render a page; the argument is a ``Failure``."""


def html_in_place(md: Markdown) -> Preprocessor:
    """The preprocessor of HTML, which raises an error if positions are no longer right.

    They are wrong after an instruction, a declaration or a reference (``<?``, ``<!``, ``&#``) that
    is never closed. Whether a tag starts a line then depends on the length of all text above,
    outputs included.

    Raises:
        RenderError: By its ``run``.
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
                raise RenderError(Failure(why, finder.lineno - 1, hint))
            finder.close()
            return "".join(finder.cleandoc).split("\n")

    return HtmlInPlace(md)


def blocks_that_end() -> Extension:
    """The block manager of pymdownx, which raises an error instead of looping forever."""
    from markdown.util import nearing_recursion_limit
    from pymdownx.blocks import BlocksMgrExtension, BlocksProcessor, BlocksTreeprocessor

    class BlocksThatEnd(BlocksProcessor):  # type: ignore[misc]
        """Gives up on a block whose end pymdownx never finds.

        Text before a block, such as a quote, that contains a block itself makes pymdownx forget the
        outer one. It may then return it again and again, or search it in itself, ever deeper.
        """

        def _reset(self) -> None:
            super()._reset()
            self.cached_parent = self.cached_block = None  # otherwise they stay for the next page

        def test(self, parent: Element, block: str) -> bool:
            if self.stack and nearing_recursion_limit():
                raise RuntimeError(_ENDLESS)
            return bool(super().test(parent, block))

        def run(self, parent: Element, blocks: list[str]) -> None:
            for _ in range(2):  # a block that is left once may be taken at the next attempt
                before = len(blocks), blocks[0]
                super().run(parent, blocks)
                left = blocks and before == (len(blocks), blocks[0])
                if not left or not self.test(parent, blocks[0]):
                    return
            raise RuntimeError(_ENDLESS)

    class Blocks(BlocksMgrExtension):  # type: ignore[misc]
        """The block manager; the extensions for blocks find it already registered."""

        def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
            super().extendMarkdown(md)
            self.extension = BlocksThatEnd(md.parser, md)
            md.parser.blockprocessors.register(self.extension, "blocks", 89.99)
            tree = BlocksTreeprocessor(md, self.extension)
            md.treeprocessors.register(tree, "blocks_on_inline_end", 19.99)

    return Blocks()
