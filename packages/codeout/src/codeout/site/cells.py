"""Cells of a rendered page: the groups of tabs that hold code, and its output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from codeout.page.layout import Layout

CELL: Final = "codeout-cell"
"""The class of a group of tabs with code, and its output if there is one, and nothing else."""


def mark_cells(root: Element, layout: Layout) -> None:
    """Give the class of cells to the tabs that are one, in a page as Python-Markdown built it.

    Args:
        root: The page.
        layout: The settings of the page.
    """
    for tabs in root.iter("div"):
        classes = tabs.get("class", "").split()
        if "tabbed-set" in classes and _is_cell(_labels(tabs), layout):
            tabs.set("class", " ".join([*classes, CELL]))


def _labels(tabs: Element) -> list[str]:
    """The labels of a group, in either style of pymdownx.tabbed."""
    found = tabs.findall("label") or tabs.findall("div[@class='tabbed-labels']/label")
    return ["".join(label.itertext()) for label in found]


def _is_cell(labels: list[str], layout: Layout) -> bool:
    match labels:
        case [code]:
            return code in layout.code
        case [code, out]:
            return code in layout.code and out in layout.out
    return False
