"""SVG without what acts: scripts, handlers, links, and what is loaded from elsewhere.

In ``<img>`` none of it does anything, but whoever opens the address of the file gets all of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator

_ACTING: Final = frozenset({"script", "foreignobject", "handler", "listener", "iframe", "object"})
_MOVING: Final = frozenset({"set", "animate", "animatetransform", "animatemotion"})
_HERE: Final = re.compile(r"\s*(?:#|data:image/)")
_LOADING: Final = re.compile(
    r"""@import|expression\s*\(|url\(\s*["']?\s*(?!\#|data:image/|["'\s])""", re.IGNORECASE
)
_NAMESPACES: Final = {
    "": "http://www.w3.org/2000/svg",
    "xlink": "http://www.w3.org/1999/xlink",
}


def clean_svg(data: bytes) -> bytes:
    """Remove what acts; SVG without any comes back as it is.

    Raises:
        ValueError: It is not well-formed, so browsers would not show it.
    """
    builder = _Builder()
    try:
        root = ET.fromstring(data, ET.XMLParser(target=builder))  # noqa: S314  # expat bounds entities, and loads none
        if not (_clean(root) or builder.instructed):
            return data
        for prefix, uri in _NAMESPACES.items():
            ET.register_namespace(prefix, uri)
        return ET.tostring(root)
    except (ET.ParseError, LookupError, RecursionError) as error:
        raise ValueError(str(error)) from error


class _Builder(ET.TreeBuilder):
    """Leaves out instructions, such as that for a style sheet, and notes that there was one."""

    instructed = False

    def pi(self, target: str, text: str | None = None, /) -> ET.Element[Any]:
        """Take notice of an instruction."""
        self.instructed = True
        return super().pi(target, text)


def _clean(root: ET.Element) -> bool:
    """Remove what acts; returns whether anything does."""
    found = False
    for element in [*root.iter()]:
        for name in [*_acting_attributes(element)]:
            del element.attrib[name]
            found = True
        kept = [child for child in element if not _acts(child)]
        if len(kept) < len(element):
            element[:] = kept
            found = True
    return found


def _acts(element: ET.Element) -> bool:
    name = _local(element.tag)
    if name == "style":
        text = "".join(element.itertext())
        return "\\" in text or _LOADING.search(text) is not None  # escapes could hide a word
    moves = name in _MOVING and _local(element.get("attributeName", "")).endswith("href")
    return moves or name in _ACTING


def _acting_attributes(element: ET.Element) -> Iterator[str]:
    for name, value in element.attrib.items():
        local = _local(name)
        leads_away = local in {"href", "src"} and not _HERE.match(value)
        escaped = local == "style" and "\\" in value
        if local.startswith("on") or leads_away or escaped or _LOADING.search(value):
            yield name


def _local(name: object) -> str:
    """A name without its namespace, in lower case; empty for comments and instructions."""
    return name.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(name, str) else ""
