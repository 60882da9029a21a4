"""Where directives can stand: in a comment before a fence, or after a statement of a docstring."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from codeout.formats import format_of
from codeout.page.any_fences import any_fences
from codeout.page.doctest_options import has_options
from codeout.page.jsx import is_mdx
from codeout.page.transcripts import statements
from codeout.run.magics import syntax_tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FENCE: Final = re.compile(r"[> \t]*(?=```|~~~)")
_PROMPT: Final = re.compile(r"[ \t]*>>>(?: |$)")
_COMMENT: Final = "<!-- codeout: {} -->"
_OF_MDX: Final = "{{/* codeout: {} */}}"
_SKIPPED: Final = "  # doctest: +SKIP"
_SKIPPED_TOO: Final = ", +SKIP"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place for a directive.

    Attributes:
        line: The line that gets it, from 1: that of a fence, or one of a statement.
        option: Whether it is an option of doctest at the end of this line, as in docstrings;
            otherwise, it is a comment before the line.
    """

    line: int
    option: bool = False


class Places:
    """The places in a page.

    Args:
        source: The page.
        path: Its name.
    """

    def __init__(self, source: bytes, path: str) -> None:
        self._raw = source.splitlines(keepends=True)
        self._lines = [line.decode(errors="replace").rstrip("\r\n") for line in self._raw]
        self._module = format_of(path).imported
        self._comment = _OF_MDX if is_mdx(path) else _COMMENT

    @cached_property
    def _around(self) -> dict[int, int]:
        """The index of the line that opens the fence around a line, by the index of that."""
        fences = any_fences(self._lines)
        return {at: each.start for each in fences for at in range(each.start, each.end)}

    def comment(self, line: int) -> Place | None:
        """The place for a comment before the fence of a block; None if it fits nowhere.

        Args:
            line: The line of its fence or of a statement in it, from 1.
        """
        at = line - 1 if self._module else self._around.get(line - 1, line - 1)
        return Place(at + 1) if _FENCE.match(self._lines[at]) else None

    def option(self, line: int) -> Place | None:
        """The place for an option of doctest after a statement; None if there is no prompt.

        Args:
            line: The line of the prompt, from 1.
        """
        if not _PROMPT.match(self._lines[line - 1]):
            return None
        return Place(line + _line_for_option(self._lines[line - 1 :]), option=True)

    def with_directives(self, directives: Mapping[Place, str]) -> bytes:
        """The page with directives; after a statement, each of them skips it."""
        lines = [*self._raw]
        for place in sorted(directives, reverse=True):
            at = place.line - 1
            text, raw = self._lines[at], self._raw[at]
            ending = raw[len(raw.rstrip(b"\r\n")) :]
            if place.option:
                option = _SKIPPED_TOO if has_options(text) else _SKIPPED
                lines[at] = raw.rstrip() + option.encode() + ending
            elif prefix := _FENCE.match(text):
                comment = prefix[0] + self._comment.format(directives[place])
                lines.insert(at, comment.encode() + ending)
        return b"".join(lines)


def _line_for_option(lines: Sequence[str]) -> int:
    """The line of the statement at a prompt, from 0, that can end with a comment."""
    code = next(statements(lines)).code.splitlines()
    tree = syntax_tree("\n".join(code))
    for at in range(len(code)) if tree else ():
        changed = [*code[:at], code[at] + _SKIPPED, *code[at + 1 :]]
        again = syntax_tree("\n".join(changed))
        if again and ast.dump(again) == ast.dump(tree or again):
            return at
    return 0
