"""The rules for containers that a header opens and indentation continues: tabs and the like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from codeout.markup import MARK
from codeout.tree import INDENT, Node, detab

if TYPE_CHECKING:
    from codeout.tree import Tree

LISTS = ("ul", "dl")

_HEADERS = {
    "admonition": re.compile(r'^!!! ?[\w\-]+(?: +[\w\-]+)*(?: +".*?")? *$', re.MULTILINE),
    "details": re.compile(
        r'^\?{3}\+? ?(?:(?:[\w\-]+(?: +[\w\-]+)*?)? +".*?"|[\w\-]+(?: +[\w\-]+)*?) *$',
        re.MULTILINE,
    ),
    "tabs": re.compile(r'^===(\+|\+!|!\+|!)? +"(.*?)" *$', re.MULTILINE),
}


def admonition(tree: Tree, parent: Node, block: str, rest: list[str]) -> bool:
    """Take an admonition, or what continues it."""
    return _box(tree, "admonition", parent, block, rest)


def details(tree: Tree, parent: Node, block: str, rest: list[str]) -> bool:
    """Take a collapsible admonition, or what continues it."""
    return _box(tree, "details", parent, block, rest)


def tab(tree: Tree, parent: Node, block: str, rest: list[str]) -> bool:
    """Take a tab, or what continues it."""
    return _box(tree, "tabs", parent, block, rest)


def _box(tree: Tree, tag: str, parent: Node, block: str, rest: list[str]) -> bool:
    if match := _HEADERS[tag].search(block):
        if before := block[: max(match.start() - 1, 0)]:
            tree.blocks(parent, [before])
        inner, left = detab(block[match.end() + 1 :])
        box = _new_tab(parent, match) if tag == "tabs" else parent.add(tag)
    else:
        found, width = _continued(tag, parent, block)
        if found is None:
            return False
        box = found
        inner, left = detab(block, width)
        if box.tag in {"li", "dd"}:
            box.loosen()
    tree.chunk(box, inner)
    if left:
        rest.insert(0, left)
    return True


def _new_tab(parent: Node, match: re.Match[str]) -> Node:
    group = parent.last
    if group is None or group.tag != "tabs" or "!" in (match[1] or ""):
        group = parent.add("tabs")
    tab = group.add("tab")
    tab.label = match[2]
    return tab


def _continued(tag: str, parent: Node, block: str) -> tuple[Node | None, int]:
    """Find the node under the last box that an indented block goes on with."""
    box = parent.last
    if box is None or box.tag != tag or not block.startswith(INDENT):
        return None, 0
    if tag == "tabs":
        box = box.last
    width = len(INDENT)
    while box and box.last and box.last.tag in LISTS and block.startswith(INDENT, width):
        box = box.last.last
        width += len(INDENT)
    return box, width


def element(tree: Tree, parent: Node, block: str, rest: list[str]) -> bool:
    """Take an HTML element that holds Markdown."""
    match = MARK.match(block)
    if match is None or match[1] != "h" or not tree.stash[int(match[2])].tag:
        return False
    raw = tree.stash[int(match[2])]
    if raw.kind == "block":
        node = parent.add(raw.tag)
        tree.chunk(node, raw.text.rstrip("\n"))
    else:
        parent.add("raw" if raw.kind == "off" else raw.tag, raw.text)
    if block[match.end() :]:
        rest.insert(0, block[match.end() :])
    return True
