"""A parsed page as it is kept, and back."""

from __future__ import annotations

import dataclasses
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from codeout.page.directives import Directive
from codeout.page.gap import Gap
from codeout.page.model import Block, FenceStyle, JsonStyle, Page, Slot, SlotKind, Text
from codeout.page.modes import SessionMode
from codeout.page.string_literals import StringStyle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_KINDS: Final[Mapping[str, Callable[..., Any]]] = {
    kind.__name__: kind
    for kind in (
        *(Block, Directive, FenceStyle, Gap, JsonStyle, Page),
        *(SessionMode, Slot, SlotKind, StringStyle, Text),
    )
}


def to_entry(value: Any) -> Any:
    """A page, or a part of it, in values that JSON knows: ``{"name of the type": content}``."""
    if isinstance(value, tuple):
        return [to_entry(item) for item in value]
    if isinstance(value, Enum):
        return {type(value).__name__: value.value}
    if dataclasses.is_dataclass(value):
        fields = ((each, getattr(value, each.name)) for each in dataclasses.fields(value))
        content = {each.name: to_entry(own) for each, own in fields if own != each.default}
        return {type(value).__name__: content}
    return value


def from_entry(entry: Any) -> Any:
    """The page that was kept, or a part of it.

    Raises:
        KeyError: It is none.
        TypeError: Likewise.
        ValueError: Likewise.
    """
    if isinstance(entry, list):
        return tuple([from_entry(item) for item in entry])
    if not isinstance(entry, dict):
        return entry
    ((name, content),) = entry.items()
    if not isinstance(content, dict):
        return _KINDS[name](content)
    return _KINDS[name](**{field: from_entry(value) for field, value in content.items()})
