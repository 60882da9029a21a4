"""What of a page a site shows besides its text: if it has changed, the page is rendered again."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from codeout.site.known_page import stale_mode
from codeout.site.notes import TABLE
from codeout.site.provenance import provenance

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from codeout.page.layout import Layout
    from codeout.site.known_page import KnownPage

_version: Final = cache(version)


def state_of(pages: Iterable[KnownPage], layout: Layout) -> str:
    """A digest of what decides how a page is shown, besides its text and the settings of the site.

    Args:
        pages: The page, and what it includes, as far as they are pages of the project.
        layout: Where the project has its outputs.
    """
    asked = stale_mode()
    shown = [(asked, each.plan.path, each.plan.layout, provenance(each.status)) for each in pages]
    return hashlib.sha256(repr((_version("codeout"), layout, shown)).encode()).hexdigest()


def shows_all_pages(file: Path) -> bool:
    """Whether a page holds the table of all pages."""
    return file.is_file() and TABLE.encode() in file.read_bytes()
