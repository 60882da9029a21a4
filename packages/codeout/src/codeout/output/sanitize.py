"""Sanitizing of HTML, and escaping of it for Markdown and for templates."""

from __future__ import annotations

import re
from typing import Final

from codeout.text.escape import escape_invisible

_TAG: Final = re.compile(r"""(</?[a-zA-Z](?:[^"'<>]|"[^"]*"|'[^']*')*>)""")
_MARKDOWN: Final = re.compile(r"[\\`*_{}\[\]()#+\-.!|~^=:\"'$@/]")
_ACTING: Final = {"a", "area", "article", "aside", "footer", "header", "img", "map", "nav"}
_IN_TAG: Final = re.compile(r"[{}*_`\[\]]")


def sanitize(html: str) -> str:
    """Remove scripts, styles, pictures, links and all else that acts or loads something.

    Only the class of data frames is kept: others may get styles or scripts of the site.
    """
    import nh3

    whole = html.encode("utf-8", "replace").decode()  # lone surrogates cannot be encoded
    return nh3.clean(
        escape_invisible(whole),
        tags=nh3.ALLOWED_TAGS - _ACTING,
        attributes={
            "*": {"title"},
            "td": {"colspan", "rowspan"},
            "th": {"colspan", "rowspan", "scope"},
        },
        allowed_classes={"table": {"dataframe"}},
    )


def one_line(html: str) -> str:
    """Put sanitized HTML on one line, with entities for characters of Markdown and templates."""
    pieces = [
        _IN_TAG.sub(_entity, piece) if at % 2 else _entities(piece)
        for at, piece in enumerate(_TAG.split(html))
    ]
    return " ".join("".join(pieces).split())


def preformatted(text: str) -> str:
    """Turn text into HTML for a ``<pre>``, on one line; newlines become entities."""
    lines = text.replace("&", "&amp;").replace("<", "&lt;").split("\n")
    return "&#10;".join(map(_entities, lines))


def _entities(text: str) -> str:
    parts = re.split(r"(&[#\w]+;)", text)
    return "".join(
        part if at % 2 else _MARKDOWN.sub(_entity, part) for at, part in enumerate(parts)
    )


def _entity(mark: re.Match[str]) -> str:
    return f"&#{ord(mark[0])};"
