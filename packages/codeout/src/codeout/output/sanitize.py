"""HTML that does nothing but show: sanitized, and mute to Markdown and to templates."""

from __future__ import annotations

import re
from typing import Final

from codeout.text.escape import escape_invisible

_TAG: Final = re.compile(r"""(</?[a-zA-Z](?:[^"'<>]|"[^"]*"|'[^']*')*>)""")
_MARKDOWN: Final = re.compile(r"[\\`*_{}\[\]()#+\-.!|~^=:\"'$@/]")
_ACTING: Final = {"a", "area", "article", "aside", "footer", "header", "img", "map", "nav"}
_IN_TAG: Final = re.compile(r"[{}*_`\[\]]")


def sanitize(html: str) -> str:
    """HTML without scripts, styles, pictures, links and anything else that acts or reaches out.

    Of classes only that of data frames is left: others would borrow the site's looks, or its
    scripts.
    """
    import nh3

    whole = html.encode("utf-8", "replace").decode()  # half characters cannot be written
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
    """Sanitized HTML on one line, in which no character means anything to anyone else."""
    pieces = [
        _IN_TAG.sub(_entity, piece) if at % 2 else _entities(piece)
        for at, piece in enumerate(_TAG.split(html))
    ]
    return " ".join("".join(pieces).split())


def preformatted(text: str) -> str:
    """Text as HTML on one line, its line endings kept, to stand in ``<pre>``."""
    lines = text.replace("&", "&amp;").replace("<", "&lt;").split("\n")
    return "&#10;".join(map(_entities, lines))


def _entities(text: str) -> str:
    parts = re.split(r"(&[#\w]+;)", text)
    return "".join(
        part if at % 2 else _MARKDOWN.sub(_entity, part) for at, part in enumerate(parts)
    )


def _entity(mark: re.Match[str]) -> str:
    return f"&#{ord(mark[0])};"
