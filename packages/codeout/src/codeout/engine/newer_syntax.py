"""Syntax that is newer than this Python: which version reads code that this one does not.

Code is written anew in older syntax, version by version, until this Python reads it. See
https://docs.python.org/3/whatsnew/ for what came with each.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Final

from codeout.run.magics import syntax_tree

if TYPE_CHECKING:
    from collections.abc import Callable

_START: Final = re.compile(
    r"(?P<comment>#.*)|(?P<prefix>(?<!\w)[a-zA-Z]{1,2})?(?P<quote>'''|\"\"\"|'|\")"
)
_BRACKETS: Final = r"\[(?:[^\[\]]|\[(?:[^\[\]]|\[[^\[\]]*\])*\])*\]"
_PARAMETERS: Final = re.compile(rf"\b(?P<name>(?:def|class|type)\s+\w+)\s*(?P<held>{_BRACKETS})")
_ALIAS: Final = re.compile(r"^([ \t]*)type[ \t]+(?=\w+[ \t]*=)", re.MULTILINE)
_EXCEPTION: Final = r"(?:\w+\.)*[A-Z]\w*"  # `except ValueError, error` is Python 2
_EXCEPT: Final = re.compile(
    rf"^([ \t]*except\*?[ \t]+)({_EXCEPTION}(?:[ \t]*,[ \t]*{_EXCEPTION})+)(?=[ \t]*:)",
    re.MULTILINE,
)
_LAZY: Final = re.compile(r"^([ \t]*)lazy[ \t]+(?=import\b|from\b)", re.MULTILINE)
_UNPACKED: Final = re.compile(r"(?P<open>[\[{]|(?<![\w\])])\()(?P<blank>\s*)\*\*?(?=[^,]*?\bfor\b)")
_NOTHING: Final = "_ _"  # no Python, as a field without a value


def needed_version(code: str) -> str:
    """The version of Python whose syntax code needs, as ``3.12``; empty if none is known."""
    if syntax_tree(code) is not None:
        return ""
    for version, rewrite in _NEWER:
        if sys.version_info < version:
            code = rewrite(code)
            if syntax_tree(code) is not None:
                return ".".join(map(str, version))
    return ""


def _as_3_11(code: str) -> str:
    code = _without_values(code, "f")
    return _ALIAS.sub(r"\1", _PARAMETERS.sub(_without_parameters, code))


def _without_parameters(found: re.Match[str]) -> str:
    """A function, a class or an alias without its type parameters, if these have no defaults."""
    return found[0] if "=" in found["held"] else found["name"]


def _as_3_12(code: str) -> str:
    return _ALIAS.sub(r"\1", _PARAMETERS.sub(r"\g<name>", code))


def _as_3_13(code: str) -> str:
    return _EXCEPT.sub(r"\1(\2)", _without_values(code, "t"))


def _as_3_14(code: str) -> str:
    return _UNPACKED.sub(r"\g<open>\g<blank>", _LAZY.sub(r"\1", code))


_NEWER: Final[tuple[tuple[tuple[int, int], Callable[[str], str]], ...]] = (
    ((3, 12), _as_3_11),
    ((3, 13), _as_3_12),
    ((3, 14), _as_3_13),
    ((3, 15), _as_3_14),
)


def _without_values(code: str, kind: str) -> str:
    """Code with ``''`` for each string of a kind, and the values in these in parentheses below.

    Args:
        code: The code.
        kind: The letter before the strings: ``f`` or ``t``.
    """
    texts, done = [code], []
    try:
        while texts:
            text, values = _replaced(texts.pop(0), kind)
            done.append(text)
            texts += [f"({value}\n)" for value in values]
    except _OpenError:
        return code
    return "\n".join(done)


class _OpenError(Exception):
    """A string, or a value in one, does not end."""


def _replaced(code: str, kind: str) -> tuple[str, list[str]]:
    """Code with ``''`` for each string of a kind, and the values in these."""
    pieces, all_values, at = [], list[str](), 0
    while found := _START.search(code, at):
        end, values = _end_of(code, found)
        wanted = kind in (found["prefix"] or "").lower()
        pieces += [code[at : found.start()], "''" if wanted else code[found.start() : end]]
        all_values += values if wanted else []
        at = end
    return "".join([*pieces, code[at:]]), all_values


def _end_of(code: str, start: re.Match[str]) -> tuple[int, list[str]]:
    """Where a comment or a string ends, and the values in it."""
    values: list[str] = []
    if start["comment"]:
        return start.end(), values
    formatted = {*(start["prefix"] or "").lower()} & {"f", "t"}
    quote, at = start["quote"], start.end()
    while not code.startswith(quote, at):
        if at >= len(code) or (code[at] == "\n" and len(quote) == 1):
            raise _OpenError
        if formatted and code.startswith(("{{", "\\N{"), at):
            at = code.find("}", at) + 1 if code[at] == "\\" else at + 2
        elif formatted and code[at] == "{":
            at = _end_of_field(code, at + 1, values)
        else:
            at += 2 if code[at] == "\\" else 1
    return at + len(quote), values


def _end_of_field(code: str, start: int, values: list[str]) -> int:
    """Where a field in a string ends; its values are added to ``values``."""
    depth, at = 0, start
    while at < len(code):
        char = code[at]
        if found := _START.match(code, at):
            at, _ = _end_of(code, found)
            continue
        if not depth and (char in "}:" or (char == "!" and code[at + 1 : at + 2] != "=")):
            value = code[start:at].rstrip().removesuffix("=")
            values.append(value if value.strip() else _NOTHING)
            return _end_of_format(code, at, values)
        depth += (char in "([{") - (char in ")]}")
        at += 1
    raise _OpenError


def _end_of_format(code: str, at: int, values: list[str]) -> int:
    """Where a field ends whose value has ended: it may say how the value is written."""
    while at < len(code) and code[at] != "}":
        at = _end_of_field(code, at + 1, values) if code[at] == "{" else at + 1
    return at + 1
