"""An MkDocs hook: notebooks rendered as the pages of the site, with its elements and styles.

mkdocs-jupyter makes pages of them, with JupyterLab's whole style sheet and its scripts: 620 kB,
and links to content delivery networks. Here codeout shows the notebook, as it does for generators
that know no notebooks: by a page of Markdown, which this hook puts in the notebook's place.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from codeout import mark_of_notebook, shows_notebook
from mkdocs.plugins import event_priority
from mkdocs.utils.meta import get_data

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_AFTER_PLUGINS = -50


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Name the notebooks in the navigation, which has the pages that show them."""
    config.nav = _with_notebooks(config.nav, Path(config.docs_dir))
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Leave those pages out: the notebooks have their addresses."""
    for file in list(files.documentation_pages()):
        if shows_notebook(Path(config.docs_dir, file.src_uri)):
            files.remove(file)
    return files


@event_priority(_AFTER_PLUGINS)
def on_pre_page(page: Page, *, config: MkDocsConfig, files: Files) -> Page:
    """Let the site render notebooks, not mkdocs-jupyter."""
    del config, files
    if _is_notebook(page):
        vars(page).pop("render", None)
    return page


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give a notebook the text of the page that shows it, or the mark alone if there is none."""
    del config, files
    if not _is_notebook(page):
        return markdown
    notebook = Path(str(page.file.abs_src_path))
    shown = notebook.with_suffix(".md")
    if not shows_notebook(shown):
        return mark_of_notebook(notebook.name)
    text, meta = get_data(shown.read_text(encoding="utf-8"))
    page.meta.update(meta)
    return text


def _is_notebook(page: Page) -> bool:
    return page.file.src_uri.endswith(".ipynb")


def _with_notebooks(items: Any, docs: Path) -> Any:
    """A navigation in which notebooks take the places of the pages that show them."""
    if isinstance(items, list):
        return [_with_notebooks(item, docs) for item in items]
    if isinstance(items, dict):
        return {title: _with_notebooks(item, docs) for title, item in items.items()}
    shown = isinstance(items, str) and shows_notebook(docs / items)
    return str(Path(items).with_suffix(".ipynb").as_posix()) if shown else items
