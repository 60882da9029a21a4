"""Style sheets in HTML, written into the elements that they are meant for."""

from __future__ import annotations

import re
from typing import Final

_SHEET: Final = re.compile(r"<style[^<>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
_ID: Final = re.compile(r"#([\w-]+)")
_TAG: Final = re.compile(r"""<[a-z][a-z0-9]*(?=[^<>]*\sid="(?P<id>[\w-]+)")""", re.IGNORECASE)
_HARMLESS: Final = re.compile(r"[\w\s#%.,()+-]*")


def styled_in_place(html: str) -> str:
    """Write the rules for single ids into their elements, as pandas' Styler has them for cells.

    Other rules are ignored, and so are values with anything but letters, digits, and what colors
    and sizes are made of: no address, no escape, no quote.
    """
    styles: dict[str, list[str]] = {}
    for sheet in _SHEET.findall(html):
        for selectors, body in _RULE.findall(sheet):
            safe = "; ".join(filter(None, map(_declaration, body.split(";"))))
            for selector in selectors.split(",") if safe else ():
                if found := _ID.fullmatch(selector.strip()):
                    styles.setdefault(found[1], []).append(safe)
    if not styles:
        return html

    def add(tag: re.Match[str]) -> str:
        own = styles.get(tag["id"])
        return f'{tag[0]} style="{"; ".join(own)}"' if own else tag[0]

    return _TAG.sub(add, html)


def _declaration(text: str) -> str:
    """A declaration, on one line; empty if it may do more than to color or to align."""
    name, _, value = text.strip().partition(":")
    if not value or not _HARMLESS.fullmatch(value) or not _HARMLESS.fullmatch(name):
        return ""
    return f"{name.strip()}: {' '.join(value.split())}"
