"""Fences, found as SuperFences finds them: on the lines, before Markdown is parsed.

Some rules are surprising: a closing fence has exactly the length of the opening one; a line that is
indented less than its fence cancels the fence, and cannot open another one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PYTHON = frozenset({"python", "py", "python3"})
"""The languages of code that runs; upper and lower case do not matter."""

CELLS = ("{code-cell}", "{python}", "{doctest}")
"""What opens the cells of other publishers, after the marks of a fence; they run if asked for."""

RUNS = ("```", "~~~")
"""Every fence starts with one of these."""

_HEADER = re.compile(
    r"""
    (?P<run>`{3,}|~{3,})
    (?:\ *\.?(?P<lang>[\w#.+-]+)(?=\ |$))?
    (?:\ *\{(?P<attributes>.*)\}
      |(?P<options>(?:\ *[a-zA-Z][a-zA-Z0-9_]*(?:=(?P<q>["']).*?(?P=q))?(?=\ |$))+)
    )?\ *$
    """,
    re.VERBOSE,
)
_OPTION = re.compile(r"""([a-zA-Z][a-zA-Z0-9_]*)(?:=(["'])(.*?)\2)?""")
_ATTRIBUTE = re.compile(r"""([^ =}]+)=(?:".*?"|'.*?'|[^ =}]+)|([^ =}]+)|\ """)
_OPTION_VALUES = {
    "title": re.compile(""),
    "title_mode": re.compile(""),
    "hl_lines": re.compile(r"\d+(?:-\d+)?(?:[ \t]+\d+(?:-\d+)?)*$"),
    "linenums": re.compile(r"\d"),
}


@dataclass(frozen=True, slots=True)
class Fence:
    """One fence.

    Attributes:
        start: The index of its opening line.
        end: The index of its closing line.
        prefix: The blanks and quote marks before the fence, tabs expanded.
        run: The characters that open and close it.
        info: The text after them on the opening line, leading blanks included.
        language: The language of the code; empty for none.
    """

    start: int
    end: int
    prefix: str
    run: str
    info: str
    language: str

    @property
    def python(self) -> bool:
        """Whether its language is one of code that runs."""
        return self.language.lower() in PYTHON


def find_fences(lines: Sequence[str]) -> list[Fence]:
    """Find the fences in lines without endings, tabs expanded."""
    return [fence for fence in _fences_in(tuple(lines)) if fence.end > fence.start]


def find_open_fences(lines: Sequence[str]) -> list[Fence]:
    """Find what opens a fence that nothing closes; its last line is its first."""
    return [fence for fence in _fences_in(tuple(lines)) if fence.end == fence.start]


@lru_cache(maxsize=8)  # while a page is parsed, several parts of it ask for the same
def _fences_in(lines: tuple[str, ...]) -> tuple[Fence, ...]:
    return tuple(_scan(lines))


def _scan(lines: Sequence[str]) -> Iterator[Fence]:
    fence: Fence | None = None
    after_blank = False
    for index, line in enumerate(lines):
        if fence is None:
            fence, after_blank = _open(line, index), False
            continue
        head = line[: len(fence.prefix)]
        prefix = head[: len(head) - len(head.lstrip("> "))]
        content = line[len(prefix) :]
        if _cancels(fence, prefix, content, after_blank=after_blank):
            yield fence
            fence = None
        elif content.rstrip(" ") == fence.run:
            yield replace(fence, end=index)
            fence = None
        else:
            after_blank = not content or (">" not in fence.prefix and not content.strip())
    if fence:
        yield fence


def _open(line: str, index: int) -> Fence | None:
    stripped = line.lstrip("> ")
    if not stripped.startswith(RUNS):
        return None
    match = _HEADER.match(stripped)
    if match is None:
        return None
    language = match["lang"] or ""
    if match["attributes"]:
        attributes = _attributes(match["attributes"])
        if any(attributes.get(name, "") is None for name in ("hl_lines", "linenums")):
            return None
        language = language or attributes.get(".") or ""
    elif not _options_hold(match["options"] or ""):
        return None
    prefix = line[: len(line) - len(stripped)]
    info = stripped[len(match["run"]) :].rstrip()
    return Fence(index, index, prefix, match["run"], info, language)


def _options_hold(options: str) -> bool:
    values = {key: value or key for key, _, value in _OPTION.findall(options)}
    return all(
        key in _OPTION_VALUES and _OPTION_VALUES[key].match(value) for key, value in values.items()
    )


def _attributes(text: str) -> dict[str, str | None]:
    """Read ``.class key="value" word``: the first class is under ``"."``, words have None."""
    found: dict[str, str | None] = {}
    position = 0
    while match := _ATTRIBUTE.match(text, position):
        key, word = match.groups()
        if word and word.startswith("."):
            found.setdefault(".", word[1:])
        elif key or word:
            found[key or word] = "" if key else None
        position = match.end()
    return found


def _cancels(fence: Fence, prefix: str, content: str, *, after_blank: bool) -> bool:
    """Whether a line cancels the fence; its prefix is at most as wide as that of the fence."""
    level, quotes = fence.prefix.count(">"), prefix.count(">")
    if quotes > level:
        return True
    if not content or (not level and not content.strip()):
        return False
    return len(prefix) < len(fence.prefix) or (after_blank and quotes < level)
