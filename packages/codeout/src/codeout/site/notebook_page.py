"""Pages that show notebooks, for generators that render only Markdown.

Such a page is beside the notebook and has its name: ``lab.md`` shows ``lab.ipynb``, where it has
the mark ``<!-- codeout-notebook lab.ipynb -->``.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from codeout.errors import ConfigError, display_path
from codeout.formats import MARKDOWN, format_of

if TYPE_CHECKING:
    from pathlib import Path

    from codeout.engine.plan import Plan

_MARK: Final = re.compile(r"^<!-- codeout-notebook ([^<>/]+\.ipynb) -->[ \t]*\r?$", re.MULTILINE)
_LINK: Final = re.compile(r'(?<=\bhref=")([^":?#]+)\.ipynb(?=["#])')


def mark_of_notebook(notebook: str) -> str:
    """The mark that shows a notebook.

    Args:
        notebook: The name of its file.
    """
    return f"<!-- codeout-notebook {notebook} -->"


def notebook_of(file: Path, text: str) -> Path | None:
    """The notebook that a page shows; None if it shows none.

    Args:
        file: The page, or the notebook itself, where a generator takes it for a page.
        text: The text of the page.
    """
    found = _MARK.search(text)
    if found is None or PurePosixPath(found[1]).stem != file.stem:
        return None
    return file.with_name(found[1])


def refuse_to_export(plan: Plan) -> None:
    """Refuse to export a page that shows a notebook: nothing of it is on the page.

    Raises:
        ConfigError: It is such a page; the notebook is named.
    """
    if format_of(plan.path) is MARKDOWN:
        notebook = notebook_of(plan.file, plan.source.decode("utf-8", "replace"))
        if notebook is not None:
            message = f"{plan.path}: shows a notebook, and has nothing to export"
            raise ConfigError(message, f"export {display_path(notebook)} itself")


def with_notebook(text: str, notebook: str) -> str:
    """A page with the Markdown of a notebook in the place of the mark."""
    return _MARK.sub(lambda _: notebook, text, count=1)


def shows_notebook(page: Path) -> bool:
    """Whether a file is a page that shows a notebook."""
    try:
        text = page.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return notebook_of(page, text) is not None


def lead_to_pages(html: str, folder: Path) -> str:
    """HTML in which links to notebooks lead to the pages that show them.

    Args:
        html: The HTML of a page.
        folder: The folder of the page.
    """

    def address(link: re.Match[str]) -> str:
        page = f"{link[1]}.md"
        return page if shows_notebook(folder / unquote(page)) else link[0]

    return _LINK.sub(address, html)
