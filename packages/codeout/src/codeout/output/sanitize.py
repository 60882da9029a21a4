"""Sanitizing of HTML, and escaping of it for Markdown and for templates."""

from __future__ import annotations

import re
from typing import Final

from codeout.output.styles import styled_in_place
from codeout.text.escape import escape_invisible

_TAG: Final = re.compile(r"""(</?[a-zA-Z](?:[^"'<>]|"[^"]*"|'[^']*')*>)""")
_LOOKS: Final = {"background-color", "color", "font-style", "font-weight", "text-align"}
_MARKDOWN: Final = re.compile(r"[\\`*_{}\[\]()#+\-.!|~^=:\"'$@/]")
_ACTING: Final = {"a", "area", "article", "aside", "footer", "header", "img", "map", "nav"}
_PRE: Final = re.compile(r"<pre[\s>]", re.IGNORECASE)
_TABLE: Final = re.compile(r"<table[\s>]", re.IGNORECASE)
_STYLE: Final = re.compile(r"<(?:style|link)[\s>]", re.IGNORECASE)
_PLAYED: Final = re.compile(
    r"<(?:script|input|button|select|audio|video|iframe|canvas|object|embed)[\s>]"
    r"""|<[a-z]+\s[^<>]*(?:display\s*:\s*none|\shidden(?=[\s>=]))""",
    re.IGNORECASE,
)
_BLANKS: Final = re.compile(r"\s+")
_IN_TAG: Final = re.compile(r"[{}*_`\[\]]")


def sanitize(html: str) -> str:
    """Remove scripts, styles, pictures, links and all else that acts or loads something.

    Only the class of data frames is kept: others may get styles or scripts of the site. Of styles,
    colors and the like are kept, where they stand in an element or are meant for one by its id.
    """
    import nh3

    whole = html.encode("utf-8", "replace").decode()  # lone surrogates cannot be encoded
    return nh3.clean(
        escape_invisible(styled_in_place(whole)),
        tags=nh3.ALLOWED_TAGS - _ACTING,
        filter_style_properties=_LOOKS,
        attributes={
            "*": {"title", "style"},
            "td": {"colspan", "rowspan"},
            "th": {"colspan", "rowspan", "scope"},
        },
        allowed_classes={"table": {"dataframe"}},
    )


def stands_alone(html: str) -> bool:
    """Whether HTML still says what it is to say once it is sanitized.

    It does not if nothing can be seen of it, if a script or a player would show it, or if its
    style would: a table says the same without.
    """
    if _PLAYED.search(html) or (_STYLE.search(html) and not _TABLE.search(html)):
        return False
    return shows_text(html)


def shows_text(html: str) -> bool:
    """Whether anything can be read in HTML once it is sanitized."""
    return bool(_TAG.sub("", sanitize(html)).strip())


def one_line(html: str) -> str:
    """Put sanitized HTML on one line, with entities for characters of Markdown and templates.

    In ``<pre>``, newlines become entities, and blanks stay.
    """
    pieces: list[str] = []
    inside = 0
    for at, piece in enumerate(_TAG.split(html)):
        if at % 2:
            inside += _PRE.match(piece) is not None
            inside -= piece.lower().startswith("</pre")
            pieces.append(" ".join(_IN_TAG.sub(_entity, piece).split()))
        elif inside > 0:
            pieces.append(_entities(piece.replace("\n", "&#10;")))
        else:
            pieces.append(_BLANKS.sub(" ", _entities(piece)))
    return "".join(pieces).strip()


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
