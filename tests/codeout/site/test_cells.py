"""Groups of tabs that are a cell have its class, in either style of tabs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import markdown
import pytest
from codeout.page.layout import Layout
from codeout.site.cells import mark_cells
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

OURS = Layout(code=("Code", "코드"), out=("Out", "결과"))


class _Marking(Treeprocessor):  # type: ignore[misc]  # Python-Markdown comes without types
    def run(self, root: Element) -> None:
        mark_cells(root, OURS)


class _Cells(Extension):  # type: ignore[misc]  # as above
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802  # its name there
        md.treeprocessors.register(_Marking(md), "cells", -1)


def classes(*labels: str, alternate: bool = True) -> list[list[str]]:
    """The classes of the groups of tabs that these labels make."""
    text = "\n".join(f'=== "{label}"\n\n    text\n' for label in labels)
    html = markdown.markdown(
        text,
        extensions=["pymdownx.tabbed", _Cells()],
        extension_configs={"pymdownx.tabbed": {"alternate_style": alternate}},
    )
    return [found.split() for found in re.findall('class="(tabbed-set[^"]*)"', html)]


@pytest.mark.parametrize("alternate", [True, False])
@pytest.mark.parametrize(
    ("labels", "marked"),
    [
        (["Code", "Out"], True),
        (["코드", "결과"], True),
        (["Code"], True),
        (["Out"], False),
        (["Out", "Code"], False),
        (["Code", "Out", "Out"], False),
        (["Code", "Out", "Code", "Out"], False),
        (["Code", "Linux"], False),
        (["code", "out"], False),
        (["Linux", "macOS"], False),
    ],
)
def test_a_cell_is_code_and_its_output_alone(
    labels: list[str], marked: bool, alternate: bool
) -> None:
    (found,) = classes(*labels, alternate=alternate)
    assert ("codeout-cell" in found) == marked
    assert found[0] == "tabbed-set"
