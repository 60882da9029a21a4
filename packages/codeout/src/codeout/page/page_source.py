"""A Markdown page as it is read: its lines, its structure and its output tabs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from codeout.page.comments import note_of
from codeout.page.guarded_markdown import Failure
from codeout.page.model import SlotKind
from codeout.page.page_words import layout_of
from codeout.page.read_lines import lines_to_read
from codeout.page.snippet_syntax import Includes, read_includes
from codeout.page.structure import Structure, read_structure
from codeout.page.tabs import OutputTab, find_output_tabs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.errors import Problem
    from codeout.page.layout import Layout

_NO_NUMBER: Final = "an include asks for lines by what is no number"


@dataclass(frozen=True, slots=True)
class PageSource:
    """A page before its blocks are looked for. Indexes are those of lines, from 0.

    Attributes:
        path: The name of the page, for problems.
        raw: Its lines, with their endings.
        lines: The same lines as Markdown sees them.
        includes: Its includes.
        structure: Its structure.
        layout: Where it has its outputs, by the settings and by what it says itself.
        outputs: Its output tabs, and the code tabs that have none yet.
    """

    path: str
    raw: Sequence[str]
    lines: Sequence[str]
    includes: Includes
    structure: Structure
    layout: Layout
    outputs: Sequence[OutputTab]


def read_source(
    raw: Sequence[str], path: str, layout: Layout
) -> tuple[PageSource, tuple[Problem, ...]]:
    """Read the lines of a page.

    Args:
        raw: The lines, with their endings.
        path: The name of the page.
        layout: Where the project has its outputs.

    Returns:
        The page, and the problems of what it says of itself.
    """
    plain = lines_to_read(raw, path, layout)
    includes = read_includes(raw, plain)
    structure = read_structure(plain, includes.replaced)
    if includes.malformed:
        hint = "write lines as in 'file.py:1:3'"
        failure = Failure(_NO_NUMBER, includes.malformed[0], hint)
        structure = Structure(structure.fences, failure=failure)
    lines = [includes.replaced.get(at, line) or "" for at, line in enumerate(plain)]
    notes = [note for note in map(note_of, structure.comments) if note.of_page]
    own, problems = layout_of(layout, notes, path)
    groups = structure.groups if SlotKind.TABS in own.outputs else ()
    outputs = tuple(find_output_tabs(lines, groups, layout.code, layout.out))
    return PageSource(path, raw, lines, includes, structure, own, outputs), problems
