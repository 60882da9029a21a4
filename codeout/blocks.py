"""All rules of the block structure, in the order in which Python-Markdown tries them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout import containers, leaves, lists
from codeout.tree import Node, Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from codeout.markup import Raw

_FLAT = (
    containers.element,
    leaves.empty,
    leaves.table,
    leaves.heading,
    leaves.setext,
    leaves.rule,
    lists.items,
    lists.definition,
    lists.quote,
    leaves.footnote,
    leaves.reference,
    leaves.paragraph,
)
_ALL = (
    containers.admonition,
    containers.element,
    containers.tab,
    containers.details,
    leaves.empty,
    lists.item_content,
    lists.definition_content,
    leaves.code,
    *_FLAT[2:],
)


def build_tree(
    text: str, stash: Sequence[Raw], restore: Callable[[int], tuple[list[str], int]]
) -> tuple[Node, set[int]]:
    """Build the tree of a page; also return the indexes of the fences that are indented code.

    Args:
        text: The page, with marks for fences and HTML.
        stash: The pieces of HTML that the marks stand for.
        restore: Gives back the lines of a fence by its index, and how wide its indentation is.
    """
    tree = Tree(_ALL, _FLAT, stash, restore)
    return tree.build(text), tree.literal
