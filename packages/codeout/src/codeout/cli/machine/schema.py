"""The JSON Schema of dataclasses: of their annotations, and of what their docstrings say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, get_args, get_origin, get_type_hints

from codeout.config.docstrings import described
from codeout.config.json_schema import DRAFT

_SIMPLE: Final = {bool: "boolean", int: "integer", float: "number", str: "string", NoneType: "null"}


def whole(title: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """A schema as it is printed: with its draft and a title.

    It forbids no other keys, so that it holds for what later versions print as well.
    """
    return {"$schema": DRAFT, "title": title, **schema}


def schema_of(hint: Any) -> dict[str, Any]:  # noqa: PLR0911  # one for each kind
    """The schema of the values that an annotation stands for, as JSON has them.

    Args:
        hint: A dataclass or a simple type, a union, a tuple of any length, or a mapping of strings;
            ``Annotated`` adds keywords of JSON Schema.
    """
    parts = get_args(hint)
    match get_origin(hint):
        case None if is_dataclass(hint):
            return _object(hint)
        case None:
            return {"type": _SIMPLE[hint]}
        case origin if origin is Annotated:
            return {**schema_of(parts[0]), **parts[1]}
        case origin if origin is Literal:
            return {"const": parts[0]}
        case origin if origin is UnionType:
            return _union([schema_of(part) for part in parts])
        case origin if origin is tuple:
            return {"type": "array", "items": schema_of(parts[0])}
        case origin if origin is Mapping:
            return {"type": "object", "additionalProperties": schema_of(parts[1])}
    raise TypeError(hint)


def _union(kinds: list[dict[str, Any]]) -> dict[str, Any]:
    if all([*kind] == ["type"] for kind in kinds):
        return {"type": [kind["type"] for kind in kinds]}
    return {"oneOf": kinds}


def _object(kind: Any) -> dict[str, Any]:
    first, said = described(kind)
    hints = get_type_hints(kind, include_extras=True)
    names = [field.name for field in fields(kind)]
    told = {name: {"description": said[name]} if name in said else {} for name in names}
    return {
        "type": "object",
        "description": first,
        "properties": {name: {**schema_of(hints[name]), **told[name]} for name in names},
        "required": names,
    }
