"""Runs the Python on Markdown pages and in notebooks, and keeps the printed outputs true.

``Project.open()`` gives the pages below a folder; ``plans``, ``execute`` and ``write`` do what the
command ``codeout run`` does. ``parse`` and ``render`` take a single page apart and put it together.
``Watch`` does what ``codeout watch`` does.

Names are loaded when they are first used, so that ``import codeout`` is quick.
"""

from importlib import import_module

TYPE_CHECKING = False  # with `python -m codeout`, `typing` may be a module in the current folder
if TYPE_CHECKING:
    from codeout.config.folders import FolderSettings, Setup
    from codeout.config.matrix import Environment
    from codeout.config.pyproject import find_config
    from codeout.config.settings import Config
    from codeout.data.assets import Asset, Fetched
    from codeout.engine.gone_pages import GonePage
    from codeout.engine.outcome import Outcome, Result
    from codeout.engine.page_file import PageFile
    from codeout.engine.plan import Plan
    from codeout.engine.planning import Parse
    from codeout.engine.project import Project
    from codeout.engine.status import Status
    from codeout.engine.transcript import Transcript
    from codeout.engine.update import Update
    from codeout.errors import AssetError, CodeoutError, ConfigError, Problem
    from codeout.formats import parse
    from codeout.fs.place import NewFile
    from codeout.lock.lockfile import Lock
    from codeout.lock.observed import Observed
    from codeout.lock.record import Inputs, Record
    from codeout.lock.tested import Tested
    from codeout.output.compare import agrees, merge
    from codeout.output.coverage import Coverage
    from codeout.output.model import (
        Error,
        Figure,
        Html,
        Interactive,
        Markup,
        Output,
        Ran,
        Stream,
        Updated,
        Value,
    )
    from codeout.output.normalize import Places, normalize
    from codeout.output.shown import Picture, Printed, Rich
    from codeout.page.directives import Directive
    from codeout.page.document import fill, render
    from codeout.page.gap import Gap
    from codeout.page.layout import Layout
    from codeout.page.model import Block, FenceStyle, JsonStyle, Page, Slot, SlotKind, Text
    from codeout.page.string_literals import StringStyle
    from codeout.plugins.api import Language, Normalizer, Renderer
    from codeout.plugins.discovery import Plugin
    from codeout.run.access import Touched
    from codeout.run.events import (
        Doubted,
        Ended,
        Event,
        Finished,
        Lasting,
        LiveEvent,
        Resumed,
        Started,
    )
    from codeout.run.job import Cell, Isolation
    from codeout.run.module import Module
    from codeout.site.config_file import read_site
    from codeout.site.known_page import KnownPage
    from codeout.site.notebook_page import mark_of_notebook, shows_notebook
    from codeout.site.pages import SitePages
    from codeout.site.settings import Site
    from codeout.site.templates import ShownPage
    from codeout.watch.beside import Beside, EachTurn
    from codeout.watch.events import (
        ConfigRejected,
        PageRemoved,
        PageSettled,
        WatchEvent,
        Watching,
    )
    from codeout.watch.loop import Watch
    from codeout.watch.rerun import Rerun

    __version__: str

_MODULES = {
    "config.folders": "FolderSettings Setup",
    "config.matrix": "Environment",
    "config.pyproject": "find_config",
    "config.settings": "Config",
    "data.assets": "Asset Fetched",
    "engine.gone_pages": "GonePage",
    "engine.outcome": "Outcome Result",
    "engine.page_file": "PageFile",
    "engine.plan": "Plan",
    "engine.planning": "Parse",
    "engine.project": "Project",
    "engine.status": "Status",
    "engine.transcript": "Transcript",
    "engine.update": "Update",
    "errors": "AssetError CodeoutError ConfigError Problem",
    "formats": "parse",
    "fs.place": "NewFile",
    "lock.lockfile": "Lock",
    "lock.observed": "Observed",
    "lock.record": "Inputs Record",
    "lock.tested": "Tested",
    "output.compare": "agrees merge",
    "output.coverage": "Coverage",
    "output.model": "Error Figure Html Interactive Markup Output Ran Stream Updated Value",
    "output.normalize": "Places normalize",
    "output.shown": "Picture Printed Rich",
    "page.directives": "Directive",
    "page.document": "fill render",
    "page.gap": "Gap",
    "page.layout": "Layout",
    "page.model": "Block FenceStyle JsonStyle Page Slot SlotKind Text",
    "page.string_literals": "StringStyle",
    "plugins.api": "Language Normalizer Renderer",
    "plugins.discovery": "Plugin",
    "run.access": "Touched",
    "run.events": "Doubted Ended Event Finished Lasting LiveEvent Resumed Started",
    "run.job": "Cell Isolation",
    "run.module": "Module",
    "site.config_file": "read_site",
    "site.notebook_page": "mark_of_notebook shows_notebook",
    "site.known_page": "KnownPage",
    "site.pages": "SitePages",
    "site.settings": "Site",
    "site.templates": "ShownPage",
    "watch.beside": "Beside EachTurn",
    "watch.events": "ConfigRejected PageRemoved PageSettled WatchEvent Watching",
    "watch.loop": "Watch",
    "watch.rerun": "Rerun",
}
_HOMES = {name: f"codeout.{module}" for module, names in _MODULES.items() for name in names.split()}

__all__ = [
    "Asset",
    "AssetError",
    "Beside",
    "Block",
    "Cell",
    "CodeoutError",
    "Config",
    "ConfigError",
    "ConfigRejected",
    "Coverage",
    "Directive",
    "Doubted",
    "EachTurn",
    "Ended",
    "Environment",
    "Error",
    "Event",
    "FenceStyle",
    "Fetched",
    "Figure",
    "Finished",
    "FolderSettings",
    "Gap",
    "GonePage",
    "Html",
    "Inputs",
    "Interactive",
    "Isolation",
    "JsonStyle",
    "KnownPage",
    "Language",
    "Lasting",
    "Layout",
    "LiveEvent",
    "Lock",
    "Markup",
    "Module",
    "NewFile",
    "Normalizer",
    "Observed",
    "Outcome",
    "Output",
    "Page",
    "PageFile",
    "PageRemoved",
    "PageSettled",
    "Parse",
    "Picture",
    "Places",
    "Plan",
    "Plugin",
    "Printed",
    "Problem",
    "Project",
    "Ran",
    "Record",
    "Renderer",
    "Rerun",
    "Result",
    "Resumed",
    "Rich",
    "Setup",
    "ShownPage",
    "Site",
    "SitePages",
    "Slot",
    "SlotKind",
    "Started",
    "Status",
    "Stream",
    "StringStyle",
    "Tested",
    "Text",
    "Touched",
    "Transcript",
    "Update",
    "Updated",
    "Value",
    "Watch",
    "WatchEvent",
    "Watching",
    "agrees",
    "fill",
    "find_config",
    "mark_of_notebook",
    "merge",
    "normalize",
    "parse",
    "read_site",
    "render",
    "shows_notebook",
]


if not TYPE_CHECKING:  # a type checker would take any name for one of ours

    def __getattr__(name: str) -> object:
        """An exported name, at its first use."""
        if name == "__version__":
            return _version()
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return globals().setdefault(name, getattr(import_module(_HOMES[name]), name))


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})


def _version() -> str:
    from importlib import metadata

    try:
        return metadata.version("codeout")
    except metadata.PackageNotFoundError:  # the sources lie on the path, and are not installed
        return "0+unknown"
