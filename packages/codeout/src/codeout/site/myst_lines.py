"""The lines of a page of Python-Markdown while its tabs and admonitions become those of MyST."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from codeout.page.annotate import TAB
from codeout.page.attributes import read_attributes
from codeout.page.tabs import STEP, body

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from codeout.page.annotated_html import Tab
    from codeout.page.fences import Fence
    from codeout.page.layout import Layout
    from codeout.page.structure import Structure
    from codeout.site.myst_syntax import MystSyntax

ADMONITION: Final = "codeout-admonition"
"""The directive that admonitions become; see ``Unit.headers`` for its argument."""

_HEADING: Final = re.compile(r"(?P<title>#{1,6} .*?) +\{:? *(?P<attributes>[^{}]+)\}[ #]*$")
_PICTURE: Final = re.compile(r"(?P<link>[> \t]*\[?!?\[.*\]\([^()\s]*\))\{[^{}]*\}[ \t]*$")
_PYTHON: Final = {"python", "py", "python3", "py3"}
COMMAND: Final = re.compile(r"^[> \t]*(?:[!?]|[\w, ]+=[ \t]*!|[\w.]+\?{1,2}[ \t]*$)", re.MULTILINE)
"""A line for IPython, which is no Python: a command of a shell, or a question."""
_OPTIONS: Final = (":", "---")
_ATTRIBUTES: Final = re.compile(r" *(?:\.|[\w#.+-]* *\{(?![A-Za-z][\w:-]*\}))")


@dataclass(frozen=True, slots=True)
class Unit:
    """A group of tabs, or an admonition: what is indented below a header loses that indentation.

    Attributes:
        headers: Where the headers are. The label of an admonition is how it is shown and its kinds,
            joined by dots, and its title: ``shown.note A Title``.
        width: The column of their content, before it is indented.
    """

    headers: Sequence[Tab]
    width: int


class Rewritten:
    """The lines of a page while they are rewritten.

    A line that is inserted stands in the same string as the one before it, so that indexes stay.

    Args:
        text: The page.
        plain: Its lines as Markdown sees them.
        units: What will be rewritten: only there do tabs at the start of lines become blanks.
    """

    def __init__(self, text: str, plain: Sequence[str], units: Sequence[Unit]) -> None:
        self._lines: list[str | None] = [*text.split("\n")]
        self._free: set[int] = set()
        self._closings: set[int] = set()
        for header in (header for unit in units for header in unit.headers):
            for at in range(header.line, body(plain, header)[1]):
                line = self._line(at)
                content = line.lstrip(" \t>")
                self._lines[at] = line[: len(line) - len(content)].expandtabs(STEP) + content

    def __str__(self) -> str:
        return "\n".join(line for line in self._lines if line is not None)

    def remove_hidden(self, structure: Structure) -> None:
        """Remove hidden blocks: where their code holds the end of a comment, they would show."""
        for comment in structure.comments:
            first, last = self._line(comment.start), self._line(comment.end)
            if (
                comment.fences
                and first.lstrip("> ").startswith("<!--")
                and last.rstrip().endswith("-->")
            ):
                for at in range(comment.start, comment.end + 1):
                    self._lines[at] = ">" * first.partition("<")[0].count(">")

    def write_languages(self, fences: Iterable[Fence], syntax: MystSyntax) -> None:
        """Write the languages of fences without attributes, which MyST takes for a directive."""
        for fence in fences:
            before, run, info = self._line(fence.start).partition(fence.run)
            code = "\n".join(
                line.lstrip("> ") for line in self._view()[fence.start + 1 : fence.end]
            )
            if syntax.commands and fence.language in _PYTHON and COMMAND.search(code):
                self._lines[fence.start] = before + run + syntax.commands
            elif fence.language and _ATTRIBUTES.match(info):
                self._lines[fence.start] = before + run + fence.language

    def write_attributes(self, code: Container[int], syntax: MystSyntax) -> None:
        """Remove attributes of headings, whose ids become targets, and those of pictures."""
        for at, line in enumerate(self._view()):
            if at in code:
                continue
            if (picture := _PICTURE.match(line)) and not syntax.attributes:
                self._lines[at] = picture["link"]
            elif heading := _HEADING.match(line):
                name = read_attributes(heading["attributes"]).get("id")
                if syntax.anchors:
                    anchor = f'\\1<a id="{escape(name)}"></a>' if name else r"\1"
                    self._lines[at] = re.sub(r"^(#+ +)", anchor, line)
                    continue
                self._lines[at] = heading["title"]
                if name and syntax.directives and at and not self._line(at - 1).strip():
                    self._lines[at - 1] = f"({name})="

    def write_labels(self, unit: Unit, layout: Layout) -> None:
        """Write tabs one after the other below their labels, or an admonition below its title."""
        for tab in unit.headers:
            self._outdent(tab, unit.width)
            lead = self._line(tab.line)[: tab.column]
            if tab.label in layout.code and not lead.strip("> "):
                self._lines[tab.line] = lead.rstrip()
                self._free.add(tab.line)
            else:
                self._lines[tab.line] = f"{lead}**{self._label(tab)}**"
                if self._line(tab.line + 1).strip("> "):
                    self._insert_after(tab.line, lead.rstrip(), unit.headers[0].line)

    def write_tab_set(self, unit: Unit) -> bool:
        """Write tabs as a directive; returns whether there is room for it."""
        lead = self._line(unit.headers[0].line)[: unit.headers[0].column]
        first, *others = (tab.line - 1 for tab in unit.headers)
        taken = [at for at in (first, *others) if self._line(at).strip("> ")]
        if lead.strip("> ") or first < 0 or first in taken or {*taken} - self._closings:
            return False
        run = self._run(unit)
        for tab in unit.headers:
            self._open(tab, f"{lead}{run}{{tab-item}} {self._label(tab)}")
            self._lines[tab.line - 1] = lead + run
        self._lines[first] = f"{lead}{run}~{{tab-set}}"
        for tab in unit.headers[:-1]:
            self._outdent(tab, unit.width)
        self._close(unit, f"{lead}{run}~")
        return True

    def write_admonition(self, unit: Unit) -> None:
        """Write an admonition as a directive."""
        (header,) = unit.headers
        lead, run = self._line(header.line)[: header.column], self._run(unit)
        self._open(header, f"{lead}{run}{{{ADMONITION}}} {header.label}")
        self._close(unit, lead + run)

    def _open(self, header: Tab, opening: str) -> None:
        """Open a directive; what MyST would take for its options is set apart."""
        self._lines[header.line] = opening
        following = header.line + 1
        apart = not self._line(following).strip("> ")
        first = self._line(following + apart).lstrip("> ")
        if apart and not first.startswith(_OPTIONS):
            self._free.add(following)
        elif not apart and first.startswith(_OPTIONS):
            self._insert_after(header.line, "", header.line)

    def _close(self, unit: Unit, closing: str) -> None:
        """Close a directive below the last body, and with it those that end there."""
        last = unit.headers[-1]
        _, end = body(self._view(), last)
        self._outdent(last, unit.width)
        if end - 1 in self._closings:
            above, newline, _ = self._line(end - 1).rpartition("\n")
            self._lines[end - 1] = above + newline + closing
        elif end < len(self._lines) and not self._line(end).strip("> "):
            self._lines[end] = closing
            self._closings.add(end)
        else:
            self._insert_after(end - 1, closing, unit.headers[0].line)
            self._closings.add(end - 1)

    def _insert_after(self, at: int, line: str, start: int) -> None:
        """Insert a line, in place of a blank one that is to spare below the start of its unit."""
        self._lines[at] = f"{self._line(at)}\n{line}"
        if spare := [free for free in self._free if free >= start]:
            nearest = min(spare, key=lambda free: abs(free - at))
            self._lines[nearest] = None
            self._free.remove(nearest)

    def _outdent(self, header: Tab, width: int) -> None:
        """Remove one level of indentation from what is below a header."""
        for at in range(header.line + 1, body(self._view(), header)[1]):
            if (line := self._lines[at]) is not None:
                self._lines[at] = "\n".join(_outdented(each, width) for each in line.split("\n"))

    def _run(self, unit: Unit) -> str:
        """Marks of a fence that are longer than all in it."""
        end = body(self._view(), unit.headers[-1])[1]
        held = "\n".join(map(self._line, range(unit.headers[0].line, end)))
        return "~" * max(3, 1 + max(map(len, re.findall("~+", held)), default=0))

    def _label(self, tab: Tab) -> str:
        """The label of a tab as its author wrote it, or the title of an admonition, or its kind."""
        if found := TAB.search(self._line(tab.line)):
            return found["label"]
        kinds, _, title = tab.label.partition(" ")
        return title or kinds.split(".")[1].capitalize()

    def _view(self) -> list[str]:
        return [line or "" for line in self._lines]

    def _line(self, at: int) -> str:
        return (self._lines[at] or "") if at < len(self._lines) else ""


def _outdented(line: str, width: int) -> str:
    inner = line[width : width + STEP]
    return line if inner.strip(" ") else line[:width] + line[width + STEP :]
