"""Checks and marks pages that are written in Korean, each block followed by its English.

``load`` reads a page into blocks, ``pair`` finds the English block of each Korean one, and
``check`` reports where the two differ. As an extension of Python-Markdown,
``markdown_extensions: [bitext]``, the package marks the language of each block on the rendered
page; ``bitext.glossary_links`` is a second extension, which links terms to a glossary. The module
``korean`` has the particles and endings of Korean words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bitext import korean
from bitext.avoided import Avoided
from bitext.finding import Finding
from bitext.glossary import Glossary, GlossaryError, Term, Use, read_glossary
from bitext.inline import split_halves
from bitext.inline_pairs import mark_title
from bitext.model import Block, Kind
from bitext.page import Page, PageError, load
from bitext.pairing import Pair, Pairing, pair
from bitext.rules import Checked, check
from bitext.settings import Settings, SettingsError, find_settings

if TYPE_CHECKING:
    from markdown.extensions import Extension

    __version__: str

__all__ = [
    "Avoided",
    "Block",
    "Checked",
    "Finding",
    "Glossary",
    "GlossaryError",
    "Kind",
    "Page",
    "PageError",
    "Pair",
    "Pairing",
    "Settings",
    "SettingsError",
    "Term",
    "Use",
    "check",
    "find_settings",
    "korean",
    "load",
    "makeExtension",
    "mark_title",
    "pair",
    "read_glossary",
    "split_halves",
]


def makeExtension(**settings: Any) -> Extension:  # noqa: N802  # Python-Markdown calls it so
    """Make the extension of Python-Markdown; ``settings`` must be empty, as it has none."""
    from bitext.extension import BitextExtension  # loads Python-Markdown

    return BitextExtension(**settings)


def __getattr__(name: str) -> str:
    """The version of the installed distribution, as ``__version__``."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import version

    return version("bitext")
