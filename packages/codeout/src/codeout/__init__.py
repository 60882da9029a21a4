"""Runs the Python on Markdown pages and in notebooks, and keeps the printed outputs true.

``Project.open()`` gives the pages below a folder; ``plans``, ``execute`` and ``write`` do what the
command ``codeout run`` does. ``parse`` and ``render`` take a single page apart and put it together.
"""

from codeout.config.settings import Config, find_config
from codeout.engine.plan import Plan
from codeout.engine.project import Project, Status
from codeout.errors import AssetError, CodeoutError, ConfigError, Problem
from codeout.formats import parse
from codeout.lock.lockfile import Lock
from codeout.lock.observed import Observed
from codeout.lock.record import Record
from codeout.output.compare import agrees, merge
from codeout.output.normalize import Places, normalize
from codeout.page.directives import Directive
from codeout.page.document import fill, render
from codeout.page.model import Block, FenceStyle, JsonStyle, Page, Slot, TabNames, Text
from codeout.run.job import Isolation

__all__ = [
    "AssetError",
    "Block",
    "CodeoutError",
    "Config",
    "ConfigError",
    "Directive",
    "FenceStyle",
    "Isolation",
    "JsonStyle",
    "Lock",
    "Observed",
    "Page",
    "Places",
    "Plan",
    "Problem",
    "Project",
    "Record",
    "Slot",
    "Status",
    "TabNames",
    "Text",
    "agrees",
    "fill",
    "find_config",
    "merge",
    "normalize",
    "parse",
    "render",
]
