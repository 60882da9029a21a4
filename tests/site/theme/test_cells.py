"""The hook in ``theme/cells.py``: cells lose the controls of tabs, and nothing else does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import markdown
from cells import remove_controls

if TYPE_CHECKING:
    from tests.support.folder import Folder

TABS = '=== "Code"\n\n    a\n\n=== "Out"\n\n    b\n'


def test_cells_alone_lose_their_controls(folder: Folder) -> None:
    settings = {"pymdownx.tabbed": {"alternate_style": True}}
    tabs = markdown.markdown(TABS, extensions=[*settings], extension_configs=settings)
    cell = tabs.replace("tabbed-alternate", "tabbed-alternate codeout-cell")
    assert cell.count("<input") == 2
    page = folder.write("index.html", f"<p>{tabs}{cell}{tabs}{cell}</p>")
    remove_controls(folder.root)
    blocks = "".join(f'<div class="tabbed-block">\n<p>{text}</p>\n</div>\n' for text in "ab")
    bare = (
        '<div class="tabbed-set tabbed-alternate codeout-cell">\n<div class="tabbed-content">\n'
        f"{blocks}</div>\n</div>"
    )
    assert page.read_text(encoding="utf-8") == f"<p>{tabs}{bare}{tabs}{bare}</p>"
