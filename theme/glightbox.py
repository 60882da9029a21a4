"""An MkDocs hook: GLightbox's files on the site.

They come with mkdocs-glightbox. That plugin would load them on every page and parse each page once
more; here ``figures.js`` loads them when a reader opens a figure, and no page is touched.
"""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_FILES = {
    "glightbox.min.js": "javascripts",
    "glightbox.min.css": "stylesheets",
    "LICENSE.md": "javascripts/glightbox",
}


def on_post_build(*, config: MkDocsConfig) -> None:
    """Copy the files into the site."""
    copy_files(Path(config.site_dir))


def copy_files(site: Path) -> None:
    """Copy the files to where ``figures.js`` asks for them."""
    source = files("mkdocs_glightbox") / "glightbox"
    for name, folder in _FILES.items():
        target = site / "assets" / folder
        target.mkdir(parents=True, exist_ok=True)
        with as_file(source / name) as file:
            shutil.copyfile(file, target / name)
