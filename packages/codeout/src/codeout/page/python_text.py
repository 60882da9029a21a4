"""Whether a text is Python: for code of which nobody says what it is."""

from __future__ import annotations

import ast
import re
import warnings
from textwrap import dedent
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

# Shell commands, INI and YAML may parse as names, constants, `a = 1`, `a: b` and `a - b`; these
# do not come about by accident.
_EVIDENCE: Final = (
    *(ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef),
    *(ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match),
    *(ast.Raise, ast.Return, ast.Assert, ast.AugAssign, ast.Global, ast.Nonlocal),
    *(ast.Call, ast.Await, ast.Lambda, ast.JoinedStr, ast.NamedExpr, ast.Yield, ast.YieldFrom),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)
# What is left out of a sample, such as the body of a function, may keep it from being parsed.
_SURE: Final = re.compile(
    r"^[ \t]*(?:from [\w.]+ import [\w(*]|(?:async )?def \w+\(.*:|class \w+(?:\(.*\))?:)",
    re.MULTILINE,
)
_LONGEST: Final = 20_000  # characters; deep syntax trees end the interpreter


def is_python_text(text: str) -> bool:
    """Whether a text is Python, and in all likelihood nothing else."""
    text = dedent(text[:_LONGEST])
    if (tree := parse_python(text)) is None:
        return _SURE.search(text) is not None
    ends_as_c = text.rstrip().endswith(";")
    lines = text.encode().split(b"\n")
    return not ends_as_c and any(_is_evidence(node, lines) for node in ast.walk(tree))


def parse_python(text: str) -> ast.Module | None:
    """The syntax tree of a text; None if it is not Python."""
    try:
        with warnings.catch_warnings(action="ignore"):
            return ast.parse(text)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None


def _is_evidence(node: ast.AST, lines: Sequence[bytes]) -> bool:
    """Whether a part of a text is like Python alone."""
    match node:
        case ast.Assign(value=ast.Dict() | ast.Tuple() | ast.Set()):
            return True
        case ast.BinOp(left, operator, right) if not isinstance(operator, ast.BitOr):
            line = lines[right.lineno - 1]
            between = line[left.end_col_offset or 0 : right.col_offset]
            return between[:1] == between[-1:] == b" "  # no `ls -l`, nor `a/b`
        case ast.Compare(ops=[ast.Eq() | ast.NotEq(), *_]):
            return True
    return isinstance(node, _EVIDENCE)
