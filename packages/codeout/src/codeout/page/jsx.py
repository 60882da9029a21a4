"""MDX, which has comments of its own: ``{/* … */}``."""

from __future__ import annotations

from pathlib import PurePosixPath


def is_mdx(path: str) -> bool:
    """Whether a page is MDX, by its name."""
    return PurePosixPath(path).suffix == ".mdx"


def as_markdown(line: str) -> str:
    """A line of MDX with the comments of Markdown."""
    return line.replace("{/*", "<!--").replace("*/}", "-->")
