"""Scripts: Python takes them, and an error that a page means to show does not end them."""

from __future__ import annotations

import ast
import subprocess
import sys

from codeout.export.cells import Code, Prose
from codeout.export.script import as_script
from hypothesis import given
from hypothesis import strategies as st

FUTURES = ["from __future__ import annotations", "from __future__ import (division,"]
LINES = st.sampled_from(
    ["x = 1", "if x:", "    y = 2", '"""', "a  b", "", "%time x", "!ls", "y?", "(", ")", *FUTURES]
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
CODES = st.lists(LINES, max_size=6).map("\n".join)


@given(st.lists(st.builds(Code, CODES, st.sampled_from(["", "ValueError"])), max_size=3))
def test_any_cells_make_a_script_that_parses(cells: list[Code]) -> None:
    compile(as_script(cells), "<script>", "exec", dont_inherit=True)


@given(st.lists(st.builds(Prose, TEXTS), max_size=3))
def test_prose_is_all_comments(cells: list[Prose]) -> None:
    assert ast.parse(as_script(cells)).body == []


def test_the_script_goes_on_after_an_error_and_strings_are_as_they_were() -> None:
    text = 'text = """a\n  b"""\nraise ValueError(text)'
    cells = [
        Code(text, "ValueError"),
        Code("raise SystemExit(3)", "SystemExit"),
        Code("print(text)"),
    ]
    done = subprocess.run(
        [sys.executable, "-c", as_script(cells)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "ValueError: a\n  b\nSystemExit: 3\na\n  b\n"


def test_a_comparison_and_a_remainder_are_no_magics() -> None:
    code = "!ls\nx = 7 % 2\ny = x != 1"
    assert as_script([Code(code)]) == "# %%\n# !ls\nx = 7 % 2\ny = x != 1\n"


def test_what_looks_like_a_magic_in_a_string_stays() -> None:
    code = 'text = """\n% a\n!b\n"""\n%time len(text)'
    assert as_script([Code(code)]) == f"# %%\n{code.replace('%time ', '')}\n"


def test_a_command_may_go_on_over_several_lines() -> None:
    code = "!ls \\\n  -l\nx = 1"
    assert as_script([Code(code)]) == "# %%\n# !ls \\\n#   -l\nx = 1\n"


def test_help_on_a_cell_magic_is_none() -> None:
    assert as_script([Code("%%time?\nx = 1")]) == "# %%\n# %%time?\nx = 1\n"


def test_imports_from_the_future_come_first() -> None:
    cells = [Code("x = 1"), Code("from __future__ import annotations\ny: Unknown = 2")]
    script = as_script(cells)
    assert script == (
        "# %%\nfrom __future__ import annotations\n\n# %%\nx = 1\n\n"
        "# %%\n# from __future__ import annotations\ny: Unknown = 2\n"
    )
    exec(compile(script, "<script>", "exec", dont_inherit=True), {})  # noqa: S102
