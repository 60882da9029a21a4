"""Expands what a page includes: in the code of its blocks, and elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from codeout.engine.discovery import name_of
from codeout.errors import Problem
from codeout.formats import format_of
from codeout.fs.place import leads_out
from codeout.page.any_fences import any_fences
from codeout.page.gaps import gap_of
from codeout.page.model import SlotKind
from codeout.page.snippets import Expanded, IncludeError, find_include_line
from codeout.run.job import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from codeout.config.settings import Config
    from codeout.page.model import Block, Page

_NO_LINK = "put a file in the place of the link"


@dataclass(frozen=True, slots=True)
class Expansion:
    """The blocks of a page that run, with what they include.

    Attributes:
        cells: The blocks, ready to run.
        files: What they include.
        missing: Why something cannot be included.
        looked: The files that were looked for.
    """

    cells: tuple[Cell, ...]
    files: frozenset[Path]
    missing: tuple[Problem, ...]
    looked: frozenset[Path]


def expand_blocks(config: Config, page: Page, blocks: Iterable[int]) -> Expansion:
    """Expand the includes of the blocks with some indexes."""
    cells: list[Cell] = []
    files: set[Path] = set()
    missing: list[Problem] = []
    looked: set[Path] = set()
    by_line = {at for slot in page.slots if slot.kind is SlotKind.COMMENTS for at in slot.blocks}
    for at in blocks:
        block = page.blocks[at]
        try:
            code = _expanded(config, page, block)
        except IncludeError as error:
            looked.update(error.looked)
            line = block.line_of(find_include_line(block.code, error))
            hint = f"includes are looked for in: {', '.join(config.snippets)}"
            missing.append(Problem(page.path, line, str(error), hint))
            continue
        files.update(code.files)
        looked.update(code.looked)
        missing += _outside(config, page, block, code)
        cells.append(_cell(config, block, code.code, by_line=at in by_line))
    return Expansion(tuple(cells), frozenset(files), tuple(missing), frozenset(looked))


def _expanded(config: Config, page: Page, block: Block) -> Expanded:
    if block.typed and not block.console:  # the site expands nothing after `>>>`
        return Expanded(block.code)
    return format_of(page.path).expand(block.code, [config.root / each for each in config.snippets])


def _outside(config: Config, page: Page, block: Block, code: Expanded) -> Iterator[Problem]:
    for file in (file for file in code.files if leads_out(file, config.root)):
        message = f"includes {name_of(config, file)}, which leads out of the project"
        yield Problem(page.path, block.line, message, _NO_LINK)


def _cell(config: Config, block: Block, code: str, *, by_line: bool) -> Cell:
    directive = block.directive
    return Cell(
        code,
        directive.timeout or config.timeout,
        directive.raises,
        block.may_fail,
        directive.exit,
        typed=block.typed and not block.console,
        shell=block.console,
        by_line=by_line,
        language=block.language,
    )


def gaps_of_includes(config: Config, page: Page) -> tuple[dict[str, str], frozenset[Path]]:
    """What is included outside of blocks: Python, which does not run, or what cannot be read.

    Returns:
        What it is, by the text of the include; and the files that were looked for.
    """
    folders = [config.root / folder for folder in config.snippets]
    found: dict[str, str] = {}
    looked: set[Path] = set()
    for _, text in page.includes:
        try:
            included = format_of(page.path).expand(text, folders)
        except IncludeError as error:
            looked.update(error.looked)
            found[text] = f"include ({error})"
            continue
        looked.update(included.looked)
        lines = included.code.split("\n")
        fences = [gap.what for fence in any_fences(lines) if (gap := gap_of(fence))]
        if fences:
            name = text.strip().strip("-8<\n\r \t").strip("\"'")
            found[text] = f"{fences[0]} in the included `{name}`"
    return found, frozenset(looked)
