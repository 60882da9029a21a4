"""The comments in code that show a value: ``#> 1`` on a line of its own, and those of others."""

from __future__ import annotations

import io
import re
import tokenize
from dataclasses import dataclass
from typing import Final

_OURS: Final = re.compile(r"[ \t]*#>(?: |$)")
_ANY: Final = re.compile(r"(?:^|(?<=[ \t]))#(?:>| ?=> )")


@dataclass(frozen=True, slots=True)
class ValueComment:
    """A comment that shows a value.

    Attributes:
        line: Its line in the code, from 0.
        ours: Whether it is a line ``#> …`` of its own; otherwise ``x  # => 1`` or the like.
    """

    line: int
    ours: bool


def value_comments(code: str) -> list[ValueComment]:
    """Find the comments in code that show a value; those in strings are none.

    In code that is no Python, a string may be taken for a comment.
    """
    if "#" not in code or not _ANY.search(code.replace("\n", " ")):
        return []
    lines = code.split("\n")
    try:
        tokens = [*tokenize.generate_tokens(io.StringIO(code).readline)]
    except (SyntaxError, tokenize.TokenError):
        texts = [*enumerate(lines)]
    else:
        texts = [(t.start[0] - 1, t.string) for t in tokens if t.type == tokenize.COMMENT]
    found = [at for at, text in texts if _ANY.search(text)]
    return [ValueComment(at, _OURS.match(lines[at]) is not None) for at in found]
