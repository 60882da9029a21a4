"""Attribute lists of Markdown: ``{ #name .class key="value" }``."""

from __future__ import annotations


def read_attributes(source: str) -> dict[str, str]:
    """Read an attribute list as Python-Markdown does.

    Args:
        source: The text between the braces.

    Returns:
        Names to values. The last class has the name ``.``, the anchor ``id``; a word without a
        value has an empty one.
    """
    # Loaded here because it takes a while and few pages need it.
    from markdown.extensions.attr_list import get_attrs_and_remainder

    return {name: value or "" for name, value in get_attrs_and_remainder(source)[0]}
