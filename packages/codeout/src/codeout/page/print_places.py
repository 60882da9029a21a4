"""Finds the statements of a block that have their outputs in comments, ``#> value``, below them."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from codeout.page.value_comments import value_comments

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

_REPEATS: Final = (
    *(ast.For, ast.AsyncFor, ast.While),
    *(ast.FunctionDef, ast.AsyncFunctionDef),
)
_COMPOUND: Final = (
    *(*_REPEATS, ast.ClassDef, ast.If, ast.With, ast.AsyncWith),
    *(ast.Try, ast.TryStar, ast.ExceptHandler, ast.Match, ast.match_case),
)
_STRING: Final = re.compile(r"[ \t]*(?P<quotes>\"\"\"|''')")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the output of a statement is, in lines of code from 0.

    Attributes:
        first: The first line of the statement.
        last: Its last line.
        end: The line after the output; ``last + 1`` if there is none.
        indent: The blanks before the statement.
        quotes: The quotes of the string that the output is; empty if it is none.
        prints_once: Whether it is a ``print`` in no loop and no function, so that its output is one
            text, which may be long.
    """

    first: int
    last: int
    end: int
    indent: str
    quotes: str = ""
    prints_once: bool = False


@dataclass(frozen=True, slots=True)
class PrintPlaces:
    """The outputs in the comments of a block.

    Attributes:
        places: A place for each statement that calls something, in order, filled or not.
        stray: The lines of comments below code that calls nothing, which cannot have printed them.
    """

    places: tuple[Place, ...] = ()
    stray: tuple[int, ...] = ()

    @property
    def any(self) -> bool:
        """Whether the block has an output in a comment."""
        return bool(self.stray) or any(place.end > place.last + 1 for place in self.places)


def find_places(lines: Sequence[str]) -> PrintPlaces:
    """Find where a block has its outputs in comments, or would have them.

    Args:
        lines: The lines of its code, without endings.

    Returns:
        No places if the code cannot be parsed.
    """
    return _places_in("\n".join(lines).removesuffix("\n"))  # some callers split off a last line


@lru_cache(maxsize=1024)  # a page is parsed again with its outputs, or with other settings
def _places_in(code: str) -> PrintPlaces:
    lines = code.split("\n")
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return PrintPlaces()
    comments = {comment.line for comment in value_comments(code) if comment.ours}
    strings = dict(_strings(tree, lines))
    found: dict[int, Place] = {}
    for node, repeats in _simple_statements(tree):
        if _calls(node):
            place = _place_of(node, lines, comments, strings, repeats=repeats)
            if before := found.get(place.last):  # with a semicolon between the two
                place = _joined(before, place)
            found[place.last] = place
    places = tuple(found[last] for last in sorted(found))
    held = {at for place in places for at in range(place.last + 1, place.end)}
    return PrintPlaces(places, tuple(sorted(comments - held)))


def _place_of(
    node: ast.stmt,
    lines: Sequence[str],
    comments: AbstractSet[int],
    strings: Mapping[int, tuple[int, str]],
    *,
    repeats: bool,
) -> Place:
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    line = lines[first]
    indent = line[: len(line) - len(line.lstrip())]
    end = last + 1
    while end in comments:
        end += 1
    prints, quotes = _prints(node), ""
    if prints and end == last + 1 and end in strings:
        last_of_string, quotes = strings[end]
        end = last_of_string + 1
    return Place(first, last, end, indent, quotes, prints_once=prints and not repeats)


def _joined(first: Place, second: Place) -> Place:
    """The place of two statements that end on the same line, each of which may print."""
    longer = max(first, second, key=lambda place: place.end)
    return replace(longer, first=first.first, indent=first.indent, prints_once=False)


def _simple_statements(node: ast.AST, *, repeats: bool = False) -> Iterator[tuple[ast.stmt, bool]]:
    """Yield the statements without others in them, and whether they may run more than once."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, _COMPOUND):
            more = repeats or isinstance(child, _REPEATS)
            yield from _simple_statements(child, repeats=more)
        elif isinstance(child, ast.stmt):
            yield child, repeats


def _strings(tree: ast.Module, lines: Sequence[str]) -> Iterator[tuple[int, tuple[int, str]]]:
    """The first line of each statement that is only a long string; its last line and quotes."""
    quoted = any(map(_STRING.match, lines))
    for node in ast.walk(tree) if quoted else ():
        match node:
            case ast.Expr(value=ast.Constant(value=str())):
                found = _STRING.match(lines[node.lineno - 1])
                last = (node.end_lineno or node.lineno) - 1
                if found and lines[last].rstrip().endswith(found["quotes"]):
                    yield node.lineno - 1, (last, found["quotes"])


def _calls(node: ast.stmt) -> bool:
    return any(isinstance(each, ast.Call | ast.Await) for each in ast.walk(node))


def _prints(node: ast.stmt) -> bool:
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print" | "pprint"))):
            return True
    return False
