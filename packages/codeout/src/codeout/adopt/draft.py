"""Drafts: a page with settings and comments of its own, before anything is written."""

from __future__ import annotations

import glob
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from codeout.config.folders import FolderSettings, Setup
from codeout.engine.plan import plan_source
from codeout.page.jsx import is_mdx

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from codeout.config.settings import Config
    from codeout.engine.plan import Plan

_FENCE: Final = re.compile(rb"(?P<prefix>[> \t]*)(?:```|~~~)")
_COMMENT: Final = b"<!-- codeout: %s -->"
_OF_MDX: Final = b"{/* codeout: %s */}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A page as it may become.

    Attributes:
        path: Its name.
        file: Where it is.
        before: Its bytes as they are.
        values: Settings for this page, in place of those of the project.
        words: Directives to write before blocks, by the line of each block as it is.
        imports: Statements to run before the first block of each session.
        excluded: Whether it is to be left out of the project.
    """

    path: str
    file: Path
    before: bytes
    values: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[int, str] = field(default_factory=dict)
    imports: tuple[str, ...] = ()
    excluded: bool = False

    @property
    def after(self) -> bytes:
        """Its bytes with the comments."""
        lines = self.before.splitlines(keepends=True)
        form = _OF_MDX if is_mdx(self.path) else _COMMENT
        for line in sorted(self.words, reverse=True):
            at = fence_at(lines, line)
            found = _FENCE.match(lines[at]) if at is not None else None
            if at is None or not found:
                raise AssertionError("words are given to fences alone")
            ending = lines[at][len(lines[at].rstrip(b"\r\n")) :]
            comment = found["prefix"] + form % self.words[line].encode() + ending
            lines.insert(at, comment)
        return b"".join(lines)

    def plan(self, config: Config) -> Plan:
        """The page, read and parsed with its settings and comments."""
        return plan_source(self.settings(config), self.file, self.after)

    def settings(self, config: Config) -> Config:
        """The settings of the project, with those of this page."""
        here = (glob.escape(self.path),)
        own = FolderSettings(here, self.values)
        setup = [Setup("\n".join(self.imports), "", here)] if self.imports else []
        folders = (*config.folders, own)
        return replace(config, folders=folders, setup=(*config.setup, *setup))

    def line_before(self, line: int) -> int:
        """The line as it is of a line in ``after``, both from 1."""
        for fence in sorted(self.words):
            if fence < line:
                line -= 1
        return line

    def fences_of(self, lines: Iterable[int]) -> set[int]:
        """The lines of the fences of some blocks, without those that no comment fits before."""
        source = self.before.splitlines(keepends=True)
        return {at + 1 for line in lines if (at := fence_at(source, line)) is not None}

    def with_words(self, lines: Iterable[int], word: str) -> Draft:
        """The draft with a directive for the fences of some blocks."""
        words = dict.fromkeys(self.fences_of(lines), word)
        return replace(self, words={**self.words, **words})

    def takes_words(self, lines: Iterable[int]) -> bool:
        """Whether a comment can stand before the fence of each of some blocks."""
        source = self.before.splitlines(keepends=True)
        return all(fence_at(source, line) is not None for line in lines)


def fence_at(lines: list[bytes], line: int) -> int | None:
    """The index of the line that opens the fence of a block; None if no comment fits before it.

    Args:
        lines: The lines of the page.
        line: The line of the block, from 1: its fence, or a statement in it.
    """
    for at in range(min(line, len(lines)) - 1, -1, -1):
        if b"```" in lines[at] or b"~~~" in lines[at]:
            return at if _FENCE.match(lines[at]) else None
    return None
