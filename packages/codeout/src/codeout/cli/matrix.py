"""The output of ``codeout matrix``: pages by environments."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import click

from codeout.cli.to_json import to_json
from codeout.engine.outcome import Result
from codeout.engine.verdict import DIFFERS, FAILS, NOT_CHECKED, NOT_INSTALLABLE
from codeout.text.escape import escape_line
from codeout.text.width import display_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.matrix.results import Column

_COLORS: Final = {
    Result.TRUE: "green",
    DIFFERS: "yellow",
    **dict.fromkeys((FAILS, NOT_CHECKED, NOT_INSTALLABLE), "red"),
}


def as_table(columns: Sequence[Column], pages: Sequence[str], *, colored: bool) -> str:
    """A table of pages and environments, and below it where pages are not true."""
    header = ["page", *(column.name for column in columns)]
    rows = [[page, *(_result(column, page) for column in columns)] for page in pages]
    widths = [max(map(display_width, column)) for column in zip(header, *rows, strict=True)]
    lines = [_line(row, widths, colored=colored) for row in (header, *rows)]
    return "\n".join([*lines, *_places(columns), ""])


def as_json(columns: Sequence[Column]) -> str:
    """A JSON list with an object for each environment, which has one for each page."""
    entries = [asdict(column) for column in columns]
    for entry in entries:
        for tested in entry["pages"].values():
            tested["date"] = tested["date"].isoformat()
    return to_json(entries)


def _result(column: Column, page: str) -> str:
    return column.pages[page].result if page in column.pages else "–"


def _line(row: Sequence[str], widths: Sequence[int], *, colored: bool) -> str:
    cells = []
    for text, width in zip(row, widths, strict=True):
        shown = escape_line(text)
        color = _COLORS.get(text) if colored else None
        blanks = " " * (width - display_width(text))
        cells.append((click.style(shown, fg=color) if color else shown) + blanks)
    return "  ".join(cells).rstrip()


def _places(columns: Sequence[Column]) -> Iterator[str]:
    """Yield where pages are not true, and why none was checked in an environment."""
    for column in columns:
        if column.missing:
            (result,) = {tested.result for tested in column.pages.values()}
            yield f"{column.name}: {result}: {escape_line(column.missing)}"
        for page, tested in column.pages.items():
            if tested.says:
                place = f"{page}:{tested.line}" if tested.line else page
                yield f"{column.name}: {escape_line(place)}: {escape_line(tested.says)}"
