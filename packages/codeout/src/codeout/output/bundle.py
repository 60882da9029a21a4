"""The representations of a value by MIME type, and which of them a page shows."""

from __future__ import annotations

import base64
import json
import re
from typing import Final

from codeout.output.model import Figure, Html, Markup, Output, Value
from codeout.output.sanitize import shows_text, stands_alone

PICTURES: Final = {
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
}
"""The suffixes of files by MIME type; of several pictures, the first type here is used."""

JSON: Final = ("application/json", "application/geo+json")
MARKUP: Final = ("text/markdown", "text/latex", *JSON)
"""The types of ``Markup``, the first of which is used."""

_DOCUMENT: Final = re.compile(r"\\begin\{(?:[Vv]erbatim|tabular|table|longtable)\b")
"""LaTeX that is no math, so that no script of a site shows it."""


def from_bundle(data: dict[str, object], *, result: bool = False) -> Output | None:
    """Choose the richest output of a MIME bundle of IPython that a page can show.

    Args:
        data: Representations by MIME type; binary ones are bytes or base64 text.
        result: See ``Value.result``.

    Returns:
        The output; None if a page can show none of the bundle.
    """
    for mime, ending in PICTURES.items():
        if mime in data:
            return Figure(_as_bytes(data[mime], mime), ending, result)
    html, plain = str(data.get("text/html", "")), str(data.get("text/plain", ""))
    if html and stands_alone(html):
        return Html(html, result, plain)
    for mime in MARKUP:
        if mime in data and not (html and plain and _is_document(mime, data[mime])):
            return Markup(_as_text(data[mime], mime), mime, result)
    if "text/plain" in data:
        return Value(plain, result)
    return Html(html, result) if shows_text(html) else None


def _is_document(mime: str, value: object) -> bool:
    return mime == "text/latex" and _DOCUMENT.search(str(value)) is not None


def _as_text(value: object, mime: str) -> str:
    """Text as it is, and what JSON holds as JSON."""
    if isinstance(value, str) and mime not in JSON:
        return value
    return json.dumps(value, indent=2, ensure_ascii=False, default=str)


def _as_bytes(value: object, mime: str) -> bytes:
    if isinstance(value, bytes):
        return value
    if mime == "image/svg+xml":
        return str(value).encode("utf-8", "replace")
    return base64.b64decode(str(value))
