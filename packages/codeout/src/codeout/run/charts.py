"""Charts of libraries as data: what their own MIME bundles leave out, and a picture of each.

No library is imported that the page has not imported, and pictures are made in processes of their
own: what draws them starts threads, after which a page could not be forked.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from codeout.output.interactive import BOKEH, interactive_of
from codeout.output.model import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from codeout.output.model import Interactive, Output

_SCHEMA: Final = re.compile(r"/(?P<name>vega(?:-lite)?)/v(?P<version>\d+)")
_VEGA: Final = """
import json, re, sys, vl_convert
spec = json.load(sys.stdin)
found = re.search(r"/vega-lite/v(\\d+\\.\\d+)", spec.get("$schema", ""))
if found:
    version = found[1] if found[1] in vl_convert.get_vegalite_versions() else None
    drawn = vl_convert.vegalite_to_svg(spec, vl_version=version)
else:
    drawn = vl_convert.vega_to_svg(spec)
sys.stdout.buffer.write(drawn.encode())
"""
_PLOTLY: Final = """
import json, sys, plotly.io
figure = json.load(sys.stdin)
sys.stdout.buffer.write(plotly.io.to_image(figure, format="png", scale=2, validate=False))
"""
_DRAWN: Final = {
    "altair": ("vl_convert", _VEGA, "svg"),
    "plotly": ("kaleido", _PLOTLY, "png"),
}
"""The module that draws the pictures of a library, the code that does it, and their suffix."""

_PATIENCE: Final = 60


def data_of(value: object) -> dict[str, Any]:
    """The data of a chart, by their MIME type; none for other values."""
    for kind in type(value).__mro__:
        make = _MAKERS.get((kind.__module__.partition(".")[0], kind.__name__))
        if make:
            try:
                return make(value)
            except Exception:  # noqa: BLE001  # the library says more itself, where it shows it
                return {}
    return {}


def interactive_form(
    forms: Mapping[str, object],
    still: Output | None,
    libraries: tuple[str, ...],
    *,
    result: bool,
) -> Output | None:
    """The interactive form of a value, if it is asked for and there is one, or else another.

    Args:
        forms: Its representations, by MIME type.
        still: The other form; a picture is kept beside the interactive one.
        libraries: Those that are asked for.
        result: See ``Value.result``.

    Raises:
        StillError: There is one that readers could not see.
    """
    figure = interactive_of(forms, libraries, result=result)
    if figure is None:
        return still
    return replace(figure, picture=still if isinstance(still, Figure) else picture_of(figure))


def picture_of(figure: Interactive) -> Figure | None:
    """A picture of a figure, if something is installed that can make one."""
    module, code, ending = _DRAWN.get(figure.library, ("", "", ""))
    if not module or find_spec(module) is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603  # code of ours
            [sys.executable, "-P", "-c", code],
            input=figure.data.encode(),
            capture_output=True,
            check=True,
            timeout=_PATIENCE,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return Figure(done.stdout, ending)


def _of_altair(chart: Any) -> dict[str, Any]:
    spec = chart.to_dict()
    schema = _SCHEMA.search(str(spec.get("$schema", "")))
    name, version = schema.groups() if schema else ("vega-lite", "5")
    return {f"application/vnd.{name.replace('-', '')}.v{version}+json": spec}


def _of_bokeh(model: Any) -> dict[str, Any]:
    if model.document is not None:
        return {BOKEH: import_module("bokeh.embed").json_item(model)["doc"]}
    document = import_module("bokeh.document").Document()  # for now: the page may choose another
    document.add_root(model)
    try:
        return {BOKEH: document.to_json(deferred=False)}
    finally:
        document.remove_root(model)


_MAKERS: Final[dict[tuple[str, str], Callable[[Any], dict[str, Any]]]] = {
    ("altair", "TopLevelMixin"): _of_altair,
    ("bokeh", "LayoutDOM"): _of_bokeh,
}
"""What makes data of the values of a class, by its package and its name."""
