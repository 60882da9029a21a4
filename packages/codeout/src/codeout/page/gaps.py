"""Gaps: what a page shows that no check compares, and the Python on it that does not run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from codeout.page.fences import CELLS, PYTHON
from codeout.page.gap import Gap
from codeout.page.python_text import is_python_text

if TYPE_CHECKING:
    from codeout.page.any_fences import AnyFence
    from codeout.page.unfenced import Unfenced


RESULTS: Final = frozenset(
    {
        *("", "text", "txt", "plain", "plaintext", "output", "out", "console", "stdout", "result"),
        *("pytb", "py3tb", "python-traceback", "ansi", "ansi-color", "pycon-output"),
    }
)
"""The languages of fences with printed text, in lower case."""

OUTPUT_FENCES: Final = RESULTS | {"pycon"}
"""The languages that a fence with an output may have, right after its code."""

SKIPPED: Final = "skipped code"
UNMARKED: Final = "code that is not marked to run"
"""Code that an author keeps from running."""

TYPED: Final = "a fence `python`, without prompts"
"""What comes nearest to a transcript of IPython."""

FENCE: Final = "a fence `python`"
"""What comes nearest to other Python."""

PYCON: Final = "a fence `pycon`"
"""What comes nearest to a transcript of Python."""

# What renderers, and tools that run fences, take for Python.
_LIKE_PYTHON: Final = PYTHON | {
    *("py2", "py3", "python2", "pyi", "sage", "ipython", "ipython2", "ipython3", "pyodide"),
    *("ipy", "ipycon", "numpy", "cython", "pyx", "starlark", "pyodide-python"),
    *("code-cell", "jupyter-execute", "jupyter", "testcode", "exec_code", "marimo"),
}
TRANSCRIPTS: Final = frozenset(
    {
        "pycon",
        "pycon3",
        "py3con",
        "python3con",
        "python-console",
        "python-repl",
        "pyconsole",
        "ipythonconsole",
        "doctest",
    }
)
_VERSIONED: Final = re.compile(r"i?py(?:thon)?[0-9.]+")
_EXECUTED: Final = re.compile(r"\bexec=")
_PROMPT: Final = re.compile(r"[ \t]*(?:>>>(?: |$)|In \[\d+\]:)", re.MULTILINE)
_LONG_STRING: Final = re.compile(r"('''|\"\"\").*?(?:\1|\Z)", re.DOTALL)


def holds_prompts(code: str) -> bool:
    """Whether code is a transcript: a prompt of Python or IPython starts one of its lines."""
    if ">>>" not in code and "In [" not in code:
        return False
    lines = _LONG_STRING.sub("", code).split("\n")  # a docstring may hold examples
    return any(map(_PROMPT.match, lines))


def is_python(word: str) -> bool:
    """Whether readers take code in a language for Python, or for a transcript of it."""
    word = word.lower()
    return word in _LIKE_PYTHON | TRANSCRIPTS or _VERSIONED.fullmatch(word) is not None


def gap_of(code: AnyFence | Unfenced) -> Gap | None:
    """The gap that code is if it does not run; None if it does not say that it is Python."""
    like_python = is_python(code.word) or _EXECUTED.search(code.info)
    typed = code.word in RESULTS and _PROMPT.match(code.text.lstrip("\n"))
    if typed or code.word in TRANSCRIPTS or (like_python and holds_prompts(code.text)):
        nearest = _as_cell(code) or (PYCON if ">>>" in code.text else TYPED)
        return Gap(code.start + 1, f"transcript in {_within(code)}", nearest)
    nearest = _as_cell(code) or FENCE
    return Gap(code.start + 1, code.title, nearest) if like_python else None


def _as_cell(code: AnyFence | Unfenced) -> str:
    """The setting that lets a cell of another publisher run; empty for other code."""
    return next((f"`{cell}` in `fences`" for cell in CELLS if code.info.startswith(cell)), "")


def gap_by_text(code: AnyFence | Unfenced) -> Gap | None:
    """The gap that code without a language is; None if it does not read as Python."""
    if code.info or not is_python_text(code.text):
        return None
    return Gap(code.start + 1, f"Python in {_within(code)}", FENCE)


def _within(code: AnyFence | Unfenced) -> str:
    return f"a {code.title}" if code.title.startswith("fence") else code.title
