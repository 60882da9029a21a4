"""The settings of a project: ``[tool.codeout]`` in ``pyproject.toml``; every key is optional."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from codeout.config.folders import FolderSettings, Setup, names_page
from codeout.config.schema import LAYOUT
from codeout.page.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from codeout.config.matrix import Environment
    from codeout.data.assets import Asset
    from codeout.plugins.discovery import Plugin


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one project.

    Attributes:
        root: The folder of ``pyproject.toml``; every other path is relative to it.
        pages: Files, folders and patterns that name the pages.
        exclude: Patterns of pages to leave out.
        layout: Where pages have their outputs.
        snippets: Folders of snippets, in the order to search; by default, those of the site.
        figures: The folder for figures, with a folder for each page; empty for beside each page.
        lock: The lock file, which records the inputs of each page; empty for none.
        preload: Modules to import once, before the first page.
        plugins: The installed packages that add to codeout.
        environment: Environment variables of pages.
        timeout: Seconds that one block may take.
        rtol: Relative tolerance for numbers with a decimal point.
        colour: Whether printed text keeps its colours; on pages in Markdown.
        interactive: The libraries whose figures are interactive; on pages in Markdown.
        output_limit: Bytes of text that one block may print or show.
        jobs: How many pages run at the same time; 0 means one per core.
        needs: What a worker of a cluster must offer to run a page, by the name of the resource.
        assets: Data files that pages would download.
        setup: Code that runs before the first block of each session of some pages.
        folders: Settings for some pages, in place of these; later ones win.
        matrix: Environments in which pages may hold as well.
        heading_attributes: Attributes of headings that an export shows after the title, such as
            ``data-ko`` for its translation.
        export: Patterns of pages that readers of the site can download.
        export_hidden: Whether an export keeps what hidden blocks set up.
        llms_txt: Whether the site has the Markdown of its pages, and ``llms.txt``, which lists it.
        checkpoints: How many checkpoints ``codeout watch`` keeps.
        checkpoint_megabytes: How much memory they may take, in MB.
    """

    root: Path
    pages: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    layout: Layout = Layout()
    snippets: tuple[str, ...] = ("snippets", ".")
    figures: str = ""
    lock: str = ""
    preload: tuple[str, ...] = ()
    plugins: tuple[Plugin, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    timeout: float = 60.0
    rtol: float = 1e-3
    colour: bool = False
    interactive: tuple[str, ...] = ()
    output_limit: int = 1_000_000
    jobs: int = 0
    needs: Mapping[str, float] = field(default_factory=dict)
    assets: tuple[Asset, ...] = ()
    setup: tuple[Setup, ...] = ()
    folders: tuple[FolderSettings, ...] = ()
    matrix: tuple[Environment, ...] = ()
    heading_attributes: tuple[str, ...] = ()
    export: tuple[str, ...] = ()
    export_hidden: bool = True
    llms_txt: bool = False
    checkpoints: int = 64
    checkpoint_megabytes: int = 2_000

    def setup_of(self, path: str) -> tuple[Setup, ...]:
        """The code that runs before the page with a name, in order."""
        return tuple(each for each in self.setup if not each.pages or names_page(each.pages, path))

    def for_page(self, path: str) -> Config:
        """The settings of the page with a name."""
        values: dict[str, Any] = {}
        for folder in self.folders:
            if names_page(folder.pages, path):
                values |= folder.values
        layout = replace(self.layout, **take_layout(values))
        return replace(self, layout=layout, **values)


def take_layout(values: dict[str, Any]) -> dict[str, Any]:
    """Take the keys that say where outputs are out of a table."""
    names = [key.replace("-", "_") for key in LAYOUT]
    return {name: values.pop(name) for name in names if name in values}
