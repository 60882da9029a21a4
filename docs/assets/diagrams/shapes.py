"""Draws the diagrams about shapes, as SVG files beside this one; ``make diagrams`` runs it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

CELL = 32
STYLE = """
  text { fill: #23272f; text-anchor: middle; dominant-baseline: central }
  .code { font: 14px ui-monospace, SFMono-Regular, Consolas, "DejaVu Sans Mono", monospace }
  .sign { font: 20px ui-monospace, SFMono-Regular, Consolas, "DejaVu Sans Mono", monospace }
  .quiet, .pale text { fill: #59606c }
  .cell { fill: #fff; stroke: #8d939c }
  .a { fill: #b9d4f0 }
  .b { fill: #f7c59a }
  .both { fill: #d8c2e8 }
  .pale .cell { fill-opacity: 0.35; stroke-dasharray: 3 3 }
  .line { fill: none; stroke: #59606c; stroke-width: 1.5 }
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a tensor, and the class that gives its colour."""

    text: str
    colour: str = ""


def text(x: float, y: float, words: str, kind: str = "code") -> str:
    """Words around a point."""
    return f'<text class="{kind}" x="{x:g}" y="{y:g}">{escape(words)}</text>'


def table(x: float, y: float, rows: Sequence[Sequence[Cell]]) -> str:
    """A grid of cells with its upper left corner at a point."""
    parts = []
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            left, top = x + column * CELL, y + row * CELL
            parts.append(
                f'<rect class="cell {cell.colour}" x="{left:g}" y="{top:g}" '
                f'width="{CELL}" height="{CELL}"/>'
            )
            parts.append(text(left + CELL / 2, top + CELL / 2, cell.text))
    return "\n".join(parts)


def filled(rows: int, columns: int, word: str, colour: str) -> list[list[Cell]]:
    """A grid in which all cells are alike."""
    return [[Cell(word, colour)] * columns for _ in range(rows)]


def arrow(x: float, y: float, width: float) -> str:
    """An arrow to the right."""
    end = x + width
    return f'<path class="line" d="M{x:g} {y:g}H{end:g}m-7 -5 7 5 -7 5"/>'


def indexing() -> tuple[int, int, list[str]]:
    """What six ways of indexing choose from a table of 3 rows and 4 columns."""
    chosen: dict[str, Callable[[int, int], bool]] = {
        "table[1]": lambda row, _: row == 1,
        "table[1, 2]": lambda row, column: (row, column) == (1, 2),
        "table[:, 2]": lambda _, column: column == 2,
        "table[..., -1]": lambda _, column: column == 3,
        "table[0:2, 1:3]": lambda row, column: row < 2 and column in {1, 2},
        "table[table > 8]": lambda row, column: 4 * row + column > 8,
    }
    parts = []
    for at, (title, picks) in enumerate(chosen.items()):
        x, y = 16 + at % 3 * 184, 40 + at // 3 * 156
        rows = [
            [Cell(str(4 * row + column), "b" if picks(row, column) else "") for column in range(4)]
            for row in range(3)
        ]
        parts += [text(x + 2 * CELL, y - 18, title), table(x, y, rows)]
    return 528, 308, parts


def joining() -> tuple[int, int, list[str]]:
    """``cat`` along both dimensions, and ``stack``."""
    zeros, ones = filled(2, 3, "0", "a"), filled(2, 3, "1", "b")
    sideways = [first + second for first, second in zip(zeros, ones, strict=True)]
    lines: list[tuple[float, str, str]] = [
        (64, "cat(dim=0)", "(4, 3)"),
        (240, "cat(dim=1)", "(2, 6)"),
        (440, "stack", "(2, 2, 3)"),
    ]
    parts = [text(x, 22, title) for x, title, _ in lines]
    parts += [text(x, 190, shape, "code quiet") for x, _, shape in lines]
    parts += [table(16, 42, zeros + ones), table(144, 74, sideways)]
    parts += [table(408, 86, ones), table(376, 54, zeros)]
    return 520, 210, parts


def broadcasting() -> tuple[int, int, list[str]]:
    """A row and a column added to a table: what is repeated is pale."""
    a = [[Cell("1", "a"), Cell("2", "a")], [Cell("3", "a"), Cell("4", "a")]]
    row = [Cell("100", "b"), Cell("200", "b")]
    parts = []
    for x, shape in ((16, "(2, 2) + (2,)"), (300, "(2, 2) + (2, 1)")):
        parts += [text(x + 112, 22, shape), table(x, 42, a), text(x + 82, 74, "+", "sign")]
        parts.append(text(x + 182, 74, "=", "sign"))
    parts += [table(116, 42, [row]), pale(table(116, 74, [row]))]
    sums = [["101", "202"], ["103", "204"]], [["101", "102"], ["203", "204"]]
    columns = [[Cell("100", "b")], [Cell("200", "b")]]
    parts += [table(400, 42, columns), pale(table(432, 42, columns))]
    for x, numbers in zip((216, 500), sums, strict=True):
        parts.append(table(x, 42, [[Cell(each, "both") for each in line] for line in numbers]))
    return 584, 122, parts


def pale(part: str) -> str:
    """The same, but pale."""
    return f'<g class="pale">\n{part}\n</g>'


def matmul() -> tuple[int, int, list[str]]:
    """Row 1 of the left matrix and column 0 of the right one meet in one cell."""
    left = [[Cell("", "a" if row == 1 else "")] * 4 for row in range(3)]
    right = [[Cell("", "b"), Cell("")] for _ in range(4)]
    result = [
        [Cell("", "both" if (row, c) == (1, 0) else "") for c in range(2)] for row in range(3)
    ]
    x, y = 96 + 4 * CELL, 48 + 4 * CELL
    parts = [table(64, y + 16, left), table(x, 32, right), table(x, y + 16, result)]
    parts += [
        text(64 + 2 * CELL, y + 4 * CELL + 2, "(3, 4)"),
        text(x + CELL, 16, "(4, 2)"),
        text(x + CELL, y + 4 * CELL + 2, "(3, 2)"),
        text(26, y + 16 + 1.5 * CELL, "row 1", "code quiet"),
        text(x + 0.5 * CELL - 62, 32 + 2 * CELL, "column 0", "code quiet"),
    ]
    return 320, y + 4 * CELL + 20, parts


def dims() -> tuple[int, int, list[str]]:
    """A table of 3 images and 10 classes, summed along each of its dimensions."""
    right, low, middle = 80 + 10 * CELL, 40 + 3 * CELL, 80 + 5 * CELL
    parts = [text(40, 40 + CELL * (row + 0.5), f"image {row}", "code quiet") for row in range(3)]
    parts += [text(middle, 20, "(3, 10)"), table(80, 40, filled(3, 10, "0.1", "a"))]
    parts += [arrow(right + 12, 88, 48), text(right + 36, 70, "dim=1", "code quiet")]
    parts += [text(right + 88, 20, "(3,)"), table(right + 72, 40, filled(3, 1, "1", "b"))]
    parts.append(f'<path class="line" d="M{middle} {low + 10}v32m-5 -7 5 7 5 -7"/>')
    parts.append(text(middle + 36, low + 26, "dim=0", "code quiet"))
    parts.append(table(80, low + 54, filled(1, 10, "0.3", "b")))
    parts.append(text(right + 36, low + 54 + CELL / 2, "(10,)"))
    return 520, 234, parts


def batch() -> tuple[int, int, list[str]]:
    """A dataset gives one image and label at a time; a loader stacks four of each."""
    order, labels = (2, 0, 3, 1), ("9", "0", "0", "3")
    parts = [text(72, 20, "dataset[i]"), text(270, 20, "shuffle=True"), text(488, 20, "batch")]
    for row, label in enumerate(labels):
        y = 44 + row * 48
        parts += [text(22, y + 16, str(row), "code quiet"), image(44, y, row), item(92, y, label)]
    for row, at in enumerate(order):
        y = 44 + row * 48
        parts += [image(234, y, at), item(282, y, labels[at])]
        parts.append(text(212, y + 16, str(at), "code quiet"))
        parts.append(image(412 + 14 * (3 - row), 144 - 14 * (3 - row), order[3 - row]))
    parts += [arrow(142, 132, 46), arrow(340, 132, 46)]
    parts.append(table(536, 68, [[Cell(labels[at])] for at in order]))
    parts += [text(452, 232, "(4, 1, 28, 28)", "code quiet"), text(552, 232, "(4,)", "code quiet")]
    return 590, 252, parts


def image(x: float, y: float, number: int) -> str:
    """A small image: a piece of clothing on black, a different one for each number."""
    shapes = (
        "M6 20h9l5-9h5v17H6z",
        "M5 9l7-3h8l7 3-2 7-3-1v12H10V15l-3 1z",
        "M11 5h3q2 5 4 0h3l1 8 2 15H8l2-15z",
        "M12 4h8l-1 8 6 17H7l6-17z",
    )
    return (
        f'<g transform="translate({x:g} {y:g})"><rect width="32" height="32" fill="#111" '
        f'stroke="#fff"/><path d="{shapes[number]}" fill="#d7d7d7"/></g>'
    )


def item(x: float, y: float, label: str) -> str:
    """The label of an image."""
    return table(x, y, [[Cell(label)]])


def network() -> tuple[int, int, list[str]]:
    """The network of the course: the numbers of its layers, and what is between them."""
    layers = [(146, "784", 7), (286, "512", 7), (426, "512", 7), (566, "10", 5)]
    between = ["Linear, ReLU", "Linear, ReLU", "Linear"]
    parts = [image(20, 110, 0), text(36, 156, "28 × 28", "code quiet")]
    parts += [arrow(62, 126, 64), text(94, 108, "Flatten", "code quiet")]
    for (x, _, few), (right, _, many) in zip(layers, layers[1:], strict=False):
        parts += [
            f'<path class="line" stroke-opacity="0.25" d="M{x} {p:g}L{right} {q:g}"/>'
            for p in dots(few)
            for q in dots(many)
        ]
    for x, size, few in layers:
        colour = {"784": "a", "10": "b"}.get(size, "")
        parts += [f'<circle class="cell {colour}" cx="{x}" cy="{y:g}" r="9"/>' for y in dots(few)]
        parts += [text(x, 126, "⋮", "sign"), text(x, 244, size)]
    parts += [text(216 + 140 * at, 14, words, "code quiet") for at, words in enumerate(between)]
    return 600, 262, parts


def dots(few: int) -> list[float]:
    """The heights of the circles of a layer, of which only a few are drawn, none in the middle."""
    return [126 + (at - few // 2) * 30 for at in range(few) if at != few // 2]


DIAGRAMS = (indexing, joining, broadcasting, matmul, dims, batch, network)


def svg(width: int, height: int, parts: Iterable[str]) -> str:
    """A whole file."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
    return "\n".join([head, f"<style>{STYLE}</style>", *parts, "</svg>\n"])


def main() -> None:
    """Write all diagrams."""
    for diagram in DIAGRAMS:
        file = Path(__file__).with_name(f"{diagram.__name__}.svg")
        file.write_text(svg(*diagram()), encoding="utf-8")


if __name__ == "__main__":
    main()
