"""Records which environment variables a page's own code reads, which has no audit event."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from codeout.run.access import library_folders
from codeout.run.callers import called_by_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BETWEEN: Final = {"<frozen os>", "<frozen _collections_abc>", os.__file__, __file__}
_Environ: Any = type(os.environ)


class _Noting(_Environ):  # type: ignore[misc]
    """The type of ``os.environ`` in a page; its values are as usual."""

    noted: set[str]
    ours: set[str]
    listed: dict[int, str]

    def __getitem__(self, key: str) -> str:
        listed = self.listed.get(id(key)) is key
        known = listed or key in self.ours or key in self.noted
        if not known and called_by_page(_BETWEEN):
            self.noted.add(key)
        return str(super().__getitem__(key))

    def __setitem__(self, key: str, value: str) -> None:
        super().__setitem__(key, value)
        self.ours.add(key)

    def __iter__(self) -> Iterator[str]:
        """Remember the names listed: copying the environment is not reading a variable."""
        names = [*super().__iter__()]
        self.listed = {id(name): name for name in names}
        return iter(names)


def note_reads(ours: Iterable[str]) -> set[str]:
    """Record variables read from now on by the page, or by modules that are not installed.

    Args:
        ours: Variables that are the same on every machine; these are not recorded, nor those that
            the page sets itself.

    Returns:
        A set that fills with the names of variables, set or not.
    """
    library_folders()  # the first call reads the environment itself
    environ: Any = os.environ
    environ.noted, environ.ours, environ.listed = set(), set(ours), {}
    environ.__class__ = _Noting
    noted: set[str] = environ.noted
    return noted
