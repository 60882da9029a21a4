"""The block structure of a page, as Python-Markdown and its extensions build it.

Only what decides where a piece of text ends up is here: which container holds it, and whether it
is indented code. Inline markup stays as it is. A block is text between blank lines; each rule looks
at the first block left and takes it (True), or passes (False). What a rule puts in front of
``rest`` is looked at next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from codeout.markup import Raw

    Rule = Callable[["Tree", "Node", str, list[str]], bool]

INDENT = " " * 4
DEEPEST = 80  # containers in each other; below it all is a paragraph

_PLAIN = re.compile("(?:(?:[^\\W\\d_]|\x02f)[^\n|]*(?:\n(?!\\Z)|\\Z))+")
_NESTING = re.compile(r"\A |^(?:!!!|\?\?\?|===)", re.MULTILINE)


@dataclass(slots=True)
class Node:
    """A container, or a leaf with text.

    Attributes:
        tag: What it is: that of its HTML element, or the name of its syntax.
        text: Its inline text, before its children.
        tail: Text that follows it in its parent.
        label: For a tab, what stands in its header.
    """

    tag: str
    text: str = ""
    tail: str = ""
    label: str = ""
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
    """Builds the tree of a page.

    Args:
        rules: All rules, in order.
        flat_rules: Those that can take a block that is not indented and opens no container.
        stash: The pieces of HTML that the marks in the text stand for.
        restore: Gives back the lines of a fence by its index, and how wide its indentation is.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        flat_rules: Sequence[Rule],
        stash: Sequence[Raw],
        restore: Callable[[int], tuple[list[str], int]],
    ) -> None:
        self.stash = stash
        self.restore = restore
        self.literal: set[int] = set()
        self.footnotes: dict[str, str] = {}
        self.states: list[str] = []
        self._rules = rules
        self._flat_rules = flat_rules
        self._depth = 0

    def build(self, text: str) -> Node:
        """Build the tree for a whole page; footnotes come last."""
        root = Node("root")
        self.chunk(root, text)
        for name in list(self.footnotes):
            self.chunk(root.add("footnote"), self.footnotes[name])
        return root

    def chunk(self, parent: Node, text: str, state: str = "") -> None:
        """Build what a text holds below a node; ``state`` says what kind of container it is."""
        self.blocks(parent, text.split("\n\n"), state)

    def blocks(self, parent: Node, blocks: list[str], state: str = "") -> None:
        """Build what the blocks hold below a node."""
        if state:
            self.states.append(state)
        self._depth += 1
        while blocks:
            block = blocks.pop(0)
            if self._depth > DEEPEST or (not self.within("list") and _PLAIN.fullmatch(block)):
                parent.add("p", block)
                continue
            for rule in self._rules if _NESTING.search(block) else self._flat_rules:
                if rule(self, parent, block, blocks):
                    break
        self._depth -= 1
        if state:
            self.states.pop()

    def within(self, state: str) -> bool:
        """Whether the innermost container with a state has this one."""
        return bool(self.states) and self.states[-1] == state
