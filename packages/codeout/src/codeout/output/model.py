"""What a block leaves behind: text, values, figures, HTML and errors, in order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Stream:
    """Text that reached standard output or standard error, whoever wrote it."""

    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """The plain representation of a value.

    Attributes:
        text: What is shown.
        result: Whether it is the value of the last expression, and not one that was displayed.
    """

    text: str
    result: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture.

    Attributes:
        data: The bytes of its file.
        ending: What the file's name ends in: ``png``, ``jpg`` or ``svg``.
        result: As of a value.
    """

    data: bytes
    ending: str
    result: bool = False


@dataclass(frozen=True, slots=True)
class Html:
    """The HTML representation of a value, such as a data frame.

    Attributes:
        source: Not yet sanitized.
        result: As of a value.
    """

    source: str
    result: bool = False


@dataclass(frozen=True, slots=True)
class Error:
    """An exception that left the block.

    Attributes:
        names: The dotted names of its class and of the classes it derives from.
        line: The line in the block that raised it, counted from 1; 0 where it is not known.
        text: The traceback, cut to the page's own frames, as Python prints it.
    """

    names: tuple[str, ...]
    line: int
    text: str

    def is_a(self, name: str) -> bool:
        """Whether ``name`` names its class or one of its bases, the way an author imports it.

        ``pickle.UnpicklingError`` lives in ``_pickle``, ``json.JSONDecodeError`` in
        ``json.decoder``: of a dotted name, the package and the class count.
        """
        package, _, last = name.rpartition(".")
        return any(
            known.rpartition(".")[2] == last
            and (not package or _package(known) == _package(package))
            for known in self.names
        )

    @property
    def summary(self) -> str:
        """The last line of the traceback that begins a message: ``ValueError: no``."""
        lines = [line for line in self.text.splitlines() if line[:1].strip()]
        return lines[-1] if lines else self.names[0]


def _package(name: str) -> str:
    return name.partition(".")[0].lstrip("_")


Output = Stream | Value | Figure | Html | Error


@dataclass(frozen=True, slots=True)
class Ran:
    """What one block did.

    Attributes:
        outputs: In the order in which they appeared.
        seconds: How long it ran.
        printed: Bytes of text, printed or shown, which may be more than the outputs hold.
        imports: Top-level names of the modules that it imported.
        refused: URLs, or hosts, that it tried to reach while the network was off.
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
"""MIME types to the endings of file names; the first that is there is taken."""


def from_bundle(data: dict[str, object], *, result: bool = False) -> Output | None:
    """The richest output that a page can hold, out of IPython's MIME bundle.

    Args:
        data: MIME types to representations; binary ones as bytes or base64 text.
        result: Whether it is the value of the last expression.

    Returns:
        An output, or None where the bundle has nothing that a page can hold.
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
    """Cut what is shown besides the printed text, as that is cut where it is captured.

    Of an error, the end stays, which says what it is.

    Args:
        outputs: What a block left; of printed text, nothing is cut or counted.
        limit: How many characters to keep at most. Pictures may take 16 times as many bytes, of
            which none counts.

    Returns:
        The outputs, and how many bytes there were.
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
