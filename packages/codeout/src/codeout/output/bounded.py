"""Outputs within the limit for a block: how much of them is kept, and how much there was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from codeout.output.model import Error, Figure, Html, Interactive, Output, Stream

if TYPE_CHECKING:
    from collections.abc import Iterable


def bounded(outputs: Iterable[Output], limit: int) -> tuple[tuple[Output, ...], int]:
    """Cut outputs that are too long, except for streams: these are cut when captured.

    An error keeps its end, because its message is there.

    Args:
        outputs: The outputs of a block.
        limit: How many characters to keep at most. Figures may take 16 times as many bytes
            besides.

    Returns:
        The outputs, and the size before in bytes: of text other than streams, and of figures that
        were left out.
    """
    kept: list[Output] = []
    left, room, size = limit, 16 * limit, 0
    for output in outputs:
        if isinstance(output, Figure | Interactive):
            weight = _weight(output)
            room -= weight
            size += weight if room < 0 else 0
            kept += [output] if room >= 0 else []
            continue
        if isinstance(output, Stream):
            kept.append(output)
            continue
        text = output.source if isinstance(output, Html) else output.text
        size += len(text.encode("utf-8", "surrogatepass"))
        within = text[-left:] if isinstance(output, Error) and left else text[:left]
        left -= len(within)
        if isinstance(output, Html):
            kept.append(replace(output, source=within))
        else:
            kept.append(replace(output, text=within))
    return tuple(kept), size


def _weight(figure: Figure | Interactive) -> int:
    """How many bytes a figure takes."""
    if isinstance(figure, Figure):
        return len(figure.data)
    picture = _weight(figure.picture) if figure.picture else 0
    return len(figure.data.encode("utf-8", "surrogatepass")) + picture
