"""Pages of Python-Markdown as MyST reads them: tabs and admonitions become what it knows.

Lines keep their numbers, so that messages of Sphinx name those of the page. Only where a page has
no blank line around a tab or below an admonition does one more line appear.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from codeout.page.annotate import TAB
from codeout.page.annotated_html import Tab
from codeout.page.any_fences import any_fences
from codeout.page.layout import Layout
from codeout.page.lines import split_lines
from codeout.page.read_lines import lines_to_read
from codeout.page.structure import read_structure
from codeout.page.tabs import STEP, body, header_width
from codeout.site.myst_lines import COMMAND, Rewritten, Unit
from codeout.site.myst_syntax import MystSyntax

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from codeout.page.structure import Structure

_SIGNS: Final = re.compile(r"===[ +!]|!!!|\?\?\?|<!--|\{|(?:```|~~~) *\.")
_ADMONITION: Final = re.compile(
    r"(?P<lead>[> ]*)(?P<mark>!!!|\?\?\?\+?) ?(?P<kinds>[\w-]+(?: +[\w-]+)*)"
    r'(?: +"(?P<title>.*?)")? *$'
)
_STATES: Final = {"!!!": "shown", "???": "closed", "???+": "open"}
_ITEM: Final = re.compile(r"[> ]*(?:[-*+:]|\d+[.)]) ")


def to_myst(text: str, layout: Layout = Layout(), syntax: MystSyntax = MystSyntax()) -> str:
    """Write the tabs, admonitions and attributes on a page as MyST knows them.

    Args:
        text: The page, with line endings of Unix.
        layout: Which tabs are code and output: the label of code is not shown, as it says nothing.
        syntax: What the site knows. Tabs follow each other if it knows no sets of them.

    Returns:
        The page; unchanged if Python-Markdown cannot render it.
    """
    if not (_SIGNS.search(text) or (syntax.commands and COMMAND.search(text))):
        return text
    plain = lines_to_read(split_lines(text), "page.md", layout)
    structure = read_structure(plain)
    if structure.failure:
        return text
    code = _code(plain, structure)
    units = [Unit(tabs, _width(plain, tabs[0])) for tabs in structure.groups]
    units += [Unit([tab], _width(plain, tab)) for tab in _admonitions(plain, code)]
    page = Rewritten(text, plain, units)
    page.write_languages(structure.fences, syntax)
    page.write_attributes(code, syntax)
    page.remove_hidden(structure)
    # The inner ones first, and later ones, whose blank lines can make up for inserted ones.
    for unit in sorted(units, key=lambda unit: (-unit.width, -unit.headers[0].line)):
        is_group = TAB.search(plain[unit.headers[0].line])
        if syntax.directives and not is_group:
            page.write_admonition(unit)
        elif not (syntax.directives and syntax.tab_sets and page.write_tab_set(unit)):
            page.write_labels(unit, layout)
    return str(page)


def without_hidden(text: str, layout: Layout = Layout()) -> str:
    """A page without the code of its hidden blocks, as others may read it.

    Args:
        text: The page, with line endings of Unix.
        layout: See ``to_myst``.
    """
    if "<!--" not in text:
        return text
    plain = lines_to_read(split_lines(text), "page.md", layout)
    page = Rewritten(text, plain, ())
    page.remove_hidden(read_structure(plain))
    return str(page)


def _width(lines: Sequence[str], tab: Tab) -> int:
    return header_width(lines[tab.line][: tab.column])


def _code(lines: Sequence[str], structure: Structure) -> set[int]:
    """The indexes of lines in fences and comments."""
    fenced = {at for fence in any_fences(lines) for at in range(fence.start, fence.end + 1)}
    return fenced | {at for each in structure.comments for at in range(each.start, each.end + 1)}


def _admonitions(lines: Sequence[str], code: Container[int]) -> Iterator[Tab]:
    """Yield the headers of admonitions that have a body."""
    for at, line in enumerate(lines):
        found = _ADMONITION.match(line) if at not in code else None
        if found is None or not _holds_blocks(lines, at, found["lead"]):
            continue
        kinds = ".".join([_STATES[found["mark"]], *found["kinds"].split()])
        header = Tab(at, f"{kinds} {found['title'] or ''}".rstrip(), found.end("lead"))
        if body(lines, header)[1] > at + 1:
            yield header


def _holds_blocks(lines: Sequence[str], at: int, lead: str) -> bool:
    """Whether a line with an indentation is no code: it is in a list, a tab or an admonition."""
    if ">" in lead or len(lead) < STEP:
        return True
    outer = (line for line in reversed(lines[:at]) if line.strip() and not line.startswith(lead))
    first = next(outer, "")
    return any(pattern.match(first) for pattern in (_ITEM, _ADMONITION)) or bool(TAB.search(first))
