"""What a figure would load from elsewhere, which no figure on a page may."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAP: Final = re.compile(r"(?:scatter|choropleth|density)(?:geo|map|mapbox)|choropleth")
"""The types of traces of Plotly whose outlines or tiles are not in its script."""

_ROWS: Final = frozenset({"values", "datasets", "href"})
"""The parts of a chart of Vega whose addresses nobody loads: data, and links."""

_SOURCES: Final = re.compile(
    r"\w*Tile(?:Source|Renderer)|ImageURL|GMap\w*|AjaxDataSource|ServerSentDataSource"
)
"""The models of Bokeh that load something."""

_LOADING: Final = re.compile(
    r"""<(?:script|link|img|iframe|source|audio|video|embed|object)\b[^>]*?\s(?:src|href|data)
        \s*=\s*["']?\s*(?:https?:)?//(?P<tag>[^/\s"'?\#>]+)
    | (?:url\(|@import|\bimport\b|\bfetch\()[^;)]{0,200}?["']?(?:https?:)?//(?P<code>[^/\s"'?\#)]+)
    """,
    re.IGNORECASE | re.VERBOSE,
)


def loads_from(html: str) -> str:
    """The first host that HTML loads something from; empty if there is none."""
    found = _LOADING.search(html)
    return (found["tag"] or found["code"]) if found else ""


def addresses(library: str, content: dict[str, Any]) -> Iterator[str]:
    """What a figure of a library would load: addresses, or words for them.

    Args:
        library: ``plotly``, ``altair`` or ``bokeh``.
        content: The data of the figure.
    """
    match library:
        case "plotly":
            yield from _of_plotly(content)
        case "altair":
            yield from _of_vega(content)
        case _:
            yield from _of_bokeh(content)


def _of_plotly(content: dict[str, Any]) -> Iterator[str]:
    traces, layout = content.get("data"), content.get("layout")
    for trace in traces if isinstance(traces, list) else ():
        if isinstance(trace, dict) and _MAP.fullmatch(str(trace.get("type", ""))):
            yield "the outlines or the tiles of a map"
    images = layout.get("images") if isinstance(layout, dict) else ()
    for image in images if isinstance(images, list) else ():
        source = str(image.get("source", "")) if isinstance(image, dict) else ""
        if source and not source.startswith("data:"):
            yield source


def _of_vega(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _of_vega(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name == "url":
                yield item if isinstance(item, str) else "pictures by their address"
            elif name not in _ROWS:
                yield from _of_vega(item)


def _of_bokeh(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _of_bokeh(item)
    elif isinstance(value, dict):
        name = value.get("name")
        if value.get("type") == "object" and isinstance(name, str) and _SOURCES.fullmatch(name):
            yield f"what its {name} names"
        for item in value.values():
            yield from _of_bokeh(item)
