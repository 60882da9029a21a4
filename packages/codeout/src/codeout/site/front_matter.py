"""What a page says of itself: its front matter and its first heading."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from codeout.export.prose import plain, sections, stretches

if TYPE_CHECKING:
    from collections.abc import Mapping

_FRONT_MATTER: Final = re.compile(
    r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE
)
_HEADING: Final = re.compile(r"# +(.+?)(?: +#+)? *$")
_FIRST_LEVEL: Final = re.compile(r"^(?:# |[^\s>].*\n=+[ \t]*$|<h1\b)", re.MULTILINE)
_MARKS: Final = re.compile(r"[`*]")


def read_meta(text: str) -> dict[str, Any]:
    """The front matter of a page; empty if it has none that is YAML."""
    match = _FRONT_MATTER.match(text)
    return deepcopy(_read(match[1])) if match else {}


@lru_cache(4096)  # pages: a server of the site reads them all at each save
def _read(front: str) -> dict[str, Any]:
    import yaml

    try:
        found = yaml.safe_load(front)
    except yaml.YAMLError:
        return {}
    return found if isinstance(found, dict) else {}


def without_meta(text: str) -> str:
    """A page without its front matter, and without blank lines at its start."""
    match = _FRONT_MATTER.match(text)
    return text[match.end() :].lstrip("\r\n") if match and read_meta(text) else text


def has_title(text: str) -> bool:
    """Whether a page without its front matter has a heading of the first level."""
    outside = ("\n".join(lines) for is_code, lines in stretches(text.split("\n")) if not is_code)
    return any(_FIRST_LEVEL.search(lines) for lines in outside)


def read_title(text: str, meta: Mapping[str, Any]) -> str:
    """The title of a page: that of its front matter, else its first heading; empty for none."""
    if title := meta.get("title"):
        return str(title)
    return _first_heading(text)


@lru_cache(256)  # pages: likewise
def _first_heading(text: str) -> str:
    for section in sections(text):
        if match := _HEADING.match(plain(section.partition("\n")[0], str)):
            return _MARKS.sub("", match[1])
    return ""
