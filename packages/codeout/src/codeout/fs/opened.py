"""The files that are opened meanwhile, by whatever code."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
import threading
from typing import TYPE_CHECKING, Any, Final

from codeout.fs.state import state_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMPILED: Final = ".pyc"  # while it is written, more follows
_notes = threading.local()  # the files of the context that this thread is in


@contextlib.contextmanager
def opened_files() -> Iterator[dict[str, str]]:
    """Note which files this thread opens while the context lasts, also those that are not there.

    Compiled modules are left out: Python keeps them beside their source, for the next import.

    Yields:
        Their states before they were first opened, by their absolute paths.
    """
    _install()
    states: dict[str, str] = {}
    _notes.states = states
    try:
        yield states
    finally:
        _notes.states = None


@contextlib.contextmanager
def unnoted_files() -> Iterator[None]:
    """Note no file of this thread while the context lasts, in whatever context it is."""
    states, _notes.states = getattr(_notes, "states", None), None
    try:
        yield
    finally:
        _notes.states = states


@functools.cache
def _install() -> None:
    sys.addaudithook(_note)  # which nothing removes again


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    states = getattr(_notes, "states", None) if event == "open" else None
    if states is not None and isinstance(arguments[0], str | bytes):
        path = os.path.abspath(os.fsdecode(arguments[0]))  # noqa: PTH100  # keeps links
        if _COMPILED not in os.path.basename(path):  # noqa: PTH119
            states.setdefault(path, state_of(path))
