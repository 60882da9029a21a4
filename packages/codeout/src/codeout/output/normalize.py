"""Normalization: removes from printed text whatever differs from run to run.

Each rule has a name and a table of cases (``tests/codeout/output/normalize/<name>.toml``), and is
idempotent. Rules other than ``terminal`` look at single lines. In their order, no rule makes work
for a rule before it, so ``normalize`` is idempotent as well.
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
    """Directories of this machine whose paths must not appear in a page.

    Attributes:
        work: The temporary working directory of the page, absolute; ``tmp`` beside it is for
            its temporary files.
        home: The home directory, absolute.
        site: The directories of packages and of the standard library, absolute.
        others: Further directories such as ``work``, of other sessions of the page.
    """

    work: str
    home: str
    site: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name and its function, from text and directories to text."""

    name: str
    apply: Callable[[str, Places], str]


def normalize(text: str, places: Places) -> str:
    """Apply every rule, in order.

    Args:
        text: The captured text.
        places: Directories whose paths are replaced.
    """
    for rule in RULES:
        text = rule.apply(text, places)
    return text


_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")


def _drop(text: str, line: re.Pattern[str]) -> str:
    """Remove the lines that match as a whole."""
    kept = (m[0] for m in _LINE.finditer(text) if not line.fullmatch(m[0].removesuffix("\n")))
    return "".join(kept)


_COUNTER: Final = re.compile(r"(?:\r\d+\.\d%)*\r100\.0%|(?:\r\d+\.\d bytes)+")


def _counter(text: str, _: Places) -> str:
    r"""Remove the counter that torch shows during downloads if tqdm is not installed.

    Its carriage returns tell it from a printed ``100.0%``, so this rule precedes ``terminal``.
    """
    return _drop(text, _COUNTER)


def _terminal(text: str, _: Places) -> str:
    """Keep what a terminal shows in the end."""
    return render_terminal(text)


def _controls(text: str, _: Places) -> str:
    """Replace control characters by their pictures, or by U+FFFD if they have none.

    Markdown processors use some of them as placeholders, and a lone surrogate cannot be written to
    a file.
    """
    return escape_controls(text)


def _invisible(text: str, _: Places) -> str:
    r"""Escape characters that are invisible or change the direction of a line: ``\u202e``."""
    return escape_invisible(text)


def _origins(text: str, _: Places) -> str:
    """Remove positions in the sources of a library: paths of the machine that built it."""
    return re.sub(r"(?<![ \t])[ \t]*\(Triggered internally at [^\s()]+:\d+\.\)", "", text)


def _trailing(text: str, _: Places) -> str:
    """Strip blanks at the ends of lines: editors do, which must not make a page stale."""
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
    """Replace the file names of cells in warnings and tracebacks by ``<cell>``."""
    return _CELL.sub("<cell>", text)


@lru_cache(maxsize=8)
def _short_names(places: Places) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern for the paths of directories, longest first, and their short names."""
    packages = {"site-packages", "dist-packages"}
    called = {places.home: "~"}
    called |= {
        s: "site-packages" if PurePath(s).name in packages else "python" for s in places.site
    }
    for work in (places.work, *places.others):
        called[work] = "."
        if folder := work.rpartition("/")[0]:
            called[f"{folder}/tmp"] = "/tmp"  # noqa: S108
    # On macOS, /tmp and /var are also /private/tmp and /private/var.
    called = {re.sub(r"^/private(?=/)", "", p.rstrip("/\\")): name for p, name in called.items()}
    called.pop("", None)
    paths = "|".join(re.escape(path) for path in sorted(called, key=len, reverse=True))
    # A path does not end inside a name; ASCII, because a Korean particle may follow.
    whole = rf"(?<![\w.~-])(?:/private)?(?P<path>{paths or '(?!)'})(?![\w-]|\.\w)"
    return re.compile(whole, re.ASCII), called


def _paths(text: str, places: Places) -> str:
    """Shorten absolute paths to ``./``, ``~/``, ``/tmp/``, ``site-packages/`` or ``python/``."""
    if "/" not in text and "\\" not in text:  # the pattern of a page takes a while to compile
        return text
    pattern, called = _short_names(places)
    return pattern.sub(lambda found: called[found["path"]], text)


def _addresses(text: str, _: Places) -> str:
    """Replace memory addresses in reprs by ``0x...``, as doctests do.

    Only after ``at``, before the end of a repr, and with the length of addresses, so that other
    hexadecimal numbers stay. The result is not an elision, which is a line of its own.
    """
    return re.sub(r" at 0x[0-9A-Fa-f]{7,16}(?=>|[,;: ][^\n]{0,200}>)", " at 0x...", text)


_STAMP: Final = re.compile(
    r"(?<![^\s\[:])([VDIWEFC])\d{4} \d\d:\d\d:\d\d\.\d+ (?:\d+ )?(?=[^\s\]]+:\d+\])"
)


def _stamps(text: str, _: Places) -> str:
    """Remove times and process ids from log lines of torch, and process ids from warnings."""
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
    """Remove progress bars and messages of downloads, which a second run does not show."""
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
