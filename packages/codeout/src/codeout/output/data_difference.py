"""Comparison of interactive figures by their data: not by bytes, and not by ids made at random."""

from __future__ import annotations

import json
import math
import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from codeout.output.compare import agrees
from codeout.output.diff import diff_lines
from codeout.output.tolerance import Tolerance
from codeout.output.typed_arrays import with_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from codeout.output.model import Interactive

_NOISE: Final = 1e-12
"""What doubles lose in a few operations, relative to the largest number beside them."""

_COUNTED: Final = re.compile(r"(?:param|view)_\d+")
_RANDOM: Final = re.compile(
    r"(?<![0-9a-f])[0-9a-f]{8}([-_]?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}(?![0-9a-f])"
)
"""UUIDs, with dashes, underscores or neither."""

_OF_ELEMENT: Final = re.compile(r"""\bid\s{0,9}=\s{0,9}["']([^"'\s]{1,100})["']""")
_WORD: Final = re.compile(r"[\w-]+")
_SHORT: Final = 60
_Missing: Final = object()


def first_difference(old: Interactive, new: Interactive, rtol: float) -> str:
    """Where two figures differ, with both values; empty if they show the same.

    The order of keys does not count, nor how numbers are stored, nor what ids are called.

    Args:
        old: The figure on the page.
        new: The figure of a run.
        rtol: The relative tolerance for numbers with a decimal point.
    """
    if old.library != new.library:
        return f"a figure of {old.library} became one of {new.library}"
    if old.data == new.data:
        return ""
    if old.library == "html":
        return _difference_of_html(old.data, new.data, rtol)
    try:
        was, now = (_comparable(each) for each in (old, new))
        return next(_differences("", was, now, Tolerance(rtol)), "")
    except (ValueError, RecursionError):
        return "its data cannot be read"


def comparable_text(figure: Interactive) -> str:
    """What is compared of a figure, as text."""
    if figure.library == "html":
        return _named_anew(figure.data, _of_html)
    try:
        return json.dumps(_comparable(figure), indent=1, sort_keys=True)
    except (ValueError, RecursionError):
        return figure.data


def _comparable(figure: Interactive) -> Any:
    """The data of a figure, with numbers for arrays of bytes and with ids in their order."""
    data = with_numbers(json.loads(figure.data))
    names = [*_ids(figure.library, data)]
    return _renamed(data, {name: f"id-{at}" for at, name in enumerate(dict.fromkeys(names), 1)})


def _ids(library: str, value: Any) -> Iterator[str]:
    """The names in data that its library made up, in their order; keys in any order."""
    if isinstance(value, list):
        for item in value:
            yield from _ids(library, item)
    elif isinstance(value, dict):
        for key, item in sorted(value.items()):
            if library == "altair" and key == "datasets" and isinstance(item, dict):
                yield from item
            elif isinstance(item, str) and _is_id(library, key, item):
                yield item
            else:
                yield from _ids(library, item)


def _is_id(library: str, key: str, text: str) -> bool:
    match library, key:
        case "altair", "name":
            return _COUNTED.fullmatch(text) is not None
        case ("bokeh", "id") | ("plotly", "uid"):
            return True
    return False


def _renamed(value: Any, names: dict[str, str]) -> Any:
    """Data with other names for its ids, wherever a whole word of a text is one."""

    def named(match: re.Match[str]) -> str:
        return names.get(match[0], match[0])

    def renamed(item: Any) -> Any:
        match item:
            case str():
                return _WORD.sub(named, _RANDOM.sub(named, item))
            case list():
                return [*map(renamed, item)]
            case dict():
                return {renamed(key): renamed(each) for key, each in item.items()}
        return item

    return renamed(value) if names else value


def _difference_of_html(old: str, new: str, rtol: float) -> str:
    was, now = (_named_anew(html, _of_html) for html in (old, new))
    return "" if agrees(was, now, rtol) else "\n".join(diff_lines(was.split("\n"), now.split("\n")))


def _named_anew(html: str, ids: Callable[[str], Iterable[str]]) -> str:
    """HTML with its ids named by their order."""
    renamed: str = _renamed(html, {name: f"id-{at}" for at, name in enumerate(ids(html), 1)})
    return renamed


def _of_html(html: str) -> Iterable[str]:
    """The ids of elements that hold a digit, and UUIDs, in their order."""
    found = [(match.start(1), match[1]) for match in _OF_ELEMENT.finditer(html)]
    found = [(at, name) for at, name in found if any(map(str.isdecimal, name))]
    found += [(match.start(), match[0]) for match in _RANDOM.finditer(html)]
    return dict.fromkeys(name for _, name in sorted(found))


def _differences(
    path: str, old: Any, new: Any, tolerance: Tolerance, largest: float = 0.0
) -> Iterator[str]:
    """Yield where data differ: ``data[0].y[2]: 3.0 → 4.0``."""
    match old, new:
        case dict(), dict():
            for key in dict.fromkeys([*old, *new]):
                at = f"{path}.{key}" if path else str(key)
                yield from _differences(
                    at, old.get(key, _Missing), new.get(key, _Missing), tolerance
                )
        case list(), list():
            size = max(map(abs, filter(_is_finite, old)), default=0.0)
            pairs = zip_longest(old, new, fillvalue=_Missing)
            for index, (was, now) in enumerate(pairs):
                yield from _differences(f"{path}[{index}]", was, now, tolerance, size)
        case _:
            if not _same(old, new, tolerance, largest):
                yield f"{path}: {_shortly(old)} → {_shortly(new)}"


def _same(old: Any, new: Any, tolerance: Tolerance, largest: float) -> bool:
    if isinstance(old, bool) or isinstance(new, bool):
        return old is new
    if old == new or not (isinstance(old, float) and isinstance(new, float)):
        return bool(old == new)
    noise = abs(old - new) <= _NOISE * largest and tolerance.relative > 0
    return noise or tolerance.allows(repr(old), repr(new))


def _is_finite(value: Any) -> bool:
    return isinstance(value, float) and math.isfinite(value)


def _shortly(value: Any) -> str:
    """A value in a few words."""
    if value is _Missing:
        return "nothing"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"
