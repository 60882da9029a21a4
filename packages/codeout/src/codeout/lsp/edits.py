"""Edits of a page that hints propose: those of which a program can tell what they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from codeout.engine.planning import plan_source
from codeout.page.lines import ending_of, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.engine.plan import Plan
    from codeout.lsp.analysis import Analysis
    from codeout.lsp.findings import Finding
    from codeout.page.model import Block

_COMMENT: Final = r"(?:<!-- codeout: [^`]+ -->|\{/\* codeout: [^`]+ \*/\})"
_BEFORE: Final = re.compile(f"write `({_COMMENT})` before the block")
_OUT: Final = re.compile(f"nearest: `({_COMMENT})` before the code")
_MEANT: Final = re.compile(r"did you mean '([^']+)'\?")
_UNKNOWN: Final = re.compile(r"unknown word '([^']+)'")
_NO_VALUE: Final = re.compile(r"'(\w+)' takes no value")
_REMOVE: Final = re.compile(r"remove `((?:raises|exit)=\S+)`")
_IDLE: Final = re.compile(r"does not run: line (\d+); take its `(skip)` away")
_IDLE_BLOCK: Final = re.compile(r"does not run: line (\d+);")
_PLAIN: Final = re.compile(r"[ \t>]*")


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a page.

    Attributes:
        title: What it does.
        before: The lines of the page, with their endings.
        after: The lines that it will have.
    """

    title: str
    before: Sequence[str]
    after: Sequence[str]

    def hunks(self) -> Iterator[tuple[int, int, str]]:
        """Yield which lines to replace, from one up to another, counted from 1; and by what."""
        matcher = SequenceMatcher(None, self.before, self.after, autojunk=False)
        for tag, start, end, first, last in matcher.get_opcodes():
            if tag != "equal":
                yield start + 1, end + 1, "".join(self.after[first:last])


def edits_for(analysis: Analysis, finding: Finding) -> Iterator[Edit]:
    """Yield the edits that the hint of a finding means, of those that the page is read with."""
    lines = split_lines(analysis.text)
    for title, after in _proposed(analysis.plan, finding, lines):
        if after != lines and _is_sound(analysis, "".join(after)):
            yield Edit(title, lines, after)


def _proposed(
    plan: Plan, finding: Finding, lines: Sequence[str]
) -> Iterator[tuple[str, list[str]]]:
    hint = finding.hint
    if found := _BEFORE.search(hint):
        idle = _IDLE_BLOCK.search(hint)
        block = _block_at(plan, int(idle[1]) if idle else finding.line)
        yield f"Write `{found[1]}` before the block", _with_comment(lines, block, found[1])
    if found := _OUT.fullmatch(hint):
        block = _block_at(plan, finding.line)
        yield f"Write `{found[1]}` before the code", _with_comment(lines, block, found[1])
    if (meant := _MEANT.fullmatch(hint)) and (bad := _UNKNOWN.fullmatch(finding.message)):
        yield f"Write `{meant[1]}`", _with_word(lines, finding.line, bad[1], meant[1])
    if bad := _NO_VALUE.fullmatch(finding.message):
        yield f"Write `{bad[1]}`", _with_word(lines, finding.line, rf"{bad[1]}=\S*", bad[1])
    if hint == "write hidden check":
        yield "Write `hidden check`", _with_word(lines, finding.line, "check", "hidden check")
    if found := _REMOVE.search(hint):
        block = _block_at(plan, finding.line)
        yield f"Remove `{found[1]}`", _without_word(lines, block, found[1])
    if found := _IDLE.search(hint):
        block = _block_at(plan, int(found[1]))
        yield f"Remove `{found[2]}`", _without_word(lines, block, found[2])


def _block_at(plan: Plan, line: int) -> Block | None:
    """The last block that begins at a line or above it."""
    return max(
        (block for block in plan.page.blocks if block.line <= line),
        key=lambda block: block.line,
        default=None,
    )


def _with_comment(lines: Sequence[str], block: Block | None, comment: str) -> list[str]:
    """A page with a comment in the line before a block, indented as the block is."""
    if block is None or block.directive.hidden:
        return [*lines]
    first = lines[block.line - 1]
    prefix = (_PLAIN.match(first) or [""])[0]
    new = f"{prefix}{comment}{ending_of(first)}"
    return [*lines[: block.line - 1], new, *lines[block.line - 1 :]]


def _with_word(lines: Sequence[str], line: int, pattern: str, word: str) -> list[str]:
    """A page with another word in a line."""
    after = [*lines]
    whole = rf"(?<![\w=.-]){pattern}(?![\w.-])"
    after[line - 1] = re.sub(whole, lambda _: word, after[line - 1], count=1)
    return after


def _without_word(lines: Sequence[str], block: Block | None, word: str) -> list[str]:
    """A page without a word in the comment before a block, or without the comment."""
    after = [*lines]
    for at in range((block.line if block else 1) - 2, -1, -1):
        if not re.search(r"<!--|\{/\*|^\s*$", after[at]):
            break
        kept = re.sub(rf" {re.escape(word)}(?= )", "", after[at], count=1)
        if kept != after[at]:
            empty = re.search(r"codeout: (?:-->|\*/)", kept)
            after[at : at + 1] = [] if empty else [kept]
            break
    return after


def _is_sound(analysis: Analysis, text: str) -> bool:
    """Whether a page that may be made has the same code, and no new problem."""
    plan = analysis.plan
    new = plan_source(analysis.project.config, plan.file, text.encode("utf-8", "surrogatepass"))
    same = [block.code for block in new.page.blocks] == [block.code for block in plan.page.blocks]
    return same and len(new.problems) <= len(plan.problems)
