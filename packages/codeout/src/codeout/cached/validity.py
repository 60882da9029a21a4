"""Whether what is kept still holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.fs.state import state_of
from codeout.lock.versions import importable

if TYPE_CHECKING:
    from codeout.cached.store import KeptPage, States


def same(page: KeptPage) -> bool:
    """Whether the status of a page holds: nothing that it was found in has changed."""
    return unchanged(page.states) and not any(map(importable, page.missing))


def unchanged(states: States) -> bool:
    """Whether some files have the states that they had."""
    return all(state_of(path) == state for path, state in states.items())
