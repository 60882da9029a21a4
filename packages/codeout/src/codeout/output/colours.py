"""Colours of printed text: normalized like the text, and written as spans in a ``<pre>``.

No class but those written here is read back, so that nobody else's HTML passes for printed text.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from codeout.output.normalize import normalize
from codeout.output.sanitize import preformatted
from codeout.text.sgr import (
    COLOURS,
    MARKS,
    Style,
    join_runs,
    split_runs,
    without_styles,
)
from codeout.text.terminal import render_styled

if TYPE_CHECKING:
    from codeout.output.normalize import Places
    from codeout.text.sgr import Run

START: Final = '<pre class="codeout-text">'
_END: Final = "</pre>"
_PIECE: Final = re.compile(r'<span class="(?P<names>[a-z -]+)">(?P<text>[^<]+)</span>|[^<]+')


def normalize_coloured(text: str, places: Places) -> str:
    """Apply every rule to a text, and keep its colours as ``codeout.text.sgr`` writes them.

    Args:
        text: The captured text.
        places: Directories whose paths are replaced.

    Returns:
        A text that without colours is ``normalize(text, places)``.
    """
    plain = normalize(text, places)
    if "\x1b[" not in text and "\x9b" not in text:
        return plain
    lines: list[str] = []
    for runs in render_styled(text):
        line = "".join(run for run, _ in runs)
        if new := normalize(f"{line}\n", places):
            lines.append(join_runs(_moved(runs, line, new.removesuffix("\n"))))
    styled = "\n".join(lines)
    return styled if without_styles(styled) == plain else plain


def restyled(text: str, styled: str) -> str:
    """A text with the colours of the lines that it shares with another, in their order."""
    known: dict[str, list[tuple[int, str]]] = {}
    for number, line in enumerate(styled.split("\n")):
        known.setdefault(without_styles(line), []).append((number, line))
    lines: list[str] = []
    reached = -1
    for line in text.split("\n"):
        places = known.get(line, [])
        if (at := bisect_right(places, reached, key=itemgetter(0))) < len(places):
            reached, line = places[at]  # noqa: PLW2901
        lines.append(line)
    return "\n".join(lines)


def to_html(styled: str) -> str:
    """Write a text with colours as a ``<pre>`` on one line."""
    pieces = []
    for text, style in split_runs(styled):
        names = " ".join(f"codeout-{name}" for name in _names(style))
        escaped = preformatted(text)
        pieces.append(f'<span class="{names}">{escaped}</span>' if names else escaped)
    return f"{START}{''.join(pieces)}{_END}"


def from_html(line: str) -> str:
    """Read a text with colours back; empty if the HTML is none, or has no colours."""
    source = line.rstrip().removeprefix(START).removesuffix(_END)
    pieces = [*_PIECE.finditer(source)]
    if "".join(piece[0] for piece in pieces) != source:
        return ""
    runs: list[Run] = []
    for piece in pieces:
        style = _style((piece["names"] or "").split())
        if style is None:
            return ""
        runs.append((html.unescape(piece["text"] or piece[0]), style))
    styled = join_runs(runs)
    return styled if "\x1b" in styled else ""


def _names(style: Style) -> list[str]:
    ground = [f"on-{style.ground}"] if style.ground else []
    return [*filter(None, [style.text]), *ground, *sorted(style.marks)]


def _style(classes: list[str]) -> Style | None:
    """The style that some classes stand for; None if one of them is none of ours."""
    names = [name.removeprefix("codeout-") for name in classes]
    text = [name for name in names if name in COLOURS]
    ground = [name[3:] for name in names if name.startswith("on-") and name[3:] in COLOURS]
    style = Style("".join(text[:1]), "".join(ground[:1]), frozenset(names) & {*MARKS.values()})
    ours = [f"codeout-{name}" for name in _names(style)]
    return style if ours == classes else None


def _moved(runs: list[Run], old: str, new: str) -> list[Run]:
    """The stretches of a line after a rule changed it: what is new looks as what it replaces."""
    if old == new:
        return runs
    styles = [style for text, style in runs for _ in text]
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    middle = len(new) - start - end
    looks = [
        *styles[:start],
        *[styles[start] if start < len(styles) else Style()] * middle,
        *styles[len(old) - end :],
    ]
    return [*zip(new, looks, strict=True)]


def _alike(one: str, other: str) -> int:
    """How many characters two texts share at their start."""
    differ = (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differ, min(len(one), len(other)))
