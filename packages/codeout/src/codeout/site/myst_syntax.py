"""What of MyST a site knows, by its settings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MystSyntax:
    """What of MyST a site knows.

    Attributes:
        directives: Whether it knows directives; not if it reads plain CommonMark or that of GitHub.
        tab_sets: Whether it knows the directive ``tab-set``.
        attributes: Whether it reads attributes of pictures.
        anchors: Whether ids of headings become anchors in HTML; other attributes of headings stay.
        commands: The language to highlight Python with commands of a shell as; empty for Python.
    """

    directives: bool = True
    tab_sets: bool = False
    attributes: bool = False
    anchors: bool = False
    commands: str = ""
