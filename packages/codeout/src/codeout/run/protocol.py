"""Messages of workers and of the sandbox as lines of JSON: unlike pickles, they cannot run code.

A page may write to any descriptor of its process, so what comes out of it is not trusted.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import math
import re
from typing import TYPE_CHECKING, Any, Final

from codeout.output.bundle import MARKUP, PICTURES
from codeout.output.interactive import LIBRARIES
from codeout.output.model import (
    Error,
    Figure,
    Html,
    Interactive,
    Markup,
    Output,
    Ran,
    Stream,
    Updated,
    Value,
)
from codeout.run.access import Touched
from codeout.run.events import Ended, Event, Finished, Lasting, Started
from codeout.run.messages import (
    Closing,
    ForkEnded,
    Parked,
    PluginFailed,
    PrologueFailed,
    WorkerFailed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Message = Event | Closing | WorkerFailed | PrologueFailed | PluginFailed | ForkEnded | Parked
_FAILURES: Final = (WorkerFailed, PrologueFailed, PluginFailed)
_MESSAGES: Final = (*_FAILURES, Closing, Ended, Finished, ForkEnded, Lasting, Parked, Started)
_OTHERS: Final = (Error, Figure, Html, Interactive, Markup, Ran, Stream, Touched, Updated, Value)
_KINDS: Final = {kind.__name__: kind for kind in (*_MESSAGES, *_OTHERS)}
DEVICE: Final = r"[a-z]{1,32}(:[0-9]{1,4})?"
"""Pattern of the names of PyTorch's devices."""

_encode: Final = json.JSONEncoder().encode  # a page may replace functions of modules
_ENDINGS: Final = frozenset(PICTURES.values())
_VALIDATORS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "bool": lambda value: type(value) is bool,
    "bytes": lambda value: type(value) is bytes,
    "float": lambda value: type(value) is float and math.isfinite(value),
    "int": lambda value: type(value) is int,
    "str": lambda value: type(value) is str,
    "frozenset[str]": lambda value: type(value) is frozenset and _texts(value),
    "tuple[int, ...]": lambda value: (
        type(value) is tuple and all(type(item) is int for item in value)
    ),
    "tuple[str, ...]": lambda value: type(value) is tuple and _texts(value),
    "tuple[Output, ...]": lambda value: (
        type(value) is tuple and all(isinstance(item, Output) for item in value)
    ),
    "tuple[Updated, ...]": lambda value: (
        type(value) is tuple and all(type(item) is Updated for item in value)
    ),
    "Figure | None": lambda value: value is None or type(value) is Figure,
    "Output": lambda value: isinstance(value, Output),
    "Ran": lambda value: type(value) is Ran,
    "Touched": lambda value: type(value) is Touched,
}
"""Checks of values, by the annotation of their field."""


def to_line(message: Message) -> bytes:
    """Encode a message as one line, newline included."""
    return _encode(_encoded(message)).encode() + b"\n"


def from_line(line: bytes) -> Message:
    """Decode a line.

    Raises:
        ValueError: It is not a valid message.
    """
    try:
        message = _decoded(json.loads(line))
    except (AttributeError, KeyError, TypeError, RecursionError) as error:
        raise ValueError("not a message") from error
    if not isinstance(message, Message):
        raise ValueError("not a message")  # noqa: TRY004  # a value that came from elsewhere
    return message


def _encoded(value: Any) -> Any:
    """A value for JSON; a type that JSON lacks becomes ``{"name of the type": content}``."""
    match value:
        case bytes():
            return {"bytes": base64.b64encode(value).decode()}
        case tuple():
            return {"tuple": [_encoded(item) for item in value]}
        case frozenset():
            return {"frozenset": [_encoded(item) for item in sorted(value)]}
        case _ if dataclasses.is_dataclass(value):
            fields = dataclasses.fields(value)
            content = {field.name: _encoded(getattr(value, field.name)) for field in fields}
            return {type(value).__name__: content}
        case _:
            return value


def _decoded(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, content),) = value.items()
    match kind:
        case "bytes":
            return base64.b64decode(content)
        case "tuple":
            return tuple(_decoded(item) for item in content)
        case "frozenset":
            return frozenset(_decoded(item) for item in content)
        case _:
            values = {name: _decoded(item) for name, item in content.items()}
            return _checked(_KINDS[kind](**values))


def _checked(made: Any) -> Any:
    """The dataclass, if all its values are valid.

    Raises:
        ValueError: One is not.
    """
    for field in dataclasses.fields(made):
        if not _VALIDATORS[str(field.type)](getattr(made, field.name)):
            raise ValueError(f"{field.name} of {type(made).__name__} is not {field.type}")
    match made:
        case Figure(ending=ending) if ending not in _ENDINGS:
            raise ValueError("not the ending of a picture")  # it becomes part of a file's name
        case Interactive(library=library) if library not in LIBRARIES:
            raise ValueError("not a library of figures")  # likewise
        case Markup(mime=mime) if mime not in MARKUP:
            raise ValueError("not a language of markup")
        case Error(names=()):
            raise ValueError("not an error")
        case Ran(imports=names) if not all(name.isidentifier() for name in names):
            raise ValueError("not the name of a module")
        case Closing(device=device) | Ended(device=device) if not re.fullmatch(DEVICE, device):
            raise ValueError("not the name of a device")
    return made


def _texts(values: Iterable[object]) -> bool:
    return all(type(value) is str for value in values)
