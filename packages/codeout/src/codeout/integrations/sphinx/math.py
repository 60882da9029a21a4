"""Outputs in LaTeX become formulas of Sphinx, which loads a script for these alone."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.transforms import SphinxTransform

from codeout.site.notes import split_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MATH: Final = re.compile(
    r'<div class="codeout-html"><div class="arithmatex">(?P<text>[^<>]*)</div></div>'
)
_DELIMITED: Final = re.compile(r"\\(?:\((?P<inline>.*)\\\)|\[(?P<display>.*)\\\])", re.DOTALL)


class MathOutputs(SphinxTransform):
    """Replaces the HTML of outputs in LaTeX; what stands beside it stays."""

    default_priority = 400  # before Sphinx notes which pages hold formulas

    def apply(self, **_: object) -> None:
        """Replace them in one page."""
        for raw in [*self.document.findall(nodes.raw)]:
            if "arithmatex" in raw.astext():
                pieces = split_marks(raw.astext())
                raw.replace_self([*_as_math(pieces, raw)])


def _as_math(pieces: Sequence[str], raw: nodes.raw) -> Iterator[nodes.Node]:
    for piece in pieces:
        found = _MATH.fullmatch(piece.strip())
        math = _DELIMITED.fullmatch(unescape(found["text"]).strip()) if found else None
        node = nodes.raw("", piece, format=raw["format"])
        if math:
            latex = math["inline"] or math["display"] or ""
            node = nodes.math_block(latex, latex, nowrap=False, number=None, label=None)
        if piece.strip():
            node.source, node.line = raw.source, raw.line
            yield node
