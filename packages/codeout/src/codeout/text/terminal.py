"""What a terminal shows after a text with carriage returns and cursor moves was printed."""

from __future__ import annotations

import re
from itertools import chain, groupby, repeat
from operator import itemgetter
from typing import Final

from codeout.text.sgr import Run, Style
from codeout.text.width import display_width

_TOKEN: Final = re.compile(
    r"""
      \x1b[\]PX^_] [^\x07\x1b\x9c\n]* (?:\x07|\x9c|\x1b\\)?              # titles, hyperlinks
    | (?:\x1b\[|\x9b) (?P<parameter>[0-?]*) [ -/]* (?P<command>[@-~])?   # colours, moves
    | \x1b [ -/]* [0-~]?                                                 # character sets, the rest
    | [\r\b\n]
    | [^\x1b\x9b\r\b\n]+
    """,
    re.VERBOSE,
)


def render_terminal(text: str) -> str:
    r"""Return what a terminal shows in the end; ``\r\n`` becomes a newline.

    Followed are ``\r``, ``\b``, and two control sequences of ECMA-48 that progress bars use: cursor
    up (``A``) and erase in line (``K``). All others are removed. A wide letter takes two columns,
    a combining mark none; of a wide letter that is half overwritten, a blank is left.
    """
    if not re.search(r"[\x1b\x9b\r\b]", text):
        return text
    return "\n".join("".join(line) for line, _ in _screen(text))


def render_styled(text: str) -> list[list[Run]]:
    """The same, as lines of stretches that look alike: colours and the like are kept."""
    lines: list[list[Run]] = []
    for cells, styles in _screen(text):
        known = chain(styles, repeat(Style()))
        together = groupby(zip(cells, known, strict=False), key=itemgetter(1))
        lines.append([("".join(cell for cell, _ in run), style) for style, run in together])
    return lines


def _screen(text: str) -> list[tuple[list[str], list[Style]]]:
    """The columns of each line in the end, and the styles of the first of them."""
    screen: list[tuple[list[str], list[Style]]] = [([], [])]
    row = column = 0
    style = Style()
    for token in _TOKEN.finditer(text):
        run, parameter = token[0], token["parameter"]
        cells, styles = screen[row]
        match token["command"] or run[0]:
            case "\n":
                row, column = row + 1, 0
                screen += [([], [])] if row == len(screen) else []
            case "\r":
                column = 0
            case "\b":
                column = max(column - 1, 0)
            case "A" if parameter is not None:
                row = max(row - _count(parameter), 0)
            case "K" if parameter in ("", "0", "2"):
                start = 0 if parameter == "2" else column
                del cells[start:], styles[start:]
            case "m" if parameter is not None and re.fullmatch(r"[0-9:;]*", parameter):
                style = style.after(parameter)
            case _ if parameter is None and run[0] != "\x1b":
                start, column = column, _put(run, cells, column)
                if styles or style != Style():
                    styles += [Style()] * (start - len(styles))
                    styles[start:column] = [style.seen] * (column - start)
    return screen


def _put(run: str, cells: list[str], column: int) -> int:
    """Write characters into the columns of a line; return the column after them.

    The second column of a wide letter holds an empty text. A mark without a width belongs to the
    column before it; at the start of a line, it has one of its own.
    """
    cells += " " * (column - len(cells))
    end = column + len(run)
    if run.isascii() and "" not in cells[column : end + 1]:  # as it nearly always is
        cells[column:end] = run
        return end
    for char in run:
        width = display_width(char)
        if width == 0 and column:
            cells[column - 1 - (cells[column - 1] == "")] += char
            continue
        end = column + max(width, 1)
        if cells[column : column + 1] == [""]:
            cells[column - 1] = " "
        if cells[end : end + 1] == [""]:
            cells[end] = " "
        cells[column:end] = [char, ""] if width > 1 else [char]
        column = end
    return column


def _count(parameter: str) -> int:
    """How many times to repeat a command; at least once."""
    return max(int(parameter[:4]), 1) if parameter.isdecimal() else 1
