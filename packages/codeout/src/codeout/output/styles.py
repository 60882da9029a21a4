"""Style sheets in HTML, written into the elements that they are meant for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_SHEET: Final = re.compile(r"<style[^<>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
_ID: Final = re.compile(r"#([\w-]+)")
_CLASS: Final = re.compile(r"#[\w-]+\s+\.([\w-]+)")
_TAG: Final = re.compile(r"<[a-z][a-z0-9]*(?=\s)(?P<given>[^<>]*)", re.IGNORECASE)
_OWN_ID: Final = re.compile(r'\sid="([\w-]+)"')
_OWN_CLASSES: Final = re.compile(r'\sclass="([^"]*)"')
_OWN_STYLE: Final = re.compile(r"(?<=\sstyle=[\"'])")
_HARMLESS: Final = re.compile(r"(?!.*url\s*\()[\w\s#%.,()+-]*", re.DOTALL | re.IGNORECASE)
_ALIGNS: Final = re.compile(r"text-align\b")


@dataclass(frozen=True, slots=True)
class _Rules:
    """What style sheets say: declarations by id; and those that align, in order, by class."""

    ids: dict[str, list[str]] = field(default_factory=dict)
    classes: list[tuple[str, str]] = field(default_factory=list)

    def of(self, given: str) -> list[str]:
        """The declarations for an element with some attributes."""
        ids = _OWN_ID.findall(given)[:1]
        names = " ".join(_OWN_CLASSES.findall(given)[:1]).split()
        aligned = [declaration for name, declaration in self.classes if name in names]
        return [*aligned, *(each for own in ids for each in self.ids.get(own, ()))]


def styled_in_place(html: str) -> str:
    """Write rules into the elements that they are for, and that may be used without the sheet.

    Those for a single id, as pandas' Styler has them for cells; and of those for a class in an
    element with an id, as great_tables has them for columns, what aligns text. Other rules are
    ignored, and so are values with anything but letters, digits, and what colors and sizes are made
    of: no address, no escape, no quote.
    """
    rules = _read(html)
    if not rules.ids and not rules.classes:
        return html

    def add(tag: re.Match[str]) -> str:
        style = "; ".join(rules.of(tag["given"]))
        if not style:
            return tag[0]
        if _OWN_STYLE.search(tag["given"]):  # what the element itself says comes last, and holds
            return _OWN_STYLE.sub(f"{style}; ", tag[0], count=1)
        start = tag.start("given") - tag.start()
        return f'{tag[0][:start]} style="{style}"{tag[0][start:]}'

    return _TAG.sub(add, html)


def _read(html: str) -> _Rules:
    rules = _Rules()
    for sheet in _SHEET.findall(html):
        for selectors, body in _RULE.findall(sheet):
            safe = list(filter(None, map(_declaration, body.split(";"))))
            for selector in selectors.split(","):
                if found := _ID.fullmatch(selector.strip()):
                    rules.ids.setdefault(found[1], []).extend(safe)
                elif found := _CLASS.fullmatch(selector.strip()):
                    rules.classes.extend((found[1], each) for each in safe if _ALIGNS.match(each))
    return rules


def _declaration(text: str) -> str:
    """A declaration, on one line; empty if it may do more than to color or to align."""
    name, _, value = text.strip().partition(":")
    if not value or not _HARMLESS.fullmatch(value) or not _HARMLESS.fullmatch(name):
        return ""
    return f"{name.strip()}: {' '.join(value.split())}"
