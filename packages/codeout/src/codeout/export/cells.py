"""A page as exported cells, which make a notebook or a script; outputs are left out."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from codeout.engine.discovery import assets_of
from codeout.errors import ConfigError
from codeout.export.flatten import flatten
from codeout.export.includes import expanded, require_sound
from codeout.export.prose import definitions, plain, sections
from codeout.export.requirements import required
from codeout.export.sessions import RESET, session_starts
from codeout.export.setup_cell import setup_cell
from codeout.export.shell_cells import bash_cell, commands_of_fence
from codeout.export.without_assertions import without_assertions
from codeout.formats import NOTEBOOK, format_of
from codeout.page.document import render
from codeout.page.model import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.export.prose import Address
    from codeout.lock.record import Record
    from codeout.page.model import Page

_RUN: Final = re.compile("`+")


@dataclass(frozen=True, slots=True)
class Prose:
    """A cell of Markdown.

    Attributes:
        text: What it holds, without a newline at its end.
        attachments: The pictures in a cell of a notebook, as JSON; empty for none.
    """

    text: str
    attachments: str = ""


@dataclass(frozen=True, slots=True)
class Raw:
    """A cell of a notebook that is neither Markdown nor Python.

    Attributes:
        text: What it holds.
        metadata: Of the cell, as JSON: it says for which format it is.
    """

    text: str
    metadata: str


@dataclass(frozen=True, slots=True)
class Code:
    """A cell of Python.

    Attributes:
        source: What it holds, without a newline at its end.
        raises: Name of the exception that it raises, or may raise; empty for none.
    """

    source: str
    raises: str = ""


ExportCell = Prose | Code | Raw


def export(
    plan: Plan, config: Config, record: Record | None, address: Address
) -> tuple[ExportCell, ...]:
    """Turn a page into cells, with includes expanded and hidden assertions left out.

    If the page needs more than Python, the first cell installs and downloads it.

    Args:
        plan: The page.
        config: The folders of includes, the data files, and the translations of headings.
        record: Of the last run, for the distributions that it imported.
        address: Gives the address of a relative link.

    Raises:
        ConfigError: The page cannot be run, or its sessions take turns.
    """
    require_sound(plan)
    if format_of(plan.path).imported:
        message = f"{plan.path}: docstrings are no page that can be exported"
        raise ConfigError(message, "export pages of Markdown, or notebooks")
    if format_of(plan.path) is NOTEBOOK:
        items = _notebook_items(plan.page, address)
    else:
        items = _markdown_items(plan, config, address)
    cells = tuple(_with_definitions([*_cells(items, plan, config)]))
    sources = [cell.source for cell in cells if isinstance(cell, Code)]
    distributions = required(record.versions, sources) if record else ()
    first = setup_cell(distributions, assets_of(config, plan.path), "\n".join(sources))
    return (Code(first), *cells) if first else cells


def _markdown_items(plan: Plan, config: Config, address: Address) -> Iterator[str | Block]:
    def say(text: str) -> str:
        return plain(expanded(text, plan, config), address, config.heading_attributes)

    return flatten(plan.page, plan.layout, say)


def _notebook_items(page: Page, address: Address) -> Iterator[str | Block | ExportCell]:
    blocks = iter(page.blocks)
    for cell in json.loads(render(page))["cells"]:
        source = "".join(cell["source"])
        block = next(blocks, None) if cell["cell_type"] == "code" else None
        if block is not None:
            yield block
            continue
        whole = source.encode(errors="replace").decode()  # JSON can hold half a character
        if cell["cell_type"] == "raw":
            yield Raw(whole, json.dumps(cell["metadata"], sort_keys=True))
        elif cell["cell_type"] == "markdown" and cell.get("attachments"):
            yield Prose(plain(whole, address), json.dumps(cell["attachments"], sort_keys=True))
        elif cell["cell_type"] == "markdown":
            yield plain(whole, address)


def _cells(
    items: Iterable[str | Block | ExportCell], plan: Plan, config: Config
) -> Iterator[ExportCell]:
    prose: list[str] = []
    starts, block = session_starts(plan), -1
    setup = [Code(each.code.strip("\n")) for each in config.setup_of(plan.path) if plan.cells]
    yield from setup
    for item in items:
        block += isinstance(item, Block)
        if isinstance(item, Block) and block in starts:
            yield from _prose_cells(prose)
            yield from (Code(RESET), *setup)
            prose = []
        cell = _code(item, plan, config) if isinstance(item, Block) else item
        if isinstance(cell, str):
            prose.append(cell)
        elif cell is not None:
            yield from _prose_cells(prose)
            yield cell
            prose = []
    yield from _prose_cells(prose)


def _prose_cells(prose: list[str]) -> Iterator[Prose]:
    """Cells of prose: one begins at each heading."""
    texts = (text.strip("\n") for text in sections("\n\n".join(prose)))
    yield from (Prose(text) for text in texts if text.strip())


def _with_definitions(cells: Sequence[ExportCell]) -> Iterator[ExportCell]:
    """Add to each cell the definitions of its links by reference, which may be in another cell."""
    texts = (cell.text for cell in cells if isinstance(cell, Prose))
    known = {label: line for text in texts for label, line in definitions(text).items()}
    for cell in cells:
        if not isinstance(cell, Prose):
            yield cell
            continue
        words = cell.text.lower()
        lines = [line for label, line in known.items() if label in words and line not in cell.text]
        yield replace(cell, text="\n".join([cell.text, "", *lines])) if lines else cell


def _code(block: Block, plan: Plan, config: Config) -> Code | str | None:
    """The cell of a block; Markdown if it does not run, nothing if it only checks."""
    directive = block.directive
    if directive.hidden and not directive.check and not config.export_hidden:
        return None
    code = commands_of_fence(block, plan.page.blocks) if block.console else block.code
    source = expanded(code, plan, config).strip("\n")
    if directive.hidden and not directive.raises and not directive.check:
        source = without_assertions(source).strip("\n")
    if not source.strip() or (directive.hidden and directive.raises):
        return None
    if directive.skip or block.language:
        fence = "`" * max(3, 1 + max(map(len, _RUN.findall(source)), default=0))
        language = block.language or ("console" if block.console else "python")
        return "" if directive.hidden else f"{fence}{language}\n{source}\n{fence}"
    if block.console:
        return Code(bash_cell(block, source))
    ends_in_error = block.may_fail or (directive.exit and source.startswith("%%"))
    return Code(source, directive.raises or ("Exception" if ends_in_error else ""))
