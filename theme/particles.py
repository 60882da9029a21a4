"""An MkDocs hook: a Korean particle stays with the bracket, the quote or the code before it.

``텐서(tensor)를`` is one word, but browsers break a line after the bracket, whatever the style
sheet says of words: a word joiner forbids it. The index of the search knows nothing of joiners.
``finish.py`` joins for Zensical.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

JOINER: Final = "\u2060"
_ENDS: Final = r"(?:</(?:a|code|em|span|strong)>)"
_PLACE: Final = re.compile(
    rf"""
    <!--.*?--> | <(?P<name> pre|script|style|title )\b.*?</(?P=name)> | <[a-z][^>]*>
    | (?P<before> [)\]}}\u2019\u201d%]{_ENDS}* | (?:[^\w\s<>]|_){_ENDS}+ )(?=[가-힣])
    """,
    re.VERBOSE | re.DOTALL,
)


@lru_cache(64)  # pages: a server of the site has the same again at each save
def joined(html: str) -> str:
    """A page whose particles are joined to what stands before them."""
    return _PLACE.sub(lambda match: match[0] + (JOINER if match["before"] else ""), html)


def on_post_page(output: str, **_: object) -> str:
    """Join them on a page that MkDocs renders."""
    return joined(output)


def join_particles(site: Path) -> None:
    """Join the particles of the pages of a built site.

    Args:
        site: The folder of the site.
    """
    for page in site.rglob("index.html"):
        text = page.read_text(encoding="utf-8")
        if (whole := joined(text)) != text:
            page.write_text(whole, encoding="utf-8")
