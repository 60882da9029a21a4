"""The pages that are measured: nine short ones about torch, and any number of trivial ones."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SOURCES = Path(__file__).parent / "pages"
CELL = "# %%\n"


@dataclass(frozen=True, slots=True)
class Page:
    """A page before it is written in some engine's syntax.

    Attributes:
        name: The stem of its file.
        title: Its heading.
        blocks: The code of its blocks, in order; each ends with a newline.
        proof: A line that the last block prints only if every block ran, in one session. The
            page's source does not contain it.
    """

    name: str
    title: str
    blocks: tuple[str, ...]
    proof: str


def course(pages: int = 9, blocks: int = 12) -> tuple[Page, ...]:
    """Read the pages about torch, or the first few blocks of the first few of them."""
    return tuple(read(path, blocks) for path in sorted(SOURCES.glob("*.py"))[:pages])


def trivial(pages: int, blocks: int = 1, *, opening: str = "") -> tuple[Page, ...]:
    """Make pages whose blocks print a number each.

    Args:
        pages: How many pages.
        blocks: How many blocks on each.
        opening: Lines that start each page's first block, such as an import.
    """
    return tuple(
        _proved(
            f"page-{number:04}",
            f"Page {number}",
            [f"{'' if block else opening}print({number} + {block})\n" for block in range(blocks)],
        )
        for number in range(1, pages + 1)
    )


def mixed(pages: int) -> tuple[Page, ...]:
    """Make pages of mixed weight: of a hundred, one counts for long, nine for a while.

    Args:
        pages: How many pages.
    """
    return tuple(
        _proved(
            f"page-{number:04}",
            f"Page {number}",
            [f"print({number}, sum(range({_weight(number)})) > 0)\n"],
        )
        for number in range(1, pages + 1)
    )


def _weight(number: int) -> int:
    if number % 100 == 0:
        return 40_000_000
    return 4_000_000 if number % 10 == 0 else 1_000


def read(path: Path, blocks: int | None = None) -> Page:
    """Read a page from a script of cells, or the first few blocks of it."""
    source = path.read_text(encoding="utf-8")
    title = (ast.get_docstring(ast.parse(source)) or path.stem).split(":")[0]
    cells = [cell.strip("\n") + "\n" for cell in source.split(CELL)[1:]]
    return _proved(
        path.stem, title, cells[:blocks], ", {torch.get_num_threads()} thread", ", 1 thread"
    )


def _proved(
    name: str, title: str, cells: Sequence[str], asked: str = "", expected: str = ""
) -> Page:
    """Let every block count itself, and the last one print the count and what is asked."""
    total = len(cells)
    counts = ["done = 1\n"] + ["done += 1\n"] * (total - 1)
    blocks = [cell + count for cell, count in zip(cells, counts, strict=True)]
    blocks[-1] += f'print(f"{name}: {{done}} of {total} blocks{asked}")\n'
    return Page(name, title, tuple(blocks), f"{name}: {total} of {total} blocks{expected}")
