"""What goes on beside a watch, such as builds of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Beside(Protocol):
    """Something that a watch wakes on each turn of its loop."""

    def folders(self) -> frozenset[Path]:
        """Folders in which it wants to know of changes, besides those of the pages."""

    def turn(self, has_read: Callable[[Path], bool], *, changed: bool, idle: bool) -> None:
        """Do what there is to do, without waiting for anything; an exception ends the watch.

        Args:
            has_read: Whether the watch has read a file as it is now, if that is a page.
            changed: Whether anything has changed in the folders since the last turn.
            idle: Whether all pages that had to run have run and are written.
        """


class EachTurn:
    """A function that is called on each turn, and nothing else.

    Args:
        check: The function.
    """

    def __init__(self, check: Callable[[], None]) -> None:
        self._check = check

    def folders(self) -> frozenset[Path]:
        """See ``Beside``."""
        return frozenset()

    def turn(self, has_read: Callable[[Path], bool], *, changed: bool, idle: bool) -> None:
        """See ``Beside``."""
        del has_read, changed, idle
        self._check()


NOTHING: Final = EachTurn(lambda: None)
