"""Words of other tools on the fences of pages, as settings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from codeout.page.any_fences import any_fences
from codeout.page.code_cells import as_python
from codeout.page.fence_words import is_comment, notes_of, notes_of_comment, words_in
from codeout.page.fences import CELLS
from codeout.page.gaps import is_python

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from codeout.engine.plan import Plan

# How tools say that a block is not to be run or tested.
_SKIPS: Final = re.compile(
    r"\.?(?:no|dont|do-not|skip)[-_]?(?:tests?|run|exec|check|eval|codeblocks)?"
    r"|(?P<key>test|run|exec|eval)=(?P<value>skip|false|no|off|never|0)(?:(?P<more>[^\w-]).*)?",
    re.IGNORECASE,
)
# Likewise in comments before the block: Sybil and phmdoctest.
_COMMENTS: Final = (
    *("<!-- skip: next* -->", "% skip: next*"),
    *("<!--phmdoctest-skip-->", "<!--phmdoctest-mark.skip*-->"),
)
_EXECUTED: Final = "exec=*"
_SESSION: Final = "session=*"
_GROUP: Final = re.compile(r"session=[\w./-]+")
# The options of markdown-exec; most concern only how results are shown on the site.
_OF_EXECUTED: Final[Mapping[str, str]] = {
    _EXECUTED: "",
    _SESSION: "group=*",
    **dict.fromkeys(("source=*", "result=*", "html=*", "id=*", "idprefix=*", "tabs=*"), ""),
    **dict.fromkeys(("returncode=*", "width=*", "workdir=*", "updatetoc=*"), ""),
}
# The words of pytest-markdown-docs; its fixtures are those of pytest, which are not there.
_OF_TESTED: Final[Mapping[str, str]] = {
    "continuation": "",
    "retry:*": "",
    "fixture:*": "skip",
    "runner:*": "skip",
}


@dataclass(frozen=True, slots=True)
class FenceConventions:
    """What words on fences mean that the settings do not know.

    Attributes:
        skip: Patterns of the words with which other tools skip a block.
        words: Patterns of other words, each with the directive that it means; empty for none.
        cells: What opens cells of other publishers.
    """

    skip: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    cells: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.skip or self.words or self.cells)


def fence_conventions(plans: Sequence[Plan]) -> FenceConventions:
    """The meaning of the words on the Python fences of pages."""
    unknown = {word for plan in plans for words in _words_of(plan) for word in words}
    skips = {_pattern(found) for word in unknown if (found := _SKIPS.fullmatch(word))}
    skips |= {pattern for plan in plans for pattern in _comments_of(plan)}
    rest = {word for word in unknown if not _SKIPS.fullmatch(word)}
    known = {**_OF_TESTED, **(_OF_EXECUTED if _is_met(_EXECUTED, rest) else {})}
    if not all(_GROUP.fullmatch(word) for word in rest if _is_met(_SESSION, [word])):
        known[_SESSION] = ""
    words = {pattern: meaning for pattern, meaning in known.items() if _is_met(pattern, rest)}
    cells = {cell for plan in plans for cell in _cells_of(plan)}
    return FenceConventions(tuple(sorted(skips)), words, tuple(sorted(cells)))


def runs_each_alone(plan: Plan) -> bool:
    """Whether a page has a program in each of its fences, as markdown-exec runs them."""
    fences = [*_words_of(plan)]
    alone = any(not _is_met(_SESSION, words) for words in fences)
    return bool(fences) and alone and all(_is_met(_EXECUTED, words) for words in fences)


def _cells_of(plan: Plan) -> Iterator[str]:
    """Yield what opens the cells of other publishers on a page that do not run yet."""
    for fence in any_fences(plan.source.decode(errors="replace").splitlines()):
        for cell in {*CELLS} - {*plan.layout.fences}:
            opening = f"```{fence.info}"
            if fence.info.startswith(cell) and as_python(opening, [cell]) != opening:
                yield cell


def _comments_of(plan: Plan) -> Iterator[str]:
    """Yield the patterns of the comments on a page with which other tools skip a block."""
    lines = map(str.strip, plan.source.decode(errors="replace").splitlines())
    comments = [line for line in lines if is_comment(line)]
    for pattern in {*_COMMENTS} - {*plan.layout.skip}:
        if any(notes for each in comments for notes in notes_of_comment(each, 0, {pattern: ""})):
            yield pattern


def _words_of(plan: Plan) -> Iterator[list[str]]:
    """Yield the words on each Python fence of a page that its settings do not know."""
    lines = plan.source.decode(errors="replace").splitlines()
    for fence in any_fences(lines):
        if is_python(fence.word):
            words = words_in(fence.info)[1:]
            yield [word for word in words if not any(notes_of([word], 0, plan.layout.mapping))]


def _is_met(pattern: str, words: Iterable[str]) -> bool:
    return any(notes_of(words, 0, {pattern: ""}))


def _pattern(word: re.Match[str]) -> str:
    """A pattern for a word; of a value with a reason, ``skip - a reason``, for any reason."""
    if not word["more"]:
        return word[0]
    quote = "'" if word["more"] == '"' else '"'
    return f"{word['key']}={quote}{word['value']}{word['more']}*{quote}"
