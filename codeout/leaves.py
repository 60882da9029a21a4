"""The rules for what holds no further blocks: code, headings, tables, paragraphs, definitions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from codeout.tree import INDENT, detab, loose_detab

if TYPE_CHECKING:
    from codeout.tree import Node, Tree

_FENCE = re.compile("([> ]*)\x02f([0-9]+)\x03")
_PIPE = re.compile(r"(?<!\\)\|")
_HEADING = re.compile(r"^#(?:\\.|[^\\\n])*$", re.MULTILINE)
_SETEXT = re.compile(r".*\n(?:=+|-+) *(?:\n|$)")
_RULE = re.compile(
    r"^ {0,3}(?:-(?: {0,2}-){2,}|_(?: {0,2}_){2,}|\*(?: {0,2}\*){2,}) *$", re.MULTILINE
)
_FOOTNOTE = re.compile(r"^ {0,3}\[\^([^\]]*)\]: *(.*)$", re.MULTILINE)
_REFERENCE = re.compile(
    r"^ {0,3}\[[^\[\]]*\]: *(?:\n *)?[^\s]+ *(?:\n *)?(?:([\"']).*\1 *|\(.*\) *)?$", re.MULTILINE
)


def empty(tree: Tree, parent: Node, block: str, rest: list[str]) -> bool:
    """Drop an empty line."""
    del tree, parent
    if block and not block.startswith("\n"):
        return False
    if block[1:]:
        rest.insert(0, block[1:])
    return True


def code(tree: Tree, parent: Node, block: str, rest: list[str]) -> bool:
    """Take indented code; a fence in it was none."""
    if not block.startswith(INDENT):
        return False
    lines = []
    for line in block.split("\n"):
        if match := _FENCE.fullmatch(line):
            tree.literal.add(int(match[2]))
            original, width = tree.restore(int(match[2]))
            lines += [text[width - len(match[1]) :] for text in original]
        else:
            lines.append(line)
    parent.add("pre")
    _, left = detab("\n".join(lines))
    if left:
        rest.insert(0, left)
    return True


def table(tree: Tree, parent: Node, block: str, rest: list[str]) -> bool:
    """Take a table."""
    del tree, rest
    if "|" not in block or "\n" not in block:
        return False
    rows = [row.strip(" ") for row in block.split("\n")]
    cells, rules = (_PIPE.split(row.strip("|")) for row in rows[:2])
    bordered = len(cells) > 1 or all(row.startswith("|") or row.endswith("|") for row in rows)
    if not bordered or len(cells) != len(rules) or not set("".join(rules)) <= set("|:- "):
        return False
    parent.add("table", block)
    return True


def heading(tree: Tree, parent: Node, block: str, rest: list[str]) -> bool:
    """Take a heading and what stands before it."""
    match = _HEADING.search(block)
    if match is None:
        return False
    if before := block[: max(match.start() - 1, 0)]:
        tree.blocks(parent, [before])
    parent.add("h", match[0])
    if after := block[match.end() + 1 :]:
        rest.insert(0, loose_detab(after) if tree.within("looselist") else after)
    return True


def setext(tree: Tree, parent: Node, block: str, rest: list[str]) -> bool:
    """Take an underlined heading."""
    del tree
    if not _SETEXT.match(block):
        return False
    title, _, *more = block.split("\n")
    parent.add("h", title)
    if more:
        rest.insert(0, "\n".join(more))
    return True


def rule(tree: Tree, parent: Node, block: str, rest: list[str]) -> bool:
    """Take a horizontal rule and what stands before it."""
    match = _RULE.search(block)
    if match is None:
        return False
    if before := block[: match.start()].rstrip("\n"):
        tree.blocks(parent, [before])
    parent.add("hr")
    if after := block[match.end() :].lstrip("\n"):
        rest.insert(0, after)
    return True


def footnote(tree: Tree, parent: Node, block: str, rest: list[str]) -> bool:
    """Put a footnote aside."""
    del parent
    match = _FOOTNOTE.search(block)
    if match is None:
        return False
    after = block[match.end() :].lstrip("\n")
    following = _FOOTNOTE.search(after)
    if following:
        lazy = after[: following.start()].rstrip("\n")
        texts = [f"{match[2]}\n{loose_detab(lazy)}"]
        rest.insert(0, after[following.start() :])
    else:
        texts = [f"{match[2]}\n{loose_detab(after)}".strip("\n")]
        while rest and rest[0].startswith(INDENT):
            more = rest.pop(0)
            following = _FOOTNOTE.search(more)
            texts.append(loose_detab(more[: following.start()] if following else more))
            if following:
                rest.insert(0, more[following.start() :])
                break
    tree.footnotes[match[1]] = "\n\n".join(texts).rstrip()
    if before := block[: match.start()].rstrip("\n"):
        rest.insert(0, before)
    return True


def reference(tree: Tree, parent: Node, block: str, rest: list[str]) -> bool:
    """Drop the definition of a link."""
    del tree, parent
    match = _REFERENCE.search(block)
    if match is None:
        return False
    end = match.end()
    while (more := _REFERENCE.match(block, end + 1)) and "\n" not in more[0]:
        end = more.end()
    if block[end:].strip():
        rest.insert(0, block[end:].lstrip("\n"))
    if block[: match.start()].strip():
        rest.insert(0, block[: match.start()].rstrip("\n"))
    return True


def paragraph(tree: Tree, parent: Node, block: str, rest: list[str]) -> bool:
    """Take what nothing else took."""
    del rest
    if not block.strip():
        return True
    if not tree.within("list"):
        parent.add("p", block.lstrip())
    elif parent.last:
        parent.last.tail += "\n" + block
    else:
        parent.text = f"{parent.text}\n{block}" if parent.text else block.lstrip()
    return True
