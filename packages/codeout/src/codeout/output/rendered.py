"""What pages show of outputs, in whatever way they are written: text, pictures, HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from codeout.output.model import Figure


@dataclass(frozen=True, slots=True)
class Printed:
    """Text, with no newline at its end.

    Attributes:
        text: In Markdown it stands in a fence.
        kind: What a notebook calls such an output; empty in Markdown.
        name: In a notebook, the class of an error.
    """

    text: str
    kind: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, and what its author says of it.

    Attributes:
        target: Where it is: the address of a file, or a ``data:`` URI that holds it.
        alt: The description in a link.
        extra: What follows a link, such as ``{ width=300 }``; in a notebook, JSON of metadata.
        kind: What a notebook calls such an output; empty in Markdown.
    """

    target: str
    alt: str = ""
    extra: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Rich:
    """Sanitized HTML, in Markdown on one line; ``kind`` is as above."""

    html: str
    kind: str = ""


Shown = Printed | Picture | Rich
Draw = Callable[[Figure], Picture]
