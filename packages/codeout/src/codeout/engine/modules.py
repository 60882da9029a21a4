"""Modules whose docstrings run: where they are imported from, and what of them counts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from codeout.fs.digest import digest
from codeout.page.model import Slot
from codeout.run.module import Module

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from codeout.page.model import Block, Page
    from codeout.run.job import Cell


def module_of(file: Path, page: Page) -> Module:
    """The module of a page: its name begins in the folder above its packages.

    Args:
        file: Its file.
        page: Its parsed text.
    """
    packages = [init.parent for init in inits_of(file) if init.is_file()]
    names = [package.name for package in reversed(packages)]
    names += [] if file.stem == "__init__" else [file.stem]
    folder = packages[-1].parent if packages else file.parent
    return Module(".".join(names), str(folder), str(file), digest(source_of(page)))


def inits_of(file: Path) -> Iterator[Path]:
    """The files that decide in which packages a module is; of the last one there is none."""
    for folder in file.parents:
        yield folder / "__init__.py"
        if not (folder / "__init__.py").is_file():
            return


def source_of(page: Page) -> str:
    """The text of a page without its outputs."""
    return "".join(part.source for part in page.parts if not isinstance(part, Slot))


def with_module(
    cells: Sequence[Cell],
    blocks: Sequence[Block],
    sessions: Iterable[Sequence[int]],
    module: Module,
) -> tuple[Cell, ...]:
    """Cells of which the first of each docstring begins with the names of the module.

    Args:
        cells: The cells of the module.
        blocks: Their blocks.
        sessions: The indexes of the cells, by session.
        module: The module.
    """
    firsts: set[int] = set()
    for session in sessions:
        docstrings = [blocks[at].docstring for at in session]
        pairs = zip(session, [0, *docstrings], docstrings, strict=False)
        firsts.update(at for at, before, docstring in pairs if before != docstring)
    return tuple(
        replace(cell, module=module) if at in firsts else cell for at, cell in enumerate(cells)
    )
