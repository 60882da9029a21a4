"""Outputs in a notebook, written and read: JSON of nbformat, in the style of the file."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from codeout.output.bundle import JSON, MARKUP, PICTURES
from codeout.output.model import Error, Figure, Html, Interactive, Markup, Stream
from codeout.output.sanitize import sanitize
from codeout.output.shown import Picture, Printed, Rich

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from codeout.output.model import Output
    from codeout.output.shown import Draw, Shown
    from codeout.page.model import Slot

_MIMES: Final = {ending: mime for mime, ending in PICTURES.items()}
_SVG: Final = "image/svg+xml"


def join(outputs: Iterable[Output]) -> Iterator[Output]:
    """Return the outputs as they are: a notebook keeps each apart, and has no frames."""
    for output in outputs:
        if not isinstance(output, Interactive):
            yield output
        elif output.picture:
            yield replace(output.picture, result=output.result)


def show(output: Output, draw: Draw) -> Shown:
    """Turn an output with normalized text into what a notebook shows."""
    if isinstance(output, Stream):
        return Printed(output.text, "stream")
    if isinstance(output, Error):
        return Printed(output.text, "error", output.names[0].rpartition(".")[2])
    kind = "execute_result" if output.result else "display_data"
    if isinstance(output, Figure | Interactive):
        return replace(draw(output), kind=kind)
    if isinstance(output, Html):
        return Rich(sanitize(output.source).strip(), kind)
    if isinstance(output, Markup):
        value = _from_json(output.text) if output.mime in JSON else output.text
        return Printed(_markup(value, output.mime), kind, output.mime)
    return Printed(output.text, kind)


def body(shown: Sequence[Shown], slot: Slot) -> str:
    """Write the outputs of a cell as JSON, sorted and split into lines as Jupyter does."""
    style = slot.json
    text = json.dumps(
        [_output(item) for item in shown],
        ensure_ascii=style.ascii,
        indent=style.indent,
        separators=(style.comma, style.colon),
        sort_keys=True,
    )
    return text.replace("\n", slot.newline + slot.prefix)


def read(slot: Slot) -> tuple[Shown, ...]:
    """Read the outputs of a cell; the inverse of ``body``."""
    return read_outputs(json.loads(slot.source))


def read_outputs(outputs: Iterable[Any]) -> tuple[Shown, ...]:
    """Read outputs in the format of nbformat."""
    return tuple(map(_shown, outputs))


def to_lines(source: str, slot: Slot) -> list[str]:
    """The lines of the outputs of a cell, for diffs; a picture is one line with its type."""
    lines: list[str] = []
    for item in read(replace(slot, source=source)):
        if isinstance(item, Picture):
            lines.append(f"[{item.kind} {_mime(item)}]")
        else:
            text = item.text if isinstance(item, Printed) else item.html
            lines += [f"[{item.kind}]", *text.split("\n")]
    return lines


def draw(figure: Figure) -> Picture:
    """Turn a figure into a picture with a ``data:`` URI."""
    return _picture(_MIMES[figure.ending], b64encode(figure.data).decode())


def data_of(picture: Picture) -> bytes:
    """The bytes in the ``data:`` URI of a picture; empty if it is not valid."""
    try:
        return b64decode(picture.target.partition(",")[2])
    except ValueError:
        return b""


def _picture(mime: str, base64: str) -> Picture:
    return Picture(f"data:{mime};base64,{base64}")


def _mime(picture: Picture) -> str:
    return picture.target.partition(":")[2].partition(";")[0]


def _output(item: Shown) -> dict[str, Any]:
    """One output in the format of nbformat."""
    data: dict[str, Any]
    metadata: dict[str, Any] = {}
    match item:
        case Printed(text, "stream"):
            lines = f"{text}\n".splitlines(keepends=True)
            return {"output_type": "stream", "name": "stdout", "text": lines}
        case Printed(text, "error", name):
            value = text.rpartition(f"{name}: ")[2] if f"{name}: " in text else ""
            lines = text.split("\n")
            return {"output_type": "error", "ename": name, "evalue": value, "traceback": lines}
        case Printed(text, _, mime) if mime in JSON:
            data = {mime: _from_json(text)}
        case Printed(text, _, mime) if mime in MARKUP:
            data = {mime: text.splitlines(keepends=True)}
        case Printed(text):
            data = {"text/plain": text.splitlines(keepends=True)}
        case Rich(html):
            data = {"text/html": html.splitlines(keepends=True)}
        case Picture(target, _, extra):
            svg = data_of(item).decode(errors="replace").splitlines(keepends=True)
            mime = _mime(item)
            data = {mime: svg if mime == _SVG else target.partition(",")[2]}
            metadata = json.loads(extra) if extra else {}
    output = {"output_type": item.kind, "data": data, "metadata": metadata}
    return output | ({"execution_count": None} if item.kind == "execute_result" else {})


def _shown(output: Any) -> Shown:  # noqa: PLR0911  # one for each kind
    """Read one output; of its representations, the one that is chosen after a run."""
    match output:
        case {"output_type": "stream", "text": text}:
            return Printed(_text(text).rstrip("\n"), "stream")
        case {"output_type": "error", "traceback": [*lines], **others}:
            return Printed("\n".join(map(str, lines)), "error", str(others.get("ename", "")))
        case {"output_type": str(kind), "data": dict(data), **others}:
            for mime in PICTURES:
                if mime in data:
                    text = _text(data[mime])
                    svg = b64encode(text.encode("utf-8", "replace")).decode()
                    picture = _picture(mime, svg if mime == _SVG else "".join(text.split()))
                    words = others.get("metadata")
                    known = isinstance(words, dict) and bool(words)
                    extra = json.dumps(words, ensure_ascii=False) if known else ""
                    return replace(picture, extra=extra, kind=kind)
            if "text/html" in data:
                return Rich(_text(data["text/html"]), kind)
            for mime in MARKUP:
                if mime in data:
                    return Printed(_markup(data[mime], mime), kind, mime)
            if "text/plain" in data:
                return Printed(_text(data["text/plain"]), kind)
    return Printed(json.dumps(output), "unknown")


def _markup(value: object, mime: str) -> str:
    """Markup as text; JSON is sorted, as in the file."""
    if mime in JSON:
        return json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True)
    return _text(value)


def _from_json(text: str) -> object:
    """What JSON holds; a text that is not JSON, because it was cut, is itself."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _text(value: object) -> str:
    """A text, which nbformat may split into lines."""
    return "".join(map(str, value)) if isinstance(value, list) else str(value)
