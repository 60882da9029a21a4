"""Outputs as pages show them, whatever the format: text, pictures and HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from codeout.output.model import Figure, Interactive


@dataclass(frozen=True, slots=True)
class Printed:
    """Text; in Markdown, it is shown in a fence.

    Attributes:
        text: The text, without a newline at its end.
        kind: The type of the output in a notebook; empty in Markdown.
        name: In a notebook, the class of an error, or the type of what is not plain text.
        styled: The text with its colours, as ``codeout.text.sgr`` writes them; empty without any.
    """

    text: str
    kind: str = ""
    name: str = ""
    styled: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, with what authors may add to its link.

    Attributes:
        target: The address of a file, or a ``data:`` URI with its bytes; empty for an interactive
            figure that has no picture.
        alt: The description in the link.
        extra: The text after the link, such as ``{ width=300 }``; in a notebook, the JSON of its
            metadata.
        kind: See ``Printed.kind``.
        frame: The address of the file of an interactive figure; empty for other pictures.
    """

    target: str
    alt: str = ""
    extra: str = ""
    kind: str = ""
    frame: str = ""

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of its files."""
        return tuple(filter(None, (self.target, self.frame)))


@dataclass(frozen=True, slots=True)
class Rich:
    """Sanitized HTML, in Markdown on one line.

    Attributes:
        html: The HTML.
        kind: See ``Printed.kind``.
    """

    html: str
    kind: str = ""


Shown = Printed | Picture | Rich
Draw = Callable[[Figure | Interactive], Picture]
