"""The lines of a page as they are read: those of other tools are put as Markdown has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.page.code_cells import as_python
from codeout.page.fence_words import as_rendered
from codeout.page.jsx import as_markdown, is_mdx
from codeout.page.lines import plain_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.page.layout import Layout


def lines_to_read(raw: Sequence[str], path: str, layout: Layout) -> list[str]:
    """The lines of a page, without endings, in which fences of Python open as such.

    Args:
        raw: The lines with their endings.
        path: The name of the page.
        layout: The languages and the words of fences that the project knows.
    """
    lines = [
        as_python(as_rendered(line, layout.mapping), layout.fences) for line in plain_lines(raw)
    ]
    return [as_markdown(line) for line in lines] if is_mdx(path) else lines
