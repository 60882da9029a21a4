"""What the pool tells, as lines of JSON: reading them runs nothing, unlike pickles.

A sandbox would be worth little if what came out of it could run code on this side.
"""

from __future__ import annotations

import base64
import dataclasses
import json
from typing import Any, Final

from codeout.job import Ended, Event, Finished, Started
from codeout.observed import Touched
from codeout.output import Error, Figure, Html, Ran, Stream, Value

_CLASSES: Final = {
    kind.__name__: kind
    for kind in (Ended, Error, Figure, Finished, Html, Ran, Started, Stream, Touched, Value)
}


def to_line(event: Event) -> bytes:
    """One event as one line."""
    return json.dumps(_packed(event)).encode() + b"\n"


def from_line(line: bytes) -> Event:
    """The event on a line.

    Raises:
        ValueError: There is none.
    """
    try:
        event = _unpacked(json.loads(line))
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("not an event") from error
    if not isinstance(event, Started | Finished | Ended):
        raise ValueError("not an event")  # noqa: TRY004  # a value that came from elsewhere
    return event


def _packed(value: Any) -> Any:
    """A value as JSON holds it; what JSON does not know is an object with the name of its kind."""
    match value:
        case bytes():
            return {"bytes": base64.b64encode(value).decode()}
        case tuple():
            return {"tuple": [_packed(item) for item in value]}
        case frozenset():
            return {"frozenset": [_packed(item) for item in sorted(value)]}
        case _ if dataclasses.is_dataclass(value):
            fields = dataclasses.fields(value)
            content = {field.name: _packed(getattr(value, field.name)) for field in fields}
            return {type(value).__name__: content}
        case _:
            return value


def _unpacked(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, content),) = value.items()
    match kind:
        case "bytes":
            return base64.b64decode(content)
        case "tuple":
            return tuple(_unpacked(item) for item in content)
        case "frozenset":
            return frozenset(_unpacked(item) for item in content)
        case _:
            return _CLASSES[kind](**{name: _unpacked(item) for name, item in content.items()})
