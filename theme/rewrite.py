"""All pages of a built site, changed alike: hooks do this for generators that call none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def rewrite_pages(site: Path, change: Callable[[str], str]) -> None:
    """Change the HTML of each page of a site; what stays as it is is not written.

    Args:
        site: The folder of the built site.
        change: Gives the new HTML of a page.
    """
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        if (changed := change(text)) != text:
            page.write_text(changed, encoding="utf-8")
