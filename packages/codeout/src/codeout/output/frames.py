"""Files of interactive figures: a page of HTML each, for a frame without rights on the site.

A file holds the data of its figure, from which it is read back, and asks for nothing beside the
script of its library. Whoever opens it by itself gets it in a sandbox, too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from codeout.output.frame_height import HEIGHT, height_of
from codeout.output.model import Interactive

if TYPE_CHECKING:
    from collections.abc import Sequence

_POLICY: Final = (
    "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval';"
    " style-src 'unsafe-inline'; img-src 'self' data: blob:; font-src data:;"
    " worker-src blob:; base-uri 'none'; form-action 'none'"
)
_HEAD: Final = """<!DOCTYPE html>
<!-- codeout: {library} -->
<html lang="en" data-height="{height}">
<meta charset="utf-8">
<title>Figure</title>
<style>
html, body, #figure {{ margin: 0; height: 100%; background: #fff; font-family: sans-serif }}
noscript img {{ max-width: 100% }}
</style>
<script>
if (origin !== "null") {{
  document.write('<iframe sandbox="allow-scripts" src="?framed" title="Figure"'
    + ' style="border: 0; width: 100%; height: 100%"></iframe><plaintext hidden>');
}}
</script>
<meta http-equiv="Content-Security-Policy" content="{policy}">
<noscript>{still}</noscript>
"""
_STILL: Final = '<img src="{}" alt="">'
_NO_STILL: Final = "This figure needs scripts."
_DATA: Final = '<script type="application/json" id="data">'
_END: Final = "</script>"
_DRAW: Final = {
    "plotly": "Plotly.newPlot('figure', {...data, config: {...data.config, responsive: true}});",
    "altair": "vegaEmbed('#figure', data, {actions: false});",
    "bokeh": "Bokeh.embed.embed_item({doc: data, root_id: data.roots[0].id, target_id: 'figure'});",
}
_MADE: Final = re.compile(
    rb'<!DOCTYPE html>\n<!-- codeout: ([a-z]+) -->\n<html lang="en" data-height="(\d{1,5})">\n'
)
_END_OF_HEAD: Final = b"</noscript>\n"


def frame_of(figure: Interactive, scripts: Sequence[str], picture: str) -> bytes:
    """The file of a figure.

    Args:
        figure: The figure.
        scripts: The addresses of the scripts of its library, relative to the file.
        picture: The address of a picture of it, likewise; empty if there is none.
    """
    head = _HEAD.format(
        library=figure.library,
        height=height_of(figure),
        policy=_POLICY,
        still=_STILL.format(picture) if picture else _NO_STILL,
    )
    body = figure.data if figure.library == "html" else _body(figure, scripts)
    return (head + body).encode("utf-8", "replace")


def figure_in(frame: bytes) -> Interactive | None:
    """The figure that a file holds; None if it is not one of these files."""
    made = _MADE.match(frame)
    if made is None:
        return None
    library = made[1].decode()
    text = frame.partition(_END_OF_HEAD)[2].decode("utf-8", "replace")
    if library == "html":
        return Interactive(text, library)
    return Interactive(text.partition(_DATA)[2].partition(_END)[0], library)


def height_in(frame: bytes) -> int:
    """The height of a frame for a file, in pixels."""
    made = _MADE.match(frame)
    return int(made[2]) if made else HEIGHT


def _body(figure: Interactive, scripts: Sequence[str]) -> str:
    """The script of a library, the data, and what draws them."""
    loaded = "".join(f'<script src="{address}">{_END}\n' for address in scripts)
    data = figure.data.replace("<", "\\u003c")  # so that none of it ends the element
    return (
        f'<div id="figure"></div>\n{loaded}{_DATA}{data}{_END}\n<script>\n'
        "const data = JSON.parse(document.getElementById('data').textContent);\n"
        f"{_DRAW[figure.library]}\n{_END}\n"
    )
