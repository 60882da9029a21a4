"""The directive that admonitions of Python-Markdown become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.directives.admonitions import Admonition
from sphinx.locale import admonitionlabels

if TYPE_CHECKING:
    from docutils.nodes import Node


class MarkdownAdmonition(Admonition):
    """An admonition of any kind; see ``codeout.site.myst_lines`` for its argument."""

    arguments: list[str]

    def run(self) -> list[Node]:
        """Make the admonition; without a title, its kind is the title."""
        words, _, title = self.arguments[0].partition(" ")
        state, *kinds = words.split(".")
        known = kinds[0] if kinds[0] in admonitionlabels else ""
        self.options["class"] = kinds
        if state != "shown":
            self.options["collapsible"] = state
        self.arguments = [title or str(admonitionlabels[known] if known else kinds[0].capitalize())]
        return super().run()
