"""Directives: comments that control a block, such as ``<!-- codeout: raises=ValueError -->``."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from codeout.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Directive:
    """The directives of a block, from the comments before its fence.

    Attributes:
        skip: The block is shown and not run.
        raises: The name of the exception that the block must raise; empty for none.
        may_fail: The block may raise any exception, or none (``pytest.mark.xfail``).
        timeout: Seconds that the block may take; None for the limit in the settings.
        rtol: Relative tolerance for numbers; None for the one in the settings.
        volatile: The output is shown and recorded, and not compared.
        hidden: The block is inside a comment: it runs and is never shown.
        exit: The status, besides 0, that shell commands of the block may end with.
        out: The output is in the fence right after the block, which is made if it is missing.
        run: The block runs, also on a page where only marked blocks do.
        unmarked: The block is skipped because only marked blocks of its page run.
        fresh: A new session begins with the block.
        group: The name of the session that the block is part of; empty for that of the page.
        check: The block is hidden and checks answers of readers: an export keeps all of it.
    """

    skip: bool = False
    raises: str = ""
    may_fail: bool = False
    timeout: float | None = None
    rtol: float | None = None
    volatile: bool = False
    hidden: bool = False
    exit: int = 0
    out: bool = field(default=False, repr=False)  # no input of the run: see `digest_inputs`
    run: bool = field(default=False, repr=False)  # likewise
    unmarked: bool = field(default=False, repr=False)  # likewise, as ``skip`` tells all
    fresh: bool = field(default=False, repr=False)  # the sessions of a page are
    group: str = field(default="", repr=False)
    check: bool = field(default=False, repr=False)  # no input of the run, as ``out``


WORDS = (
    *("skip", "raises", "timeout", "rtol", "volatile", "hidden", "exit", "out"),
    *("run", "fresh", "group", "check"),
)
PYTEST_WORDS = ("pytest.mark.skip", "pytest.mark.xfail", "pytest-codeblocks:cont")

_STEERING = re.compile(r"[-\s]*(?:codeout:|(?P<pytest>pytest\.mark\.|pytest-codeblocks:))")
_SKIP_FILE = re.compile(r"\s*<!--[-\s]*pytest-codeblocks:\s*skipfile[-\s]*-->\s*")
_STATUSES = 256
_SPECIFIER = re.compile("[<>~!]|==")
_BELOW = "move it below the main output, above the one of these versions"
_NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_GROUP = re.compile(r"[\w./-]+")
_PYTEST: dict[str, dict[str, Any]] = {
    "pytest.mark.skip": {"skip": True},
    "pytest.mark.xfail": {"may_fail": True},
    "pytest-codeblocks:cont": {},
    "pytest-codeblocks:skip": {"skip": True},
    "pytest-codeblocks:expect-error": {"may_fail": True},
    "pytest-codeblocks:expect-exception": {"may_fail": True},
}


@dataclass(frozen=True, slots=True)
class Note:
    """The text of a comment or of a tag, and the line where it starts, counted from 1."""

    line: int
    text: str

    @property
    def steers(self) -> bool:
        """Whether it is a directive, ours or one of pytest-codeblocks."""
        return _STEERING.match(self.text) is not None

    @property
    def from_pytest(self) -> bool:
        """Whether it is a directive of pytest-codeblocks."""
        match = _STEERING.match(self.text)
        return match is not None and match["pytest"] is not None

    @property
    def of_page(self) -> bool:
        """Whether it is a directive for the whole page: its first word is ``page``."""
        return self.steers and self.text.partition("codeout:")[2].split()[:1] == ["page"]

    @property
    def hides(self) -> bool:
        """Whether it is our directive ``hidden``."""
        return self.steers and "hidden" in self.text.partition("codeout:")[2].split()

    @property
    def marks_output(self) -> bool:
        """Whether it is our directive ``out`` alone, which may stand before an output."""
        return self.steers and self.text.partition("codeout:")[2].split() == ["out"]

    @property
    def versions(self) -> str:
        """The requirement after ``out``, such as ``torch<2.10``; empty for other directives."""
        words = self.text.partition("codeout:")[2].split() if self.steers else []
        if words[:1] != ["out"] or {word.partition("=")[0] for word in words[1:2]} & {*WORDS}:
            return ""
        return " ".join(words[1:])


def skips_file(first_line: str) -> bool:
    """Whether the first line of a page says that the page does not run."""
    return _SKIP_FILE.fullmatch(first_line) is not None


def read_directive(notes: Iterable[Note], path: str) -> tuple[Directive, list[Problem]]:
    """Read the comments of a block; returns its directive and the problems of the comments."""
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    for note in notes:
        for word, line in _words(note):
            lines[word] = line
            try:
                said = _pytest_word(word) if note.from_pytest else _word(word)
            except _BadWordError as error:
                problems.append(Problem(path, line, error.message, error.hint))
                continue
            for name, value in said.items():
                if values.setdefault(name, value) != value:
                    message = f"{name!r} is given twice, with different values"
                    problems.append(Problem(path, line, message, "keep one of the two"))
    if "check" in values and "hidden" not in values:
        message = "'check' is for a hidden block"
        problems.append(Problem(path, lines["check"], message, "write hidden check"))
    return Directive(**values), problems


class _BadWordError(Exception):
    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def _words(note: Note) -> Iterator[tuple[str, int]]:
    if note.from_pytest:
        yield note.text.strip("- \t\r\n"), note.line
        return
    start = note.text.index("codeout:") + len("codeout:")
    for match in re.compile(r"\S+").finditer(note.text, start):
        yield match[0], note.line + note.text.count("\n", 0, match.start())


def _pytest_word(word: str) -> dict[str, Any]:
    name = re.sub(r"\s*\(.*\)\s*$", "", word, flags=re.DOTALL).replace(": ", ":")
    if name not in _PYTEST:
        raise _BadWordError(f"unknown comment {name!r}", f"one of: {', '.join(PYTEST_WORDS)}")
    return _PYTEST[name]


def _word(word: str) -> dict[str, Any]:
    name, equals, value = word.partition("=")
    if name not in WORDS:
        raise _unknown(word, name)
    if name == "raises":
        if not _NAME.fullmatch(value):
            raise _BadWordError(f"bad value in {word!r}", "write raises=ValueError")
        return {name: value}
    if name == "group":
        if not _GROUP.fullmatch(value):
            raise _BadWordError(f"bad value in {word!r}", "write group=NAME")
        return {name: value}
    if name == "exit":
        if not re.fullmatch("[0-9]{1,3}", value) or not 0 < int(value) < _STATUSES:
            raise _BadWordError(f"bad value in {word!r}", "write exit=1, or another status")
        return {name: int(value)}
    if name in {"timeout", "rtol"}:
        return {name: _number(name, value)}
    if equals:
        raise _BadWordError(f"{name!r} takes no value", f"write {name}")
    return {name: True}


def _number(name: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and (value > 0 or (name == "rtol" and value == 0))):
        example = {"timeout": "timeout=120", "rtol": "rtol=1e-2"}[name]
        raise _BadWordError(f"bad value in {f'{name}={text}'!r}", f"write {example}")
    return value


def _unknown(word: str, name: str) -> _BadWordError:
    if _SPECIFIER.search(word):
        return _BadWordError(f"{word!r} before code: versions are those of an output", _BELOW)
    return _BadWordError(f"unknown word {name!r}", _nearest(name))


def _nearest(word: str) -> str:
    close = get_close_matches(word, WORDS, n=1)
    return f"did you mean {close[0]!r}?" if close else f"one of: {', '.join(WORDS)}"
