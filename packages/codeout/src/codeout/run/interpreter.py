"""Interpreters that we start: they get nothing of ours that changes what code does.

``multiprocessing`` hands down the main module, the options and the search path of its caller, and
has no other way to keep them than its own internals.
"""

from __future__ import annotations

import contextlib
import sys
import types
from multiprocessing import spawn, util
from typing import TYPE_CHECKING, Any

from codeout.run.environment import PLACE_FLAGS

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def without_main() -> Iterator[None]:
    """Keep multiprocessing from importing the caller's main module into each of them."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def own_flags() -> list[str]:
    """The options of this interpreter."""
    options: Any = util
    own: list[str] = options._args_from_interpreter_flags()  # noqa: SLF001  # no other way
    return own


def kept_flags() -> list[str]:
    """Those of them that the interpreters of pages have, too."""
    # Modules of the project must not replace those that we need.
    safe = ["-P", "-s"] if sys.flags.isolated else ["-P"]
    return [*safe, *(flag for flag in own_flags() if flag in PLACE_FLAGS)]


@contextlib.contextmanager
def without_flags() -> Iterator[None]:
    """Start an interpreter without the options of this one that change what code does."""
    options: Any = util
    before = options._args_from_interpreter_flags  # noqa: SLF001  # no other way
    kept = kept_flags()
    options._args_from_interpreter_flags = lambda: kept  # noqa: SLF001
    try:
        yield
    finally:
        options._args_from_interpreter_flags = before  # noqa: SLF001


@contextlib.contextmanager
def without_path() -> Iterator[None]:
    """Start a fork server with its own search path, where Python would give it ours."""
    own: Any = spawn
    before = own.get_preparation_data
    own.get_preparation_data = lambda name: {}  # noqa: ARG005  # no other way
    try:
        yield
    finally:
        own.get_preparation_data = before
