"""An MkDocs hook: a Korean particle stays with the bracket or the quote before it.

``텐서(tensor)를`` is one word, but browsers break a line after the bracket, whatever the style
sheet says of words. So the bracket and what follows stand in an element that is not broken.
``finish.py`` does this for Zensical.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rewrite import rewrite_pages

if TYPE_CHECKING:
    from pathlib import Path

_PLACE: Final = re.compile(
    r"""
    <!--.*?--> | <(?P<name> pre|script|style|title|svg|option|textarea )\b.*?</(?P=name)>
    | <[a-z][^>]*> | (?P<particle> [)\]}\u2019\u201d][가-힣]+ )
    """,
    re.VERBOSE | re.DOTALL,
)


@lru_cache(64)  # pages: a server of the site has the same again at each save
def joined(html: str) -> str:
    """A page whose particles stay with what stands before them."""
    return _PLACE.sub(_whole, html)


def _whole(match: re.Match[str]) -> str:
    particle = match["particle"]
    return f'<span class="whole">{particle}</span>' if particle else match[0]


def on_post_page(output: str, **_: object) -> str:
    """Join them on a page that MkDocs renders."""
    return joined(output)


def join_particles(site: Path) -> None:
    """Join the particles of the pages of a built site.

    Args:
        site: The folder of the site.
    """
    rewrite_pages(site, joined)
