"""An MkDocs hook: cells of code and output are no tabs until a reader chooses that.

Code and output are both in sight (``cells.css``). The radio buttons and labels of tabs are a tenth
of a lesson's elements: ``layout.js`` makes them for readers of tabs.
``finish.py`` takes them out for Zensical.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rewrite import rewrite_pages

if TYPE_CHECKING:
    from pathlib import Path

_CONTROLS: Final = re.compile(
    r'(?P<cell><div class="[^"]*\bcodeout-cell") data-tabs="[^"]*">'
    r'(?:<input[^>]*>)+<div class="tabbed-labels">.*?</div>',
    re.DOTALL,
)


@lru_cache(64)  # pages: a server of the site has the same again at each save
def without_controls(html: str) -> str:
    """A page without the radio buttons and labels of its cells."""
    return _CONTROLS.sub(r"\g<cell>>", html)


def on_post_page(output: str, **_: object) -> str:
    """Take them out of a page that MkDocs renders."""
    return without_controls(output)


def remove_controls(site: Path) -> None:
    """Take the radio buttons and labels of cells out of the pages of a built site.

    Args:
        site: The folder of the site.
    """
    rewrite_pages(site, without_controls)
