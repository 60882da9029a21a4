"""MDX, which has comments of its own: ``{/* … */}``."""

from __future__ import annotations

from pathlib import PurePosixPath


def is_mdx(path: str) -> bool:
    """Whether a page is MDX, by its name."""
    return PurePosixPath(path).suffix == ".mdx"


def as_markdown(line: str) -> str:
    """A line of MDX with the comments of Markdown."""
    return line.replace("{/*", "<!--").replace("*/}", "-->")


def own_comments(path: str, text: str) -> str:
    """A text for people, with the comments of a page in the form that the page has them."""
    return text.replace("<!--", "{/*").replace("-->", "*/}") if is_mdx(path) else text


def has_tabs(path: str) -> bool:
    """Whether pages like this one can have the tabs of Markdown, by its name."""
    return PurePosixPath(path).suffix not in {".mdx", ".qmd"}
