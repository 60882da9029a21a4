"""Comparison of outputs below prompts under the options of doctest, which only loosen it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from codeout.output.compare import agrees, elides
from codeout.output.typed import BLANK
from codeout.page.doctest_options import ELLIPSIS, IGNORE_EXCEPTION_DETAIL, NORMALIZE_WHITESPACE

if TYPE_CHECKING:
    from collections.abc import Container

_BLANK: Final = re.compile(f"^{BLANK}$", re.MULTILINE)
_ERROR: Final = re.compile(
    r"Traceback \((?:most recent call|innermost) last\):\n"
    r"(?=\w)(?:[^:\n]*\.)?(?P<kind>[^:.\n]*)(?=[:\n]|$)"
)


def agrees_as_doctest(old: str, new: str, rtol: float, options: Container[str]) -> bool:
    """Whether the stored output of a statement agrees with a new one.

    Args:
        old: The stored text.
        new: The new text.
        rtol: Relative tolerance for numbers, which doctest has not.
        options: The options of doctest.
    """
    pairs = [(old, new)]
    if IGNORE_EXCEPTION_DETAIL in options:
        kinds = [_ERROR.match(text) for text in (old, new)]
        pairs += [(a["kind"], b["kind"]) for a, b in [kinds] if a and b]
    if NORMALIZE_WHITESPACE in options:
        pairs += [(_on_one_line(a), _on_one_line(b)) for a, b in pairs]
    loose = ELLIPSIS in options
    return any(agrees(*pair, rtol) or (loose and _matches(*pair)) for pair in pairs)


def unsure_lines(text: str, options: Container[str]) -> list[str]:
    """The lines of a stored output that are not compared, or not wholly."""
    lines = text.split("\n")
    if IGNORE_EXCEPTION_DETAIL in options and _ERROR.match(text):
        return lines[1:]
    return [line for line in lines if elides(line) or (ELLIPSIS in options and "..." in line)]


def _matches(old: str, new: str) -> bool:
    """Whether texts are the same but for what ``...`` stands for."""
    import doctest  # takes longer to load than most pages need

    want, got = (f"{_BLANK.sub('', text)}\n" for text in (old, new))
    flags = doctest.ELLIPSIS | doctest.DONT_ACCEPT_TRUE_FOR_1
    return doctest.OutputChecker().check_output(want, got, flags)


def _on_one_line(text: str) -> str:
    return " ".join(_BLANK.sub("", text).split())
