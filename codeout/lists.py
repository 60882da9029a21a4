"""The rules for lists, definitions and quotes, and for what is indented below them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from codeout.tree import INDENT, Node, detab, loose_detab

if TYPE_CHECKING:
    from codeout.tree import Tree

_ITEM = re.compile(r" {0,3}(?:\d+\.|[*+-]) +(.*)")
_INNER_ITEM = re.compile(r" {4,7}(?:\d+\.|[*+-]) +")
_DEFINITION = re.compile(r"^ {0,3}: {1,3}(.*?)$", re.MULTILINE)
_UNINDENTED = re.compile(r" {0,3}[^ :]")
_QUOTE = re.compile(r"^ {0,3}> ?(.*)", re.MULTILINE)


def item_content(tree: Tree, parent: Node, block: str, rest: list[str]) -> bool:
    """Take what is indented below a list item."""
    return _content(tree, ("ul",), parent, block, rest)


def definition_content(tree: Tree, parent: Node, block: str, rest: list[str]) -> bool:
    """Take what is indented below a definition."""
    return _content(tree, ("ul", "dl"), parent, block, rest)


def _content(tree: Tree, lists: tuple[str, ...], parent: Node, block: str, rest: list[str]) -> bool:
    del rest
    items = ("dd", "li") if "dl" in lists else ("li",)
    if not block.startswith(INDENT) or tree.within("detabbed"):
        return False
    if parent.tag not in items and (parent.last is None or parent.last.tag not in lists):
        return False
    level, sibling = _level(tree, items, lists, parent, block)
    block = loose_detab(block, level)
    if parent.tag in items:
        inner = parent.last if parent.last and parent.last.tag in lists else parent
        tree.blocks(inner, [block], "detabbed")
    elif sibling.tag in items:
        tree.blocks(sibling, [block], "detabbed")
    elif sibling.last and sibling.last.tag in items:
        sibling.last.loosen()
        tree.chunk(sibling.last, block, "detabbed")
    else:
        tree.blocks(sibling.add(items[0]), [block], "detabbed")
    return True


def _level(
    tree: Tree, items: tuple[str, ...], lists: tuple[str, ...], parent: Node, block: str
) -> tuple[int, Node]:
    deepest = (len(block) - len(block.lstrip(" "))) // len(INDENT)
    level = 1 if tree.within("list") else 0
    while deepest > level and parent.last and parent.last.tag in (*lists, *items):
        parent = parent.last
        level += parent.tag in lists
    return level, parent


def items(tree: Tree, parent: Node, block: str, rest: list[str]) -> bool:
    """Take the items of a list."""
    del rest
    if not _ITEM.match(block):
        return False
    items = _split_items(block)
    holder = parent.last
    if holder is not None and holder.tag == "ul":
        _loosen_last(holder)
        tree.blocks(holder.add("li"), [items.pop(0)], "looselist")
    elif parent.tag == "ul":
        holder = parent
    else:
        holder = parent.add("ul")
    tree.states.append("list")
    for item in items:
        target = holder.last if item.startswith(INDENT) else holder.add("li")
        tree.blocks(target or holder.add("li"), [item])
    tree.states.pop()
    return True


def _loosen_last(holder: Node) -> None:
    item = holder.last
    if item is None:
        return
    item.loosen()
    if item.last and item.last.tail:
        tail, item.last.tail = item.last.tail, ""
        item.add("p", tail.lstrip())


def _split_items(block: str) -> list[str]:
    items: list[str] = []
    for line in block.split("\n"):
        if match := _ITEM.match(line):
            items.append(match[1])
        elif _INNER_ITEM.match(line) and not items[-1].startswith(INDENT):
            items.append(line)
        else:
            items[-1] += "\n" + line
    return items


def definition(tree: Tree, parent: Node, block: str, rest: list[str]) -> bool:
    """Take terms and their definition."""
    match = _DEFINITION.search(block)
    if match is None:
        return False
    before = block[: max(match.start() - 1, 0)]
    terms = [term for term in before.split("\n") if term.strip()]
    after = block[match.end() + 1 :]
    inner, left = (after, "") if _UNINDENTED.match(after) else detab(after)
    sibling = parent.last
    if not terms and sibling is None:
        return False
    state = "list"
    if not terms and sibling is not None and sibling.tag == "p":
        state = "looselist"
        terms = sibling.text.split("\n")
        parent.children.pop()
        sibling = parent.last
    if sibling is not None and sibling.tag == "dl":
        last = sibling.last
        if not terms and last and last.tag == "dd" and last.children:
            state = "looselist"
        holder = sibling
    else:
        holder = parent.add("dl")
    for term in terms:
        holder.add("dt", term)
    tree.blocks(holder.add("dd"), [f"{match[1]}\n{inner}" if inner else match[1]], state)
    if left:
        rest.insert(0, left)
    return True


def quote(tree: Tree, parent: Node, block: str, rest: list[str]) -> bool:
    """Take a quote and what stands before it."""
    del rest
    match = _QUOTE.search(block)
    if match is None:
        return False
    tree.blocks(parent, [block[: max(match.start() - 1, 0)]])
    lines = []
    for line in block[match.start() :].split("\n"):
        quoted = _QUOTE.match(line)
        lines.append("" if line.strip() == ">" else quoted[1] if quoted else line)
    same = parent.last is not None and parent.last.tag == "blockquote"
    quote = parent.last if same and parent.last else parent.add("blockquote")
    tree.chunk(quote, "\n".join(lines), "blockquote")
    return True
