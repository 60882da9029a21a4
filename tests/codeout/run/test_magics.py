"""Blocks are read as IPython reads them, and each command is found where it stands."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest
from codeout.run.magics import Translation, syntax_tree, translate
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from IPython.core.inputtransformer2 import TransformerManager

LINES = st.sampled_from(
    [
        *(
            "x = 1",
            "",
            "%time x",
            "!ls",
            "!ls \\",
            "  -l",
            "y?",
            "a = !ls",
            "b = %time x",
            "%%time",
        ),
        *("if x:", "    %time y", "    y = 2", '"""', "(", "% 3)", ">>> x", "a  b", "s = '\x0c'"),
        *("%%time", "s = '''\u2028'''", "%time \r", ",f a", "\0"),
    ]
)
CODES = st.lists(LINES, max_size=7).map("\n".join)

COMMANDS = {
    "none": ("x = 1\ny = 7 % x", ()),
    "a magic": ("%time x\nx", ((1, 1),)),
    "a magic of several lines": ("x\n!ls \\\n  -l\ny", ((2, 3),)),
    "an assigned command": ("a = !ls \\\n  -l\nb = a\n", ((1, 2),)),
    "help": ("str.join?\nx\nstr??", ((1, 1), (3, 3))),
    "in a block": ("if x:\n    !ls\n    y", ((2, 2),)),
    "after empty lines": ("\n\n%time x", ((3, 3),)),
    "not in a string": ("x = '''\n%time'''\n%time x", ((3, 3),)),
    "not in brackets": ("x = (5\n% 3)\n%time x", ((3, 3),)),
    "help on a cell magic": ("%%time?\nx", ((1, 1),)),
    "a line that Python does not end there": ("s = '''\u2028\x0c'''\n%time s", ((2, 2),)),
}


@pytest.mark.parametrize(("code", "commands"), COMMANDS.values(), ids=COMMANDS)
def test_commands_are_found_where_they_stand(code: str, commands: tuple[object, ...]) -> None:
    translation = translate(code)
    assert (translation.commands, translation.cell_magic) == (commands, False)
    assert ast.parse(translation.python)


def test_a_command_at_the_end_goes_on_into_nothing() -> None:
    for code in ("!ls \\", "!ls \\\n"):
        assert translate(code).python.strip() == r"get_ipython().system('ls \\')"


def test_what_ipython_cannot_split_stays_as_it_is() -> None:
    code = "  -l\n\0"
    assert translate(code) == Translation(code)


def test_the_rest_of_a_cell_magic_is_read_by_itself() -> None:
    assert translate("\n%%time\nassert x\n!ls") == Translation(
        "\n\nassert x\nget_ipython().system('ls')", ((2, 2), (4, 4)), cell_magic=True
    )
    assert translate("%%bash") == Translation("", ((1, 1),), cell_magic=True)


# The tokenizer of Python 3.12.1 may leave an exception behind, which the tracer then meets.
WITHOUT_TRACER = [phase for phase in Phase if phase is not Phase.explain]


@pytest.mark.filterwarnings("ignore:`make_tokens_by_line`")
@settings(deadline=None, phases=WITHOUT_TRACER)
@given(CODES)
def test_the_python_is_what_ipython_runs_line_by_line(code: str) -> None:
    translation = translate(code)
    assert translation.python.count("\n") == code.count("\n")
    if translation.commands and not translation.cell_magic:
        runs = TransformerManager().transform_cell(code)  # type: ignore[no-untyped-call]
        assert translation.python.split() == runs.split()
    lines = [line for first, last in translation.commands for line in range(first, last + 1)]
    assert lines == sorted({*lines})
    assert all(1 <= line <= code.count("\n") + 1 for line in lines)


@pytest.mark.parametrize(
    "code", ["a  b", "assert (", "x\0", "  a\n b\nc", "%%bash\nls -l /", ">>> a  b"]
)
def test_what_is_not_python_has_no_tree(code: str) -> None:
    assert syntax_tree(code) is None


def test_what_a_magic_is_given_is_part_of_the_tree() -> None:
    tree = syntax_tree("%time assert x\n%pip install assert")
    assert tree is not None
    assert any(isinstance(node, ast.Assert) for node in ast.walk(tree))


def test_ipython_is_loaded_for_commands_alone() -> None:
    code = """
import sys
from codeout.run.magics import translate
translate("x = 1")
print("IPython" in sys.modules)
translate("%time x")
print("IPython" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\nTrue\n"
