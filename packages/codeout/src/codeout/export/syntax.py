"""What is Python, and text as comments of it."""

from __future__ import annotations

import ast
import re
from itertools import accumulate


def is_python(source: str) -> bool:
    """Whether Python takes a source; ``await`` may stand outside of functions."""
    try:
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        compile(source, "<cell>", "exec", flags, dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


def comment(text: str) -> str:
    """Text as comments."""
    return "\n".join(f"# {line}".rstrip() for line in re.split(r"\r\n?|\n", text))


def indented(source: str) -> str:
    """Indent code, except for the lines inside of its strings.

    Args:
        source: Valid Python; ``await`` may stand outside of functions.
    """
    within = {
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant | ast.JoinedStr) and node.end_lineno
        for line in range(node.lineno + 1, node.end_lineno + 1)
    }
    lines = enumerate(source.split("\n"), start=1)
    return "\n".join(
        f"    {line}" if line.strip() and number not in within else line for number, line in lines
    )


def span(node: ast.expr | ast.stmt, source: bytes) -> tuple[int, int]:
    """Where a node begins and ends in its source, in bytes."""
    starts = [0, *accumulate(len(line) + 1 for line in source.split(b"\n"))]
    end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
    return starts[node.lineno - 1] + node.col_offset, end
