"""The file of a page, by whatever has it: a plan, or a page whose status is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path


class PageFile(Protocol):
    """A page of a project."""

    @property
    def path(self) -> str:
        """Its name: relative to the root, with forward slashes."""

    @property
    def file(self) -> Path:
        """Where it is."""
