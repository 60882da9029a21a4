"""Arrays in the data of figures that libraries write as bytes in base64: what their numbers are."""

from __future__ import annotations

import sys
import zlib
from array import array
from base64 import b64decode
from typing import Any, Final

_TYPES: Final = {
    "i1": "b",
    "u1": "B",
    "i2": "h",
    "u2": "H",
    "i4": "i",
    "u4": "I",
    "f4": "f",
    "f8": "d",
    "int8": "b",
    "uint8": "B",
    "bool": "B",
    "int16": "h",
    "uint16": "H",
    "int32": "i",
    "uint32": "I",
    "float32": "f",
    "float64": "d",
}
"""The codes of the module ``array`` for the types of Plotly and of Bokeh."""

_MOST: Final = 1 << 25
"""How many bytes the arrays of a figure may have: a few of them could stand for many more."""

_GZIP: Final = b"\x1f\x8b"


def with_numbers(value: Any) -> Any:
    """Data with lists of numbers in place of arrays of bytes; what is none stays as it is.

    Raises:
        ValueError: The arrays are too large together, or one is none.
    """
    return _Reader().read(value)


class _Reader:
    """Reads the arrays in some data, as far as there is room for them."""

    def __init__(self) -> None:
        self._room = _MOST

    def read(self, value: Any) -> Any:
        match value:
            case list():
                return [*map(self.read, value)]
            case {"bdata": str(text), "dtype": str(kind)} if kind in _TYPES:
                return _shaped(value, self._numbers(text, kind, "little"))
            case {"type": "ndarray", "array": {"data": str(text)}, "dtype": str(kind)}:
                if kind in _TYPES:
                    order = str(value.get("order", "little"))
                    return _shaped(value, self._numbers(text, kind, order))
            case dict():
                return {name: self.read(item) for name, item in value.items()}
        return value

    def _numbers(self, text: str, kind: str, order: str) -> list[int] | list[float]:
        data = b64decode(text, validate=True)
        if data.startswith(_GZIP):
            data = _unzipped(data, self._room)
        self._room -= len(data)
        if self._room < 0:
            raise ValueError("the arrays are too large")
        numbers = array(_TYPES[kind])
        if len(data) % numbers.itemsize:
            raise ValueError("an array ends in the middle of a number")
        numbers.frombytes(data)
        if order != sys.byteorder:
            numbers.byteswap()
        return numbers.tolist()


def _shaped(array: dict[str, Any], numbers: list[int] | list[float]) -> Any:
    """The numbers of an array, with its shape if it has several dimensions."""
    shape = array.get("shape") or ()
    dimensions = shape.split(",") if isinstance(shape, str) else shape
    return {"shape": shape, "numbers": numbers} if len(dimensions) > 1 else numbers


def _unzipped(data: bytes, room: int) -> bytes:
    """The bytes behind compressed ones, which may stand for very many: at most one too many."""
    try:
        return zlib.decompressobj(wbits=31).decompress(data, room + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from error
