"""Whether a text of which nobody says what it is reads as Python."""

from __future__ import annotations

import pytest
from codeout.page.python_text import is_python_text

PYTHON = [
    "import os",
    "from os import (\n    path,",
    "print(1)",
    "x = f(1)",
    "x += 1",
    "1 + 1",
    "size = width * 2",
    'settings = {"a": 1}',
    "pair = 1, 2",
    "x == 1",
    "[x for x in y]",
    "def f(x):\n    # left out",
    "    @property\n    def f(self):\n        return 1",
    "class A(B):\n    ...\n    more to come",
    'f"{x}"',
    "await f",
]
OTHERS = [
    "",
    "words",
    "Some words in a line.",
    "1",
    "'text'",
    "a.b",
    "a = 1\nb = 'text'",
    "[tool.codeout]\npages = ['docs']",
    "name: value",
    '{"a": [1, 2]}',
    "ls -l",
    "ls -l a/b",
    "a | b",
    "pip install codeout",
    "$ python page.py",
    "2024-11-28",
    "a/b/c",
    "-v, --verbose",
    "printf(1);",
    "#!/bin/sh\nmake test",
    "# only a comment",
    "<b>bold</b>",
    "...",
    "\0",
    "(" * 1000,
    "-" * 100_000,
    "1+" * 9_000 + "1",
]


@pytest.mark.parametrize("text", PYTHON)
def test_python_is_known(text: str) -> None:
    assert is_python_text(text)


@pytest.mark.parametrize("text", OTHERS)
def test_nothing_else_is_taken_for_it(text: str) -> None:
    assert not is_python_text(text)


def test_a_text_that_warns_warns_nobody(recwarn: pytest.WarningsRecorder) -> None:
    assert is_python_text(r'print("\d")')
    assert not recwarn.list
