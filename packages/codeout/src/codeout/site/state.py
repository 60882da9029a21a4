"""What of a page a site shows besides its text: if it has changed, the page is rendered again."""

from __future__ import annotations

import hashlib
import os
from importlib.metadata import version
from typing import TYPE_CHECKING

from codeout.site.notes import TABLE
from codeout.site.pages import STALE
from codeout.site.provenance import provenance

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from codeout.site.pages import KnownPage


def state_of(pages: Iterable[KnownPage]) -> str:
    """A digest of all that is shown of some pages and is not in their text; empty for none.

    Args:
        pages: The pages: for one that is rendered, itself and what it includes.
    """
    shown = [(each.plan.path, each.plan.layout, provenance(each.status)) for each in pages]
    if not shown:
        return ""
    made_by = (version("codeout"), os.environ.get(STALE, ""))
    return hashlib.sha256(repr((made_by, shown)).encode()).hexdigest()


def shows_all_pages(file: Path) -> bool:
    """Whether a page holds the table of all pages."""
    return file.is_file() and TABLE.encode() in file.read_bytes()
