"""What templates are given, in a form in which two builds can be compared.

Values of other kinds than these may know anything. Of files of a plugin's own kind, all that they
have besides counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

OURS: Final = "codeout"
"""What the names of our metadata begin with: of other pages, it stays out of the comparison."""
_PLAIN: Final = (str, int, float, bytes, date, Path, type(None))


class UnknownError(Exception):
    """A value is of no kind that is known."""


def comparable(value: Any) -> Any:
    """A value as one that equals only those that look the same: not so ``1``, ``1.0`` and ``True``.

    Raises:
        UnknownError: It is not known, or something in it.
    """
    if type(value) is str:
        return value
    if isinstance(value, _PLAIN):
        return type(value), repr(value)
    if isinstance(value, Mapping):
        return [(str(key), comparable(each)) for key, each in value.items()]
    if isinstance(value, list | tuple):
        return [comparable(each) for each in value]
    freeze = _STRUCTURE.get(kind_of(value))
    if freeze is None and (base := _base_of_file(value)):
        return _file(value), comparable(_added(value, base))
    if freeze is None:
        raise UnknownError
    return freeze(value)


def _page(page: Any) -> Any:
    """A page as others name it."""
    meta = {key: each for key, each in page.meta.items() if not key.startswith(OURS)}
    return comparable([page.title, page.url, meta, vars(page).get("typeset")])


def _file(file: Any) -> Any:
    """A file of the site as pages name it."""
    return comparable([file.src_uri, file.dest_uri, file.inclusion.name, file.page])


def _base_of_file(value: Any) -> type | None:
    """The class of files that a plugin has derived its own from; None if it is of no such class."""
    bases = (base for base in type(value).__mro__ if _name(base) == "File")
    return next(bases, None)


def _added(file: Any, base: type) -> Mapping[str, Any]:
    """What the file of a plugin has besides the attributes of every file."""
    known = {*dir(base), *base.__annotations__}
    return {name: value for name, value in vars(file).items() if name not in known}


def _entry(item: Any) -> Any:
    """A section of the navigation, with all that is below it; or a page or link."""
    below = [*map(_entry, item.children or ())]
    if kind_of(item) == "Page":
        return _page(item), below
    named = vars(item)
    return comparable([item.title, named.get("url"), named.get("typeset")]), below


def _anchor(link: Any) -> Any:
    """An entry of a table of contents, with all that is below it."""
    values = {name: value for name, value in vars(link).items() if name != "children"}
    return comparable(values), [*map(_anchor, link.children)]


_STRUCTURE: Final[Mapping[str, Callable[[Any], Any]]] = {
    "Page": _page,
    "File": _file,
    "Navigation": lambda nav: [*map(_entry, nav.items)],
    "Section": _entry,
    "Link": _entry,
    "TableOfContents": lambda toc: [*map(_anchor, toc.items)],
}


def kind_of(value: Any) -> str:
    """The name of the class of a value, if MkDocs or ProperDocs has made it; empty for others."""
    return _name(type(value))


def _name(kind: type) -> str:
    return kind.__name__ if ".structure." in kind.__module__ else ""
