"""Random Markdown of every style: what writers mean, what they get wrong, and what nobody writes.

A plain ``random.Random`` makes these pages, for it makes a thousand in a second: Hypothesis, whose
strategies are in ``documents.py``, needs most of its time for what can be shrunk.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tests.codeout.fuzz import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Lines = list[str]
DEEPEST = 4


def document(seed: int) -> bytes:
    """Make the page with this number."""
    return _Writer(Random(seed)).document()  # noqa: S311  # nothing secret


class _Writer:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.pick = random.choice
        self.containers: Sequence[Callable[[int], Lines]] = (
            self.tabs,
            self.tabs,
            self.box,
            self.items,
            self.items,
            self.quote,
            self.definition,
            self.footnote,
            self.html,
            self.block,
        )

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def document(self) -> bytes:
        """A whole page: front matter, any line ending, a mark, a few lines out of place."""
        lines = self.body(0)
        if self.chance(0.4):
            self.spoil(lines)
        if self.chance(0.2):
            lines = [*self.pick(words.FRONT), *lines]
        mixed = self.chance(0.1)
        newlines = words.NEWLINES if mixed else [self.pick(words.NEWLINES)]
        text = "".join(line + self.pick(newlines) for line in lines)
        if self.chance(0.2):
            text = text.rstrip("\r\n")
        return (("\ufeff" if self.chance(0.05) else "") + text).encode()

    def spoil(self, lines: Lines) -> None:
        """Move, lose, double and bend a few lines."""
        for _ in range(self.random.randint(1, 3)):
            at = self.random.randrange(len(lines))
            line, odd = lines[at], self.pick(words.ODD)
            inside = self.random.randint(0, len(line))
            lines[at : at + 1] = self.pick(
                [
                    [line.lstrip(" ")],
                    [odd + line],
                    [line + odd],
                    [line[:inside] + odd + line[inside:]],
                    [odd],
                    [line, line],
                    [],
                    ["", line],
                    [line.replace("    ", "\t")],
                    [line.replace("    ", "   ", 1)],
                ]
            ) or [""]

    def body(self, depth: int) -> Lines:
        """A few pieces, most of them with a blank line between."""
        lines: Lines = []
        for _ in range(self.pick([1, 1, 2, 2, 3] if depth else [1, 2, 3, 4])):
            if depth < DEEPEST and self.chance(0.5):
                lines += self.pick(self.containers)(depth + 1)
            else:
                lines += self.leaf()
            lines += [""] * self.pick([1, 1, 1, 1, 1, 1, 2, 0, 0])
        return lines or [""]

    def leaf(self) -> Lines:
        kind = self.random.random()
        if kind < 0.05:
            return [*self.comments(), *self.session()]
        if kind < 0.1:
            return self.examples()
        if kind < 0.55:
            return [*self.comments(), *self.fence()]
        if kind < 0.65:
            return self.comments() or [self.pick(words.COMMENTS)]
        return list(self.pick(words.PLAIN))

    def comments(self) -> Lines:
        if self.chance(0.85):
            return []
        return [self.pick(words.COMMENTS), *[""] * self.pick([0, 0, 0, 1])]

    def fence(self) -> Lines:
        """A fence, most of them Python and well formed."""
        run = self.pick("```~") * self.pick([3, 3, 3, 3, 3, 4, 6])
        run = run if self.chance(0.98) else run[:2]
        info = "python" if self.chance(0.6) else self.pick(words.INFO)
        closing = (
            [run] if self.chance(0.92) else self.pick([[], [run + run[0]], [run + " "], ["~~~"]])
        )
        return [run + info, *self.code(), *closing]

    def session(self) -> Lines:
        """A fence with commands for a shell, and what they answer."""
        lines: Lines = []
        for _ in range(self.random.randint(1, 3)):
            lines += [*self.pick(words.COMMANDS), *self.pick(words.ANSWERS)]
        run = self.pick("```~") * self.pick([3, 3, 4])
        return [run + self.pick(words.SHELLS), *lines, run]

    def examples(self) -> Lines:
        """Statements in no fence, as docstrings have them, below the header of a section."""
        lines: Lines = []
        for _ in range(self.random.randint(1, 3)):
            lines += [*self.pick(words.STATEMENTS), *self.pick(words.ANSWERS)]
            lines += [""] * self.pick([0, 0, 1])
        indent = self.pick(["", "", "    ", "  ", "\t"])
        return [*self.pick(words.SECTIONS), *((indent + line) if line else "" for line in lines)]

    def code(self) -> Lines:
        return [self.pick(words.CODE) for _ in range(self.pick([0, 1, 1, 1, 2, 3]))]

    def inner(self, depth: int, indents: Sequence[str]) -> Lines:
        """What a container holds, indented; seldom with an odd indentation, or lazily."""
        indent = self.pick(indents)
        if self.chance(0.08):
            indent = self.pick(words.INDENTS)
        lines = [(indent + line) if line.strip() else line for line in self.body(depth)]
        if self.chance(0.05):
            at = self.random.randrange(len(lines))
            lines[at] = lines[at].strip()
        return lines

    def tabs(self, depth: int) -> Lines:
        """A group of tabs; most are code and output."""
        labels = ["Code", "Out"] if self.chance(0.7) else self.random.choices(words.LABELS, k=2)
        lines: Lines = []
        for label in labels:
            sign = self.pick(["", "", "", "", "", "", "!", "+"])
            lines += [f'==={sign} "{label}"', *self.gap()]
            if label in {"Code", "코드"} and self.chance(0.7):
                lines += [("    " + line) if line else "" for line in self.fence()]
            elif label in words.LABELS[1:3] and self.chance(0.8):
                out = self.pick(words.OUTPUTS)
                lines += [("    " + line) if line else "" for line in out]
            else:
                lines += self.inner(depth, words.STEPS)
            lines += [""] * self.pick([1, 1, 1, 1, 2, 0])
        return lines if self.chance(0.85) else lines[: lines.index(f'==={sign} "{label}"')]

    def gap(self) -> Lines:
        return [""] * self.pick([1, 1, 1, 1, 0, 2])

    def box(self, depth: int) -> Lines:
        return [self.pick(words.BOXES), *self.gap(), *self.inner(depth, words.STEPS)]

    def items(self, depth: int) -> Lines:
        """A list, tight or loose, some of its items long."""
        lines: Lines = []
        marker = self.pick(words.ITEMS)
        for _ in range(self.pick([1, 2, 3])):
            marker = marker if self.chance(0.95) else self.pick(words.ITEMS)
            lines.append(marker + self.pick(words.TEXTS))
            if self.chance(0.6):
                lines += [*self.gap(), *self.inner(depth, [" " * 4, " " * 4, " " * len(marker)])]
            lines += [""] * self.pick([0, 0, 1])
        return lines

    def quote(self, depth: int) -> Lines:
        mark = self.pick(["> ", "> ", "> ", ">", " > ", ">  "])
        lines = [mark + line if line else mark.rstrip() for line in self.body(depth)]
        return [line if self.chance(0.98) else line[len(mark) :] for line in lines]

    def definition(self, depth: int) -> Lines:
        first, *more = self.inner(depth, [" " * 4])
        colon = self.pick([":   ", ":   ", ": ", ":    "])
        text = first.strip() if self.chance(0.5) else self.pick(words.TEXTS)
        return [self.pick(words.TEXTS), *[""] * self.chance(0.3), colon + text, *self.gap(), *more]

    def footnote(self, depth: int) -> Lines:
        name = self.pick("ab1")
        lines = [f"[^{name}]: {self.pick([*words.TEXTS, ''])}", *self.gap()]
        return [f"A note[^{name}].", "", *lines, *self.inner(depth, [" " * 4])]

    def html(self, depth: int) -> Lines:
        """An element or a comment around Markdown, on lines of its own or within a line."""
        start, end = self.pick(words.HTML)
        inner = self.body(depth)
        if self.chance(0.15):
            return [start + inner[0], *inner[1:], end]
        if self.chance(0.3):
            inner = ["", *inner]
        return [start, *inner, end] if self.chance(0.9) else [start, *inner]

    def block(self, depth: int) -> Lines:
        """A block of ``pymdownx.blocks``."""
        run = "/" * self.pick([3, 3, 3, 4])
        options = self.pick([[], [], [], ["    open: True"], ["    type: warning"]])
        lines = [f"{run} {self.pick(words.BLOCKS)}", *options, *self.gap(), *self.body(depth)]
        return [*lines, run] if self.chance(0.9) else lines
