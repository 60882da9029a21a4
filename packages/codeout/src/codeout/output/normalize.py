"""What a run printed, less all that another run would print differently.

Each rule is small, has a name and a table of cases (``tests/normalize/<name>.toml``), and applied
twice gives what it gave once. Rules look at single lines, save ``terminal``, and stand in an order
in which none makes work for one before it; so ``normalize`` as a whole settles at once, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from codeout.text.escape import escape_controls, escape_invisible
from codeout.text.terminal import render_terminal

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Places:
    """Directories of this machine that a page must not name.

    Attributes:
        work: The page's temporary working directory, absolute.
        home: The home directory, absolute.
        site: Where packages and the standard library are installed, absolute.
    """

    work: str
    home: str
    site: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name, and what it makes of a text printed in given places."""

    name: str
    apply: Callable[[str, Places], str]


def normalize(text: str, places: Places) -> str:
    """Apply every rule, in order.

    Args:
        text: What was captured.
        places: The directories that it must not name.
    """
    for rule in RULES:
        text = rule.apply(text, places)
    return text


_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")


def _drop(text: str, line: re.Pattern[str]) -> str:
    """Leave out the lines that match as a whole."""
    kept = (m[0] for m in _LINE.finditer(text) if not line.fullmatch(m[0].removesuffix("\n")))
    return "".join(kept)


_COUNTER: Final = re.compile(r"(?:\r\d+\.\d%)*\r100\.0%|(?:\r\d+\.\d bytes)+")


def _counter(text: str, _: Places) -> str:
    r"""Drop the counter that torch shows while downloading where tqdm is not installed.

    It is told from a printed ``100.0%`` by its carriage returns: this rule precedes ``terminal``.
    """
    return _drop(text, _COUNTER)


def _terminal(text: str, _: Places) -> str:
    """Leave what a terminal would show in the end of what was printed."""
    return render_terminal(text)


def _controls(text: str, _: Places) -> str:
    """Show control characters as their pictures, and what has none as U+FFFD.

    Markdown processors use some of them as marks of their own, and a lone surrogate cannot be
    written to a file at all.
    """
    return escape_controls(text)


def _invisible(text: str, _: Places) -> str:
    r"""Write characters that nobody sees, or that turn a line around, as ``\u202e``."""
    return escape_invisible(text)


def _origins(text: str, _: Places) -> str:
    """Leave out where in its own sources a library was: a path of the machine that built it."""
    return re.sub(r"(?<![ \t])[ \t]*\(Triggered internally at [^\s()]+:\d+\.\)", "", text)


def _trailing(text: str, _: Places) -> str:
    """Strip blanks at the ends of lines: editors do, and that must not make a page stale."""
    return re.sub(r"(?<![ \t])[ \t]+(?=\n|\Z)", "", text)


_CELL: Final = re.compile(
    r"""
      <ipython-input-\d+-[0-9a-f]+>
    | (?<![^\s"'<>(]) [^\s"'<>(]* [/\\] ipykernel_\d+ [/\\] \d+\.py
    | \bCell\ In\ ?\[\d+\] (?=,\ line\ \d)
    """,
    re.VERBOSE,
)


def _cells(text: str, _: Places) -> str:
    """Give cells one file name, ``<cell>``, in warnings and tracebacks."""
    return _CELL.sub("<cell>", text)


@lru_cache(maxsize=8)
def _short_names(places: Places) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what finds the places in a text, longest first, and what each is called there."""
    packages = {"site-packages", "dist-packages"}
    called = {places.home: "~"}
    called |= {
        s: "site-packages" if PurePath(s).name in packages else "python" for s in places.site
    }
    called[places.work] = "."
    # macOS knows /tmp and /var by a second name, /private/tmp and /private/var.
    called = {re.sub(r"^/private(?=/)", "", p.rstrip("/\\")): name for p, name in called.items()}
    called.pop("", None)
    paths = "|".join(re.escape(path) for path in sorted(called, key=len, reverse=True))
    # No path ends amid a name; but a Korean particle may follow it, hence ASCII.
    whole = rf"(?<![\w.~-])(?:/private)?(?P<path>{paths or '(?!)'})(?![\w-]|\.\w)"
    return re.compile(whole, re.ASCII), called


def _paths(text: str, places: Places) -> str:
    """Shorten absolute paths to ``./``, ``~/``, ``site-packages/`` or, the library, ``python/``."""
    pattern, called = _short_names(places)
    return pattern.sub(lambda found: called[found["path"]], text)


def _addresses(text: str, _: Places) -> str:
    """Write memory addresses in reprs as ``0x...``, the way they stand in doctests.

    Only after ``at`` and before the end of a repr, and only as long as addresses are: the numbers
    of a page about hexadecimals stay. It cannot be taken for an elision, which is a line alone.
    """
    return re.sub(r" at 0x[0-9A-Fa-f]{7,16}(?=>|[,;: ][^\n]{0,200}>)", " at 0x...", text)


_STAMP: Final = re.compile(
    r"(?<![^\s\[:])([VDIWEFC])\d{4} \d\d:\d\d:\d\d\.\d+ (?:\d+ )?(?=[^\s\]]+:\d+\])"
)


def _stamps(text: str, _: Places) -> str:
    """Take times and process ids out of torch's log lines, and process ids out of warnings."""
    return re.sub(r"\(pid=\d+\)", "(pid=...)", _STAMP.sub(r"\1 ", text))


_PROGRESS: Final = re.compile(
    r"""
      .*100%\|[^|]*\|\ (?P<done>\d[\d.]*[kMGTP]?)/(?P=done)\ \[.*\]   # tqdm
    | \ *━+\ (?P<size>\d[\d.]*)/(?P=size)\ [kMG]?B\ .*                # pip
    | Downloading:?\ "?https?://\S+\ to\ .+                           # torch.hub
    """,
    re.VERBOSE,
)


def _progress(text: str, _: Places) -> str:
    """Drop finished bars and notes of downloads, which a second run would not show."""
    return _drop(text, _PROGRESS)


RULES: Final = (
    Rule("counter", _counter),
    Rule("terminal", _terminal),
    Rule("controls", _controls),
    Rule("invisible", _invisible),
    Rule("origins", _origins),
    Rule("trailing", _trailing),
    Rule("cells", _cells),
    Rule("paths", _paths),
    Rule("addresses", _addresses),
    Rule("stamps", _stamps),
    Rule("progress", _progress),
)
