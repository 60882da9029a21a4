"""Finds the tabs with outputs that are not compared, for they have other names or other places."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from codeout.page.gap import Gap
from codeout.page.gaps import RESULTS
from codeout.page.model import SlotKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from codeout.page.annotated_html import Tab
    from codeout.page.layout import Layout
    from codeout.page.output_hints import OutputHints
    from codeout.page.structure import Structure

_TABS: Final = "`tabs` in `outputs`"
_RESULT_TABS: Final = ("Result", "Results", "Output", "Outputs", "Response", "Prints")


def result_tabs(structure: Structure, layout: Layout) -> Iterator[Tab]:
    """Yield the tabs that show the output of a tab before, by whatever name."""
    for group in structure.groups:
        for tab in group[1:]:
            held = [structure.fences[k].language.lower() in RESULTS for k in tab.within]
            if (held and all(held)) or tab.label in {*layout.out, *_RESULT_TABS}:
                yield tab


def unknown_tabs(
    structure: Structure, running: AbstractSet[int], layout: Layout, hints: OutputHints
) -> Iterator[Gap]:
    """Yield the tabs that seem to show the output of the tab before, by another name than ours.

    Args:
        structure: The structure of the page.
        running: The indexes of the fences that run.
        layout: Where the project has its outputs.
        hints: How the blocks of the page can have their outputs.
    """
    results = [*result_tabs(structure, layout)]
    read = SlotKind.TABS in layout.outputs
    for group in structure.groups:
        code, block = "", -1
        for at, tab in enumerate(group):
            if held := running & {*tab.fences}:
                code, block = tab.label, structure.fences[max(held)].start
                continue
            known = at and group[at - 1].label in layout.code and tab.label in layout.out
            if code and tab in results and not (known and read):
                what = f"tab `{tab.label}` after the code in the tab `{code}`"
                beside = group[at - 1].label == code
                named = _tab_settings(layout, code, tab.label, beside=beside)
                settings = named if read else _TABS
                nearest = hints.named(block, settings)
                tabs = (code, tab.label) if nearest == settings and read else ()
                yield Gap(tab.line + 1, what, nearest, output=True, tabs=tabs)


def _tab_settings(layout: Layout, code: str, out: str, *, beside: bool) -> str:
    """What makes a tab the output of another one: their names in the settings, and its place."""
    pairs = (("code", layout.code, code), ("out", layout.out, out))
    names = [
        f"`{key} = {json.dumps([*known, label], ensure_ascii=False)}`"
        for key, known, label in pairs
        if label not in known
    ]
    place = [] if beside else [f"the tab right after `{code}`"]
    return " and ".join([*names, *place])
