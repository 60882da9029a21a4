"""Commands of IPython in a block, as Python where there is a way, and else as comments."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from codeout.export.cell_magics import cell_magic
from codeout.export.line_magics import ALIASES, line_magic
from codeout.export.shell_text import shell_literal
from codeout.export.syntax import comment, is_python
from codeout.run.magics import translate

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_CALL: Final = re.compile(r"(?P<before>.*?)get_ipython\(\)\.(?P<method>\w+)(?P<given>\(.*\))\s*")
_INSTALLERS: Final = ("conda", "mamba", "pip", "uv")
"""What installs: the first cell does that."""
_INSTALLS: Final = re.compile(rf"\s*(?:python3? -m )?(?:{'|'.join(_INSTALLERS)})\b")
_MACRO: Final = re.compile(r"%macro (?:-\w+ )*(\w+) ")
_BARE: Final = "|".join([*_INSTALLERS, *ALIASES, "cd", "pwd", "who", "whos"])
_AUTOMAGIC: Final = re.compile(rf"\s*(?P<name>{_BARE})\b(?!\s*[=(\[.,])")


def as_python(source: str, names: AbstractSet[str] = frozenset()) -> str | None:
    """A block as Python alone; None if there is no way.

    ``%time``, ``%%capture`` and the like leave their Python behind, and shell commands become
    calls; other commands become comments, also those without ``%``, such as ``pip install``.

    Args:
        source: The block.
        names: What the page binds, for shell commands that show it.
    """
    alone = _AUTOMAGIC.match(source)
    if alone and alone["name"] not in names and "\n" not in source.strip():
        return as_python(f"%{source.strip()}", names)
    translation = translate(source)
    lines = source.split("\n")
    if translation.cell_magic:
        at = next(at for at, line in enumerate(lines) if line.strip())
        rest = "\n".join(lines[at + 1 :])
        return cell_magic(lines[at].strip(), rest, as_python(rest, names), names)
    python = translation.python.split("\n")
    for first, last in reversed(translation.commands):
        command = "\n".join(lines[first - 1 : last])
        python[first - 1 : last] = [_command(command, python[first - 1], names)]
    if is_python(text := "\n".join(python)):
        return text
    python = [comment(line) if _AUTOMAGIC.match(line) else line for line in python]
    return text if is_python(text := "\n".join(python)) else None


def _command(source: str, call: str, names: AbstractSet[str]) -> str:
    """One command as a line of Python, or as a comment.

    Args:
        source: The command as it is written.
        call: The same, as a call of IPython.
        names: What the page binds.
    """
    found = _CALL.fullmatch(call)
    if not found:
        return comment(source)
    before, remark = found["before"], comment(" ".join(source.split()))
    python = _replacement(found["method"], ast.literal_eval(found["given"]), names)
    if python and is_python(f"{before.lstrip()}{python}"):
        return f"{before}{python}"
    if "=" in before:
        return f"{before}None  {remark}: only IPython has it"
    if macro := _MACRO.match(source):
        return f"{macro[1]} = None  {remark}: only IPython has it"
    return f"{before}pass  {remark}" if before else comment(source)


def _replacement(method: str, given: object, names: AbstractSet[str]) -> str | None:
    """A call of IPython as Python alone."""
    match method, given:
        case "system", str(command) if not _INSTALLS.match(command):
            return f"_shell({shell_literal(command, names)})"
        case "getoutput", str(command):
            return f"_lines_of({shell_literal(command, names)})"
        case "run_line_magic", ("reset", str(rest)) if "-f" in rest.split():
            return "_reset(globals())"
        case "run_line_magic", (str(name), str(rest)):
            return line_magic(name, rest, names)
    return None
