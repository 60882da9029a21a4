"""The outputs of a block: text, values, figures, HTML and errors, in order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Stream:
    """Text from standard output or standard error, also of child processes."""

    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """The plain representation of a value.

    Attributes:
        text: The text to show.
        result: Whether it is the value of the last expression; False for a displayed one.
    """

    text: str
    result: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture.

    Attributes:
        data: The bytes of its file.
        ending: The suffix of the name of its file: ``png``, ``jpg`` or ``svg``.
        result: See ``Value.result``.
    """

    data: bytes
    ending: str
    result: bool = False


@dataclass(frozen=True, slots=True)
class Html:
    """The HTML representation of a value, such as a data frame.

    Attributes:
        source: The HTML, not sanitized.
        result: See ``Value.result``.
    """

    source: str
    result: bool = False


@dataclass(frozen=True, slots=True)
class Error:
    """An exception that left the block.

    Attributes:
        names: The dotted names of its class and of its base classes.
        line: The line in the block that raised it, counted from 1; 0 if unknown.
        text: The traceback as Python prints it, with frames of the page only.
    """

    names: tuple[str, ...]
    line: int
    text: str

    def is_a(self, name: str) -> bool:
        """Whether ``name`` is its class or a base class, named as authors import it.

        ``pickle.UnpicklingError`` is defined in ``_pickle``, ``json.JSONDecodeError`` in
        ``json.decoder``. So only the package and the class of a dotted name are compared.
        """
        package, _, last = name.rpartition(".")
        return any(
            known.rpartition(".")[2] == last
            and (not package or _package(known) == _package(package))
            for known in self.names
        )

    @property
    def summary(self) -> str:
        """The last line of the traceback that starts a message: ``ValueError: no``."""
        lines = [line for line in self.text.splitlines() if line[:1].strip()]
        return lines[-1] if lines else self.names[0]


def _package(name: str) -> str:
    return name.partition(".")[0].lstrip("_")


Output = Stream | Value | Figure | Html | Error


@dataclass(frozen=True, slots=True)
class Ran:
    """The result of running one block.

    Attributes:
        outputs: The outputs, in the order in which they appeared.
        seconds: How long the block ran.
        printed: Bytes of text, printed or shown; more than in ``outputs`` if these were cut.
        imports: Top-level names of the modules that the block imported.
        refused: URLs or hosts that the block tried to reach without network access.
    """

    outputs: tuple[Output, ...]
    seconds: float
    printed: int
    imports: frozenset[str]
    refused: tuple[str, ...] = ()

    @property
    def error(self) -> Error | None:
        """The exception that ended the block, if one did."""
        last = self.outputs[-1] if self.outputs else None
        return last if isinstance(last, Error) else None


PICTURES: Final = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}
"""The suffixes of files by MIME type; of several pictures, the first type here is used."""


def from_bundle(data: dict[str, object], *, result: bool = False) -> Output | None:
    """Choose the richest output of a MIME bundle of IPython that a page can show.

    Args:
        data: Representations by MIME type; binary ones are bytes or base64 text.
        result: See ``Value.result``.

    Returns:
        The output; None if a page can show none of the bundle.
    """
    for mime, ending in PICTURES.items():
        if mime in data:
            return Figure(_as_bytes(data[mime], mime), ending, result)
    if "text/html" in data:
        return Html(str(data["text/html"]), result)
    if "text/plain" in data:
        return Value(str(data["text/plain"]), result)
    return None


def bounded(outputs: Iterable[Output], limit: int) -> tuple[tuple[Output, ...], int]:
    """Cut outputs that are too long, except for streams: these are cut when captured.

    An error keeps its end, because its message is there.

    Args:
        outputs: The outputs of a block.
        limit: How many characters to keep at most. Pictures may take 16 times as many bytes
            besides.

    Returns:
        The outputs, and the size before in bytes: of text other than streams, and of pictures that
        were left out.
    """
    kept: list[Output] = []
    left, room, size = limit, 16 * limit, 0
    for output in outputs:
        if isinstance(output, Figure):
            room -= len(output.data)
            size += len(output.data) if room < 0 else 0
            kept += [output] if room >= 0 else []
            continue
        if isinstance(output, Stream):
            kept.append(output)
            continue
        text = output.source if isinstance(output, Html) else output.text
        size += len(text.encode("utf-8", "surrogatepass"))
        within = text[max(0, len(text) - left) :] if isinstance(output, Error) else text[:left]
        left -= len(within)
        if isinstance(output, Html):
            kept.append(replace(output, source=within))
        else:
            kept.append(replace(output, text=within))
    return tuple(kept), size


def _as_bytes(value: object, mime: str) -> bytes:
    if isinstance(value, bytes):
        return value
    if mime == "image/svg+xml":
        return str(value).encode("utf-8", "replace")
    import base64

    return base64.b64decode(str(value))
