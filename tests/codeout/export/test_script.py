"""Scripts: Python takes them, and an error that a page means to show does not end them."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from codeout.export.cells import Code, Prose
from codeout.export.script import as_script
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from pathlib import Path

FUTURES = ["from __future__ import annotations", "from __future__ import (division,"]
LINES = st.sampled_from(
    ["x = 1", "if x:", "    y = 2", '"""', "a  b", "", "%time x", "!ls", "y?", "(", ")", *FUTURES]
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
MARK = re.compile(r"#\s*(?:%%|<codecell>|In\[\d* ?\])")
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
    code = "%who\nx = 7 % 2\ny = x != 1"
    assert as_script([Code(code)]) == "# %%\n# %who\nx = 7 % 2\ny = x != 1\n"


def test_what_looks_like_a_magic_in_a_string_stays() -> None:
    code = 'text = """\n% a\n!b\n"""\n%time len(text)'
    assert as_script([Code(code)]) == f"# %%\n{code.replace('%time ', '')}\n"


def test_a_command_may_go_on_over_several_lines() -> None:
    code = "%who \\\n  int\nx = 1"
    assert as_script([Code(code)]) == "# %%\n# %who \\\n#   int\nx = 1\n"


def test_a_command_without_its_mark_is_no_subtraction(tmp_path: Path) -> None:
    cells = [f"cd {tmp_path}", "mkdir -p made", "%cp -r made copied", "ls -m", "pip -V", "pwd"]
    assert run(*cells, "rm, f = 2, 1", "print(rm -f)", "rm -f") == "copied, made\n1\n"


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


def run(*codes: str) -> str:
    """What the script of some cells prints."""
    script = as_script([Code(code) for code in codes])
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_a_shell_command_has_the_variables_of_the_page() -> None:
    code = "name = 'World'\n!echo $name, {name.upper()}, {len(name):03d}, '$name', $$name, $none."
    assert run(code) == "World, WORLD, 005, $name, , .\n"


@pytest.mark.parametrize(
    ("command", "printed"),
    [
        ("echo ab | awk '{print $1}'", "ab\n"),
        ("x=1; echo ${x} {none}", "1 {none}\n"),
        ("echo '{}' } {", "{} } {\n"),
        ("echo {name}; echo {1 2}", "{name}\n{1 2}\n"),
        ("""echo {'a'} '{"b"}'""", "a b\n"),
    ],
)
def test_a_shell_command_with_braces_of_its_own_is_left_to_the_shell(
    command: str, printed: str
) -> None:
    assert run(f"name = 1\n!{command}") == printed


def test_a_shell_command_has_the_variables_of_a_function() -> None:
    code = "def say(word):\n    for n in (1, 2):\n        !echo $word {n}\nsay('hi')"
    assert run(code) == "hi 1\nhi 2\n"


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("print(lines)", "['b 1', 'A 2', 'no']\n"),
        ("print(lines.n); print(lines.s)", "b 1\nA 2\nno\nb 1 A 2 no\n"),
        ("print(lines.grep('a'), lines.grep('a', prune=True).s)", "['A 2'] b 1 no\n"),
        ("print(lines.grep('2', field=1).fields(0, -1, 7))", "['A 2']\n"),
        (
            "print(lines.fields(1).l, lines.fields())",
            "['1', '2'] [['b', '1'], ['A', '2'], ['no']]\n",
        ),
        ("print(lines.grep(str.islower).nlstr)", "b 1\nno\n"),
        (
            "few = lines.grep('b'); print(few.p, lines[:1], lines.list is lines)",
            "[] ['b 1'] True\n",
        ),
    ],
)
def test_the_lines_of_a_command_can_what_they_can_in_ipython(read: str, printed: str) -> None:
    made = "lines = !printf 'b 1\\nA 2\\nno\\n'"
    assert run(made, read) == printed
    assert str(shown_by_ipython(made, read)) == printed


def shown_by_ipython(*codes: str) -> str:
    """What IPython prints for some cells."""
    done = subprocess.run(
        [sys.executable, "-m", "IPython", "--colors=nocolor", "-c", "\n".join(codes)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_lines_are_a_plain_list_where_that_is_enough() -> None:
    plain = as_script([Code("lines = !ls\nother.n = lines[0].grep"), Code("other.n")])
    assert "class _Lines" not in plain
    script = as_script([Code("lines = !ls"), Code("lines.n")])
    assert "n = property" in script
    assert "def grep" not in script


def test_a_folder_and_another_script_can_be_used(tmp_path: Path) -> None:
    code = "import sys\ntwice = 2 * len(sys.argv)\ndef f():\n    return twice\nsys.exit"
    cells = [
        f"%cd -q {tmp_path}",
        f"%%writefile other.py\n{code}",
        "%%writefile ends.py\nprint('ran', __name__)\nraise SystemExit(2)",
        "here = %pwd",
        "name = 'other'\n%run {name}.py a b",
        "%run ends.py",
        "print(here, twice, f())",
    ]
    assert run(*cells) == f"ran __main__\n{tmp_path.resolve()} 6 6\n"


def test_what_only_ipython_has_is_told_and_ends_no_script() -> None:
    cells = ["%macro again 1-2", "%macro -q more 1", "again", "%run -i other.ipynb", "%pwd -x"]
    script = as_script([Code(code) for code in cells])
    assert "again = None  # %macro again 1-2: only IPython has it" in script
    assert "# %run -i other.ipynb" in script
    assert run(*cells, "print(again, more)") == "None None\n"


def test_what_a_cell_of_another_language_would_bind_is_none() -> None:
    assert run("%%perl --out text --err wrong\nprint 1;", "print(text, wrong)") == "None None\n"


def test_all_of_a_module_may_be_imported_beside_an_await() -> None:
    assert run("from asyncio import *; x = await sleep(0, 1)\nprint(x)", "sleep") == "1\n"


def test_the_last_value_is_kept_for_the_cells_that_read_it() -> None:
    cells = [
        "1 + 1",
        "3;",
        "None",
        "x = 4",
        "_ * (\n  2)",
        "print(_)",
        "'é'; 7  # seven",
        "print(_)",
    ]
    assert run(*cells) == "4\n7\n"


def test_a_variable_of_this_name_is_left_alone() -> None:
    assert run("8", "for _ in range(3):\n    pass", "9", "print(_)") == "2\n"


def test_captured_output_is_there_in_later_cells() -> None:
    first = "%%capture told --no-display\nimport sys\nprint('in')\nprint('error', file=sys.stderr)"
    assert run(first, "told.show()\nprint([told.stdout, told.stderr, told.outputs])") == (
        "in\n['in\\n', 'error\\n', []]\n"
    )


def test_what_a_shell_prints_is_captured_as_well() -> None:
    assert run("%%capture told\n!echo in; echo error >&2", "print([told.stdout])") == (
        "['in\\nerror\\n']\n"
    )


def test_nothing_is_printed_of_a_cell_that_captures_without_a_name() -> None:
    assert run("%%capture\nprint('in')", "%%capture\n%who", "print('out')") == "out\n"


def test_a_time_that_is_kept_has_the_results_of_ipython() -> None:
    code = "time = %timeit -o -n 2 -r3 sum([1])\nprint(time.loops, time.repeat, len(time.timings))"
    assert run(code, "print(time.best <= time.average <= time.worst)") == "2 3 3\nTrue\n"


def test_what_only_ipython_has_is_none_and_says_so() -> None:
    script = as_script([Code("found = %who_ls\nreport = %prun -r f()")])
    assert script == (
        "# %%\nfound = None  # found = %who_ls: only IPython has it\n"
        "report = None  # report = %prun -r f(): only IPython has it\n"
    )


@pytest.mark.parametrize(
    "assignment",
    [
        "x: int = await f()",
        "x: 'a = b' = (await f())",
        "x: dict[\n  str, int\n] = await f()",
        "y: str; x: int = await f(); z: 'é' = 2",
        "x: (int) = (\n  await f())",
        "if True:\n    x: int = await f()\n    y: int",
    ],
)
def test_variables_that_wait_may_have_annotations(assignment: str) -> None:
    assert run("async def f():\n    return 1", assignment, "print(x)") == "1\n"


def test_a_block_of_commands_alone_is_still_a_block() -> None:
    assert run("if True:\n    %matplotlib inline\nprint(1)") == "1\n"


def test_folders_and_variables_are_changed_for_later_cells(tmp_path: Path) -> None:
    cells = [f"folder = {str(tmp_path)!r}\n%cd -q {{folder}}\n%env CODEOUT_A=$folder"]
    cells += ["%%writefile note.txt\ntext", "!cat note.txt; echo $CODEOUT_A"]
    assert run(*cells) == f"text\n{tmp_path}\n"


def test_prose_begins_no_cell() -> None:
    """Editors would run what follows a mark, and take commands out of their comments."""
    prose = "One.\n%% [code]\n  %%\nIn[1]\n<codecell>\n!ls"
    marks = [line for line in as_script([Prose(prose)]).splitlines() if MARK.match(line)]
    assert marks == ["# %% [markdown]"]
