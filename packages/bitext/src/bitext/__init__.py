"""Checks and marks pages that say everything twice: in Korean, and in English right after it.

``load`` reads a page into blocks, ``pair`` finds the English of each Korean one, and ``check`` says
where the two do not agree. As an extension of Python-Markdown, ``markdown_extensions: [bitext]``,
it marks both languages on the rendered page.
"""

from bitext.extension import makeExtension
from bitext.finding import Finding
from bitext.glossary import Glossary, GlossaryError, Term, read_glossary
from bitext.model import Block, Kind
from bitext.page import Page, PageError, load
from bitext.pairing import Pair, Pairing, pair
from bitext.rules import check

__all__ = [
    "Block",
    "Finding",
    "Glossary",
    "GlossaryError",
    "Kind",
    "Page",
    "PageError",
    "Pair",
    "Pairing",
    "Term",
    "check",
    "load",
    "makeExtension",
    "pair",
    "read_glossary",
]
