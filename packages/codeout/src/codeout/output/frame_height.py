"""How high the frame of an interactive figure has to be: what its data say of that."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from codeout.output.model import Figure, Interactive

HEIGHT: Final = 450
"""The height of a frame whose figure does not say how high it is, in pixels."""

_LEAST, _MOST = 50, 5_000
_MARGIN: Final = 8
_OF_SVG: Final = re.compile(rb'<svg\b[^>]*?\sheight="(\d{1,5})')
_OF_HTML: Final = re.compile(r"""\bheight\s*[:=]\s*["']?(\d{1,5})(?:px|["';\s>])""")


def height_of(figure: Interactive) -> int:
    """The height of a figure in pixels."""
    found = _found(figure)
    whole = found if isinstance(found, int | float) and _LEAST <= found <= _MOST else HEIGHT
    return round(whole)


def _found(figure: Interactive) -> object:
    if figure.library == "html":
        match = _OF_HTML.search(figure.data)
        return int(match[1]) + _MARGIN if match else None
    try:
        data = json.loads(figure.data)
        if figure.library == "plotly":
            return data["layout"]["height"]
        if figure.library == "bokeh":
            return _of_bokeh(data["roots"][0]) + _MARGIN
    except (LookupError, RecursionError, TypeError, ValueError):
        return None
    return _of_picture(figure.picture)


def _of_picture(picture: Figure | None) -> int | None:
    match = _OF_SVG.search(picture.data[:1000]) if picture else None
    return int(match[1]) + _MARGIN if match else None


def _of_bokeh(model: dict[str, Any]) -> float:
    """The height of a model: its own, or that of those above or beside each other in it."""
    attributes = model.get("attributes", {})
    if isinstance(height := attributes.get("height"), int | float):
        return height
    within = [_of_bokeh(each) for each in attributes.get("children", ()) if "name" in each]
    return sum(within) if model["name"] == "Column" else max(within, default=float(HEIGHT))
