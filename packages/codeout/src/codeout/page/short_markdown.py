"""Markdown that a value is shown as, rendered by itself."""

from __future__ import annotations


def to_html(markdown: str) -> str:
    """The HTML of Markdown with tables and fences."""
    from markdown import markdown as render

    return str(render(markdown, extensions=["tables", "fenced_code"]))
