"""Line magics of IPython that a script can have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from codeout.export.shell_text import shell_literal
from codeout.export.syntax import is_python

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

ALIASES: Final = ("cat", "cp", "ls", "mkdir", "mv", "rm", "rmdir")
"""Magics that are commands of a shell."""

_OPTION: Final = r"(?:-[nrp] *\d+|-[DlsT] *\S+|-[tcqovr]+|--[\w-]+)\s+"
_OPTIONS: Final = re.compile(rf"\A(?:{_OPTION})*")
_NUMBER: Final = re.compile(r"-(?P<letter>[nrp]) *(?P<value>\d+)")
_VARIABLE: Final = re.compile(r"(?P<name>\w+)(?:\s*=\s*|\s+)(?P<value>\S.*)")


def line_magic(name: str, given: str, names: AbstractSet[str]) -> str | None:
    """A line magic as Python; None if there is no way.

    Args:
        name: Of the magic.
        given: What follows its name.
        names: What the page binds.
    """
    match name:
        case "time" | "timeit" | "prun":
            return _timed(name, given)
        case _ if name in ALIASES:
            return f"_shell({shell_literal(f'{name} {given}'.strip(), names)})"
        case "sx" | "system":
            return f"_lines_of({shell_literal(given, names)})"
        case "cd":
            folder = given.removeprefix("-q").strip() or "~"
            return None if folder.startswith("-") else f"_cd({shell_literal(folder, names)})"
        case "env" | "set_env" if found := _VARIABLE.fullmatch(given):
            return f"_set_env({found['name']!r}, {shell_literal(found['value'], names)})"
    return _of_this_process(name, given.split(), names)


def _of_this_process(name: str, words: list[str], names: AbstractSet[str]) -> str | None:
    """A magic that asks for the current folder, or runs another script."""
    if name == "pwd" and not words:
        return "_pwd()"
    if name == "run" and words and words[0].endswith(".py"):
        return f"_run({', '.join(shell_literal(word, names) for word in words)})"
    return None


def split_options(given: str) -> tuple[str, str]:
    """The options of a magic that times Python, and that Python."""
    code = _OPTIONS.sub("", given)
    return given.removesuffix(code), code


def _timed(name: str, given: str) -> str | None:
    options, code = split_options(given)
    flags = _NUMBER.sub("", options)
    if name == "timeit" and "o" in flags:
        return _timeit(code, options)
    report = name == "prun" and "r" in flags  # is what only IPython makes
    return code if is_python(code) and not report else None


def _timeit(code: str, options: str) -> str:
    """A call for the result that ``%timeit -o`` gives."""
    numbers = {each["letter"]: each["value"] for each in _NUMBER.finditer(options)}
    names = {"n": "loops", "r": "repeat"}
    given = [f", {name}={numbers[letter]}" for letter, name in names.items() if letter in numbers]
    return f"_timeit({code!r}{''.join(given)})"
