"""What a page says of itself: its front matter and its first heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from codeout.export.prose import plain, sections

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADING: Final = re.compile(r"# +(.+?)(?: +#+)? *$")
_MARKS: Final = re.compile(r"[`*]")


def read_meta(text: str) -> dict[str, Any]:
    """The front matter of a page; empty if it has none that is YAML."""
    import yaml

    match = re.match(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*$", text, re.DOTALL | re.MULTILINE)
    if match is None:
        return {}
    try:
        found = yaml.safe_load(match[1])
    except yaml.YAMLError:
        return {}
    return found if isinstance(found, dict) else {}


def read_title(text: str, meta: Mapping[str, Any]) -> str:
    """The title of a page: that of its front matter, else its first heading; empty for none."""
    if title := meta.get("title"):
        return str(title)
    for section in sections(text):
        if match := _HEADING.match(plain(section.partition("\n")[0], str)):
            return _MARKS.sub("", match[1])
    return ""
