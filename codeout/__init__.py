"""Runs the Python on Markdown pages and in notebooks, and keeps the printed outputs true.

``Project.open()`` gives the pages below a folder; ``plans``, ``execute`` and ``write`` do what the
command ``codeout run`` does. ``parse`` and ``render`` take a single page apart and put it together.
"""

from codeout.compare import agrees, merge
from codeout.config import Config, find_config
from codeout.directive import Directive
from codeout.formats import parse
from codeout.job import Isolation
from codeout.lock import Lock
from codeout.normalize import Places, normalize
from codeout.observed import Observed
from codeout.page import fill, render
from codeout.parts import Block, FenceStyle, JsonStyle, Page, Slot, TabNames, Text
from codeout.plan import Plan
from codeout.problem import AssetError, CodeoutError, ConfigError, Problem
from codeout.project import Project, Status
from codeout.record import Record

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
