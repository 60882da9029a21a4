"""An MkDocs hook: cells of code and output are no tabs until a reader chooses that.

Code and output are both in sight (``cells.css``). The radio buttons and labels of tabs are a tenth
of a lesson's elements: ``layout.js`` makes them for readers of tabs.
``finish.py`` takes them out for Zensical.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_CONTROLS: Final = re.compile(
    r'(?P<cell><div class="[^"]*\bcodeout-cell") data-tabs="[^"]*">'
    r'(?:<input[^>]*>)+<div class="tabbed-labels">.*?</div>',
    re.DOTALL,
)


def on_post_build(*, config: MkDocsConfig) -> None:
    """Take the controls out of the site that MkDocs has built."""
    remove_controls(Path(config.site_dir))


def remove_controls(site: Path) -> None:
    """Take the radio buttons and labels of cells out of the pages of a built site.

    Args:
        site: The folder of the site.
    """
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        if (bare := _CONTROLS.sub(r"\g<cell>>", text)) != text:
            page.write_text(bare, encoding="utf-8")
