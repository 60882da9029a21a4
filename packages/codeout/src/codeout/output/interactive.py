"""Values that a script draws in the browser of a reader: which are, and why others are not.

Nothing here imports the libraries: their data come in MIME bundles. Readers get a figure without
a request to any other site, so what loads something from elsewhere stays in another form.
"""

from __future__ import annotations

import html
import json
import re
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from codeout.output.away import addresses, loads_from
from codeout.output.model import Interactive
from codeout.output.sanitize import stands_alone
from codeout.page.modes import Library

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

LIBRARIES: Final = tuple(map(str, Library))
"""Whose figures can be interactive."""

BOKEH: Final = "application/vnd.bokehjs_exec.v0+json"
_JSON: Final = {
    "plotly": re.compile(r"application/vnd\.plotly\.v\d+\+json"),
    "altair": re.compile(r"application/vnd\.vega(?:lite)?\.v\d+(?:\.\d+)*[.+]json"),
    "bokeh": re.compile(re.escape(BOKEH)),
}
_WIDGET: Final = "application/vnd.jupyter.widget-view+json"
_NEEDS: Final = {
    "plotly": ("plotly", "plotly"),
    "altair": ("vl_convert", "vl-convert-python"),
    "bokeh": ("bokeh", "bokeh"),
}
"""The module that brings the script of a library, and the name to install it by."""

_DOCUMENT: Final = re.compile(r"const docs_json = ")
_SCRIPT: Final = re.compile(r"<script\b.*?</script\s*>", re.IGNORECASE | re.DOTALL)
_ELEMENT: Final = re.compile(r"<(?!/|style\b|link\b|meta\b)[a-z]", re.IGNORECASE)


class StillError(ValueError):
    """Why a value cannot be interactive: its one argument says it in words."""


def interactive_of(
    data: Mapping[str, object],
    libraries: Collection[str],
    *,
    result: bool = False,
) -> Interactive | None:
    """The interactive form of a MIME bundle.

    Args:
        data: Representations by MIME type.
        libraries: Those of ``LIBRARIES`` that the project asks for.
        result: See ``Value.result``.

    Returns:
        The form, without a picture; None if the bundle has none, or not one that is asked for.

    Raises:
        StillError: It has one that readers could not see without a request to another site.
    """
    for library, pattern in _JSON.items():
        found = next((value for mime, value in data.items() if pattern.fullmatch(mime)), None)
        if found is not None and library in libraries:
            content = _content(library, found, data)
            text = _dumped(library, content)  # first, for it refuses what is nested too deeply
            _check(library, content)
            return Interactive(text, library, result=result)
    source = str(data.get("text/html", ""))
    seen = html.unescape(source)  # also in what ``srcdoc`` of a frame holds
    if "html" in libraries and not _has_better(data, source) and _draws(seen):
        if host := loads_from(seen):
            raise StillError(f"its HTML loads from {host}")
        return Interactive(source, "html", result=result)
    return None


def _has_better(data: Mapping[str, object], source: str) -> bool:
    """Whether a bundle has a better form than its HTML, or HTML that needs no script."""
    known = any(pattern.fullmatch(mime) for mime in data for pattern in _JSON.values())
    return known or _WIDGET in data or not source or stands_alone(source)


def _draws(source: str) -> bool:
    """Whether HTML has a script, and an element to draw in: others load a library alone."""
    rest, scripts = _SCRIPT.subn("", source)
    return scripts > 0 and _ELEMENT.search(rest) is not None


def _content(library: str, value: object, data: Mapping[str, object]) -> dict[str, Any]:
    """The data of a figure; those that ``show`` of Bokeh displays are in a script."""
    if library == "bokeh" and not value:
        value = _in_script(str(data.get("application/javascript", "")))
    if not isinstance(value, dict):
        raise StillError(f"{library} gives no data of it")
    return value


def _in_script(script: str) -> object:
    """The document in a script of Bokeh; None if there is none."""
    start = _DOCUMENT.search(script)
    try:
        documents = json.JSONDecoder().raw_decode(script, start.end())[0] if start else {}
    except (ValueError, RecursionError):
        return None
    return next(iter(documents.values()), None) if isinstance(documents, dict) else None


def _check(library: str, content: dict[str, Any]) -> None:
    """Refuse a figure that readers could not see on the site alone."""
    try:
        address = next(addresses(library, content), "")
    except RecursionError as error:  # newer Pythons write JSON that is nested more deeply
        raise StillError(f"the data of {library} are nested too deeply") from error
    if address:
        raise StillError(f"it loads {address}")
    module, name = _NEEDS[library]
    if find_spec(module) is None:
        raise StillError(f"the script for {library} comes with `{name}`, which is not installed")


def _dumped(library: str, content: dict[str, Any]) -> str:
    try:
        return json.dumps(content, allow_nan=False, ensure_ascii=False, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError) as error:
        raise StillError(f"the data of {library} are no JSON") from error
