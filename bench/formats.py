"""The same pages in each engine's syntax: functions from pages to files, path to text."""

from __future__ import annotations

import json
from textwrap import indent
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.corpus import Page

CODEOUT = """\
[tool.codeout]
pages = ["docs"]
preload = ["torch", "torchvision"]
"""
CODEOUT_BARE = """\
[tool.codeout]
pages = ["docs"]
"""
PLAIN_SITE = """\
site_name: bench
theme: mkdocs
plugins: []
markdown_extensions: [pymdownx.superfences, pymdownx.tabbed]
"""
MKDOCS_JUPYTER = """\
site_name: bench
theme: mkdocs
plugins:
  - mkdocs-jupyter: {execute: true, allow_errors: false, kernel_name: python3}
"""
MARKDOWN_EXEC = """\
site_name: bench
theme: mkdocs
plugins: [markdown-exec]
markdown_extensions: [pymdownx.superfences]
"""
Files = dict[str, str]


def as_code_tabs(pages: Sequence[Page]) -> Files:
    """Write pages of code tabs, as codeout reads them, with torch loaded ahead."""
    return {"pyproject.toml": CODEOUT, **_markdown(pages, _code_tab)}


def as_bare_code_tabs(pages: Sequence[Page]) -> Files:
    """Write the same pages with nothing loaded ahead."""
    return {"pyproject.toml": CODEOUT_BARE, **_markdown(pages, _code_tab)}


def as_plain_site(pages: Sequence[Page]) -> Files:
    """Write pages of code tabs with the settings of a site that runs nothing."""
    return {"mkdocs.yml": PLAIN_SITE, **_markdown(pages, _code_tab)}


def as_site_of_code_tabs(pages: Sequence[Page]) -> Files:
    """Write pages of code tabs with the settings of codeout and of a site."""
    return {**as_code_tabs(pages), **as_plain_site(pages)}


def as_exec_fences(pages: Sequence[Page]) -> Files:
    """Write pages of markdown-exec's fences, one session a page, code shown above its output."""
    return {"mkdocs.yml": MARKDOWN_EXEC, **_markdown(pages, _exec_fence)}


def as_merged_fences(pages: Sequence[Page]) -> Files:
    """Write pages of one fence each, for an engine that shares nothing between fences."""
    return {
        f"docs/{page.name}.md": f"# {page.title}\n\n{_fence('python', ''.join(page.blocks))}"
        for page in pages
    }


def as_continued_fences(pages: Sequence[Page]) -> Files:
    """Write pages of fences that go on where the one before ended, as pytest-markdown-docs asks."""
    return _markdown(pages, _continued_fence)


def as_notebooks(pages: Sequence[Page]) -> Files:
    """Write notebooks for the kernel of this Python, with no outputs yet."""
    return {f"docs/{page.name}.ipynb": _notebook(page) for page in pages}


def as_site_of_notebooks(pages: Sequence[Page]) -> Files:
    """Write notebooks with the settings of a site that executes them."""
    return {"mkdocs.yml": MKDOCS_JUPYTER, **as_notebooks(pages)}


def as_lists(pages: Sequence[Page]) -> Files:
    """Write the bare blocks as JSON: a list of pages, each a list of blocks."""
    return {"pages.json": json.dumps([page.blocks for page in pages])}


def _markdown(pages: Sequence[Page], write: Callable[[Page, str], str]) -> Files:
    return {
        f"docs/{page.name}.md": "\n".join(
            [f"# {page.title}\n"]
            + [f"Step {n}.\n\n{write(page, block)}" for n, block in enumerate(page.blocks, 1)]
        )
        for page in pages
    }


def _fence(info: str, code: str) -> str:
    return f"```{info}\n{code}```\n"


def _code_tab(_: Page, block: str) -> str:
    return f'=== "Code"\n\n{indent(_fence("python", block), "    ")}'


def _exec_fence(page: Page, block: str) -> str:
    return _fence(f'python exec="on" session="{page.name}" source="above" result="text"', block)


def _continued_fence(page: Page, block: str) -> str:
    return _fence("python" if block == page.blocks[0] else "python continuation", block)


def _notebook(page: Page) -> str:
    heading = {"cell_type": "markdown", "id": "title", "metadata": {}, "source": f"# {page.title}"}
    cells = [_cell(f"step-{n}", block) for n, block in enumerate(page.blocks, 1)]
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    metadata = {"kernelspec": kernel}
    version = {"nbformat": 4, "nbformat_minor": 5}
    return json.dumps({"cells": [heading, *cells], "metadata": metadata, **version}, indent=1)


def _cell(name: str, code: str) -> dict[str, object]:
    empty: dict[str, object] = {"execution_count": None, "metadata": {}, "outputs": []}
    return {"cell_type": "code", "id": name, "source": code, **empty}
