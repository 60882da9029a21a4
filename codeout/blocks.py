"""The block structure of a page, as Python-Markdown and its extensions build it.

Only what decides where a piece of text ends up is here: which container holds it, and whether it
is indented code. Inline markup stays as it is. A block is text between blank lines; each rule below
looks at the first block left and takes it, or passes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codeout.markup import MARK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from codeout.markup import Raw

INDENT = " " * 4
LISTS = ("ul", "dl")
DEEPEST = 80

_PLAIN = re.compile(r"(?:[^\W\d_][^\n|]*(?:\n(?!\Z)|\Z))+")
_ADMONITION = re.compile(r'^!!! ?[\w\-]+(?: +[\w\-]+)*(?: +".*?")? *$', re.MULTILINE)
_TAB = re.compile(r'^===(\+|\+!|!\+|!)? +"(.*?)" *$', re.MULTILINE)
_DETAILS = re.compile(
    r'^\?{3}\+? ?(?:(?:[\w\-]+(?: +[\w\-]+)*?)?(?: +".*?")|[\w\-]+(?: +[\w\-]+)*?) *$', re.MULTILINE
)
_HEADING = re.compile(r"^#(?:\\.|[^\\\n])*$", re.MULTILINE)
_SETEXT = re.compile(r".*\n(?:=+|-+) *(?:\n|$)")
_RULE = re.compile(
    r"^ {0,3}(?:-(?: {0,2}-){2,}|_(?: {0,2}_){2,}|\*(?: {0,2}\*){2,}) *$", re.MULTILINE
)
_ITEM = re.compile(r" {0,3}(?:\d+\.|[*+-]) +(.*)")
_INNER_ITEM = re.compile(r" {4,7}(?:\d+\.|[*+-]) +")
_DEFINITION = re.compile(r"^ {0,3}: {1,3}(.*?)$", re.MULTILINE)
_UNINDENTED = re.compile(r" {0,3}[^ :]")
_QUOTE = re.compile(r"^ {0,3}> ?(.*)", re.MULTILINE)
_FOOTNOTE = re.compile(r"^ {0,3}\[\^([^\]]*)\]: *(.*)$", re.MULTILINE)
_REFERENCE = re.compile(
    r"^ {0,3}\[[^\[\]]*\]: *(?:\n *)?[^\s]+ *(?:\n *)?(?:([\"']).*\1 *|\(.*\) *)?$", re.MULTILINE
)
_PIPE = re.compile(r"(?<!\\)\|")
_FENCE = re.compile("([> ]*)\x02f([0-9]+)\x03")


@dataclass(slots=True)
class Node:
    """A container, or a leaf with text; ``tail`` is text that follows it in its parent."""

    tag: str
    text: str = ""
    tail: str = ""
    children: list[Node] = field(default_factory=list)

    @property
    def last(self) -> Node | None:
        """The last child."""
        return self.children[-1] if self.children else None

    def add(self, tag: str, text: str = "") -> Node:
        """Append a new child and return it."""
        self.children.append(Node(tag, text))
        return self.children[-1]

    def loosen(self) -> None:
        """Move the text into a paragraph, as a list item with more than one block needs."""
        if self.text:
            self.children.insert(0, Node("p", self.text))
            self.text = ""


def detab(text: str, width: int = 4) -> tuple[str, str]:
    """Take the indentation from the leading lines that have it; also return the lines left."""
    inner = []
    lines = text.split("\n")
    for line in lines:
        if line.startswith(" " * width):
            inner.append(line[width:])
        elif not line.strip():
            inner.append("")
        else:
            break
    return "\n".join(inner), "\n".join(lines[len(inner) :])


def loose_detab(text: str, level: int = 1) -> str:
    """Take the indentation from each line that has it."""
    return "\n".join(line.removeprefix(INDENT * level) for line in text.split("\n"))


class Tree:
    """Builds the tree under ``root``.

    Args:
        stash: The pieces of HTML that the marks in the text stand for.
        restore: Gives back the lines of a fence by its index, and how wide its indentation is.
    """

    def __init__(self, stash: Sequence[Raw], restore: Callable[[int], tuple[list[str], int]]) -> None:
        self.root = Node("root")
        self.literal: set[int] = set()
        self._stash = stash
        self._restore = restore
        self._states: list[str] = []
        self._depth = 0
        self._footnotes: dict[str, str] = {}
        self._rules = (
            self._admonition,
            self._element,
            self._tab,
            self._details,
            self._empty,
            self._item_content,
            self._definition_content,
            self._code,
            self._table,
            self._heading,
            self._setext,
            self._rule,
            self._items,
            self._definition,
            self._quote,
            self._footnote,
            self._reference,
            self._paragraph,
        )

    def build(self, text: str) -> Node:
        """Build the tree for a whole page; footnotes come last."""
        self._chunk(self.root, text)
        for name in list(self._footnotes):
            self._chunk(self.root.add("footnote"), self._footnotes[name])
        return self.root

    def _chunk(self, parent: Node, text: str, state: str = "") -> None:
        self._blocks(parent, text.split("\n\n"), state)

    def _blocks(self, parent: Node, blocks: list[str], state: str = "") -> None:
        if state:
            self._states.append(state)
        self._depth += 1
        while blocks:
            block = blocks.pop(0)
            if self._depth > DEEPEST or (not self._in("list") and _PLAIN.fullmatch(block)):
                parent.add("p", block)
                continue
            for rule in self._rules:
                if rule(parent, block, blocks):
                    break
        self._depth -= 1
        if state:
            self._states.pop()

    def _in(self, state: str) -> bool:
        return bool(self._states) and self._states[-1] == state

    # Containers that a header opens and indentation continues.

    def _admonition(self, parent: Node, block: str, rest: list[str]) -> bool:
        return self._box("admonition", _ADMONITION, parent, block, rest)

    def _details(self, parent: Node, block: str, rest: list[str]) -> bool:
        return self._box("details", _DETAILS, parent, block, rest)

    def _tab(self, parent: Node, block: str, rest: list[str]) -> bool:
        return self._box("tabs", _TAB, parent, block, rest)

    def _box(
        self, tag: str, header: re.Pattern[str], parent: Node, block: str, rest: list[str]
    ) -> bool:
        if match := header.search(block):
            if before := block[: max(match.start() - 1, 0)]:
                self._blocks(parent, [before])
            inner, left = detab(block[match.end() + 1 :])
            box = self._new_tab(parent, match) if tag == "tabs" else parent.add(tag)
        else:
            box_or_none, width = self._continued(tag, parent, block)
            if box_or_none is None:
                return False
            box = box_or_none
            inner, left = detab(block, width)
            if box.tag in {"li", "dd"}:
                box.loosen()
        self._chunk(box, inner)
        if left:
            rest.insert(0, left)
        return True

    @staticmethod
    def _new_tab(parent: Node, match: re.Match[str]) -> Node:
        group = parent.last
        if group is None or group.tag != "tabs" or "!" in (match[1] or ""):
            group = parent.add("tabs")
        return group.add("tab", match[2])

    @staticmethod
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

    def _element(self, parent: Node, block: str, rest: list[str]) -> bool:
        match = MARK.match(block)
        if match is None or match[1] != "h" or not self._stash[int(match[2])].tag:
            return False
        raw = self._stash[int(match[2])]
        if raw.kind == "block":
            node = parent.add(raw.tag)
            self._chunk(node, raw.text.rstrip("\n"))
        else:
            parent.add("raw" if raw.kind == "off" else raw.tag, raw.text)
        if block[match.end() :]:
            rest.insert(0, block[match.end() :])
        return True

    def _empty(self, parent: Node, block: str, rest: list[str]) -> bool:
        del parent
        if block and not block.startswith("\n"):
            return False
        if block[1:]:
            rest.insert(0, block[1:])
        return True

    # Indented content.

    def _item_content(self, parent: Node, block: str, rest: list[str]) -> bool:
        return self._content(("li",), ("ul",), parent, block, rest)

    def _definition_content(self, parent: Node, block: str, rest: list[str]) -> bool:
        return self._content(("dd", "li"), LISTS, parent, block, rest)

    def _content(
        self,
        items: tuple[str, ...],
        lists: tuple[str, ...],
        parent: Node,
        block: str,
        rest: list[str],
    ) -> bool:
        del rest
        if not block.startswith(INDENT) or self._in("detabbed"):
            return False
        if parent.tag not in items and (parent.last is None or parent.last.tag not in lists):
            return False
        level, sibling = self._level(items, lists, parent, block)
        block = loose_detab(block, level)
        if parent.tag in items:
            inner = parent.last if parent.last and parent.last.tag in lists else parent
            self._blocks(inner, [block], "detabbed")
        elif sibling.tag in items:
            self._blocks(sibling, [block], "detabbed")
        elif sibling.last and sibling.last.tag in items:
            sibling.last.loosen()
            self._chunk(sibling.last, block, "detabbed")
        else:
            self._blocks(sibling.add(items[0]), [block], "detabbed")
        return True

    def _level(
        self, items: tuple[str, ...], lists: tuple[str, ...], parent: Node, block: str
    ) -> tuple[int, Node]:
        deepest = (len(block) - len(block.lstrip(" "))) // len(INDENT)
        level = 1 if self._in("list") else 0
        while deepest > level and parent.last and parent.last.tag in (*lists, *items):
            parent = parent.last
            level += parent.tag in lists
        return level, parent

    def _code(self, parent: Node, block: str, rest: list[str]) -> bool:
        if not block.startswith(INDENT):
            return False
        lines = []
        for line in block.split("\n"):
            if match := _FENCE.fullmatch(line):
                self.literal.add(int(match[2]))
                original, width = self._restore(int(match[2]))
                lines += [text[width - len(match[1]) :] for text in original]
            else:
                lines.append(line)
        parent.add("pre")
        _, left = detab("\n".join(lines))
        if left:
            rest.insert(0, left)
        return True

    # Leaves.

    def _table(self, parent: Node, block: str, rest: list[str]) -> bool:
        del rest
        if "|" not in block or "\n" not in block:
            return False
        rows = [row.strip(" ") for row in block.split("\n")]
        cells, rules = (_PIPE.split(row.strip("|")) for row in rows[:2])
        bordered = len(cells) > 1 or all(row.startswith("|") or row.endswith("|") for row in rows)
        if not bordered or len(cells) != len(rules) or not set("".join(rules)) <= set("|:- "):
            return False
        parent.add("table", block)
        return True

    def _heading(self, parent: Node, block: str, rest: list[str]) -> bool:
        match = _HEADING.search(block)
        if match is None:
            return False
        if before := block[: max(match.start() - 1, 0)]:
            self._blocks(parent, [before])
        parent.add("h", match[0])
        if after := block[match.end() + 1 :]:
            rest.insert(0, loose_detab(after) if self._in("looselist") else after)
        return True

    def _setext(self, parent: Node, block: str, rest: list[str]) -> bool:
        if not _SETEXT.match(block):
            return False
        title, _, *more = block.split("\n")
        parent.add("h", title)
        if more:
            rest.insert(0, "\n".join(more))
        return True

    def _rule(self, parent: Node, block: str, rest: list[str]) -> bool:
        match = _RULE.search(block)
        if match is None:
            return False
        if before := block[: match.start()].rstrip("\n"):
            self._blocks(parent, [before])
        parent.add("hr")
        if after := block[match.end() :].lstrip("\n"):
            rest.insert(0, after)
        return True

    # Lists and quotes.

    def _items(self, parent: Node, block: str, rest: list[str]) -> bool:
        del rest
        if not _ITEM.match(block):
            return False
        items = self._split_items(block)
        holder = parent.last
        if holder is not None and holder.tag == "ul":
            self._loosen_last(holder)
            self._blocks(holder.add("li"), [items.pop(0)], "looselist")
        elif parent.tag == "ul":
            holder = parent
        else:
            holder = parent.add("ul")
        self._states.append("list")
        for item in items:
            target = holder.last if item.startswith(INDENT) else holder.add("li")
            self._blocks(target or holder.add("li"), [item])
        self._states.pop()
        return True

    @staticmethod
    def _loosen_last(holder: Node) -> None:
        item = holder.last
        if item is None:
            return
        item.loosen()
        if item.last and item.last.tail:
            tail, item.last.tail = item.last.tail, ""
            item.add("p", tail.lstrip())

    @staticmethod
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

    def _definition(self, parent: Node, block: str, rest: list[str]) -> bool:
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
        self._blocks(holder.add("dd"), [f"{match[1]}\n{inner}" if inner else match[1]], state)
        if left:
            rest.insert(0, left)
        return True

    def _quote(self, parent: Node, block: str, rest: list[str]) -> bool:
        del rest
        match = _QUOTE.search(block)
        if match is None:
            return False
        self._blocks(parent, [block[: max(match.start() - 1, 0)]])
        lines = []
        for line in block[match.start() :].split("\n"):
            quoted = _QUOTE.match(line)
            lines.append("" if line.strip() == ">" else quoted[1] if quoted else line)
        same = parent.last is not None and parent.last.tag == "blockquote"
        quote = parent.last if same and parent.last else parent.add("blockquote")
        self._chunk(quote, "\n".join(lines), "blockquote")
        return True

    # Definitions that leave the text, and what is left.

    def _footnote(self, parent: Node, block: str, rest: list[str]) -> bool:
        del parent
        match = _FOOTNOTE.search(block)
        if match is None:
            return False
        after = block[match.end() :].lstrip("\n")
        following = _FOOTNOTE.search(after)
        if following:
            texts = [f"{match[2]}\n{loose_detab(after[: following.start()].rstrip(chr(10)))}"]
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
        self._footnotes[match[1]] = "\n\n".join(texts).rstrip()
        if before := block[: match.start()].rstrip("\n"):
            rest.insert(0, before)
        return True

    def _reference(self, parent: Node, block: str, rest: list[str]) -> bool:
        del parent
        match = _REFERENCE.search(block)
        if match is None:
            return False
        if block[match.end() :].strip():
            rest.insert(0, block[match.end() :].lstrip("\n"))
        if block[: match.start()].strip():
            rest.insert(0, block[: match.start()].rstrip("\n"))
        return True

    def _paragraph(self, parent: Node, block: str, rest: list[str]) -> bool:
        del rest
        if not block.strip():
            return True
        if not self._in("list"):
            parent.add("p", block.lstrip())
        elif parent.last:
            parent.last.tail += "\n" + block
        else:
            parent.text = f"{parent.text}\n{block}" if parent.text else block.lstrip()
        return True
