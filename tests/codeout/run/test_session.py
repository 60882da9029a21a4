"""The session: what blocks leave behind. All of them run as one page, which forgives errors."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from codeout.output.model import Figure, Html, Output, Stream, Value
from codeout.run.events import Finished
from codeout.run.job import Cell, Job, Limits
from codeout.run.pool import run_jobs

if TYPE_CHECKING:
    from codeout.output.model import Ran

OUTPUTS: dict[str, tuple[str, tuple[Output, ...]]] = {
    "the last value": ("1\n2", (Value("2", result=True),)),
    "None is no value": ("None", ()),
    "a semicolon silences": ("2;", ()),
    "an assignment is no value": ("x = 2", ()),
    "the value of the block before": ("3\n", (Value("3", result=True),)),
    "is kept as an underscore": ("_ + 1", (Value("4", result=True),)),
    "display, then print": ("display('a')\nprint('b')", (Value("'a'"), Stream("b\n"))),
    "print, then the value": ("print('a')\n'b'", (Stream("a\n"), Value("'b'", result=True))),
    "print on both sides of display": (
        "print('a', end='')\ndisplay(1)\nprint('b')",
        (Stream("a"), Value("1"), Stream("b\n")),
    ),
    "everyone prints, in order": (
        """
        import os, subprocess, sys
        print("print")
        os.write(1, b"write\\n")
        subprocess.run(["echo", "child"])
        print("error", file=sys.stderr)
        display("shown")
        os.write(2, b"more\\n");
        """,
        (Stream("print\nwrite\nchild\nerror\n"), Value("'shown'"), Stream("more\n")),
    ),
    "await": ("import asyncio\nawait asyncio.sleep(0, 'awoke')", (Value("'awoke'", result=True),)),
    "a magic": ("here = %pwd\nhere == os.getcwd()", (Value("True", result=True),)),
    "a shell command": ("!echo hi", (Stream("hi\r\n"),)),
    "a shell command's lines": ("lines = !echo hi\nlines", (Value("['hi']", result=True),)),
    "a cell magic": ("%%capture told\nprint('kept')", ()),
    "and what it kept": ("told.stdout", (Value("'kept\\n'", result=True),)),
    "html over text": (
        (
            "class Both:\n    def _repr_html_(self): return '<b>x</b>'\n"
            "    def __repr__(self): return 'x'\nBoth()"
        ),
        (Html("<b>x</b>", result=True, plain="x"),),
    ),
    "clear_output": (
        "from IPython.display import clear_output\nprint('a')\nclear_output()\nprint('b')",
        (Stream("b\n"),),
    ),
    "an updated display stays where it was": (
        "shown = display(1, display_id=True)\nprint('a')\nshown.update(2)",
        (Value("2"), Stream("a\n")),
    ),
    "a display updated by name": (
        "display(1, display_id='n')\ndisplay(2, display_id='n', update=True);",
        (Value("2"),),
    ),
    "an update after clear_output": (
        "shown = display(1, display_id=True)\nclear_output()\nshown.update(2)",
        (),
    ),
    "a warning": (
        "import warnings\nwarnings.warn('old', stacklevel=1)",
        (Stream("<ipython-input>:2: UserWarning: old\n  warnings.warn('old', stacklevel=1)\n"),),
    ),
    "a shell that can be found": ("get_ipython() is not None", (Value("True", result=True),)),
    "a class of the page pickles": (
        "import pickle\nclass A: pass\ntype(pickle.loads(pickle.dumps(A()))) is A",
        (Value("True", result=True),),
    ),
    "the page is __main__": ("__name__", (Value("'__main__'", result=True),)),
    "no arguments are left": ("sys.argv", (Value("['']", result=True),)),
    "nobody reads standard input": ("sys.stdin.read()", (Value("''", result=True),)),
    "no bytes are too odd": ("os.write(1, b'\\xff\\n');", (Stream("\udcff\n"),)),
}

ERRORS = {
    "the frames of the page alone": (
        "import json\ndef read(text):\n    return json.loads(text)\nread('{')",
        "json.decoder.JSONDecodeError",
        4,
        """
        Traceback (most recent call last):
          File "<ipython-input>", line 4, in <module>
            read('{')
          File "<ipython-input>", line 3, in read
            return json.loads(text)
        json.decoder.JSONDecodeError: Expecting property name enclosed in double quotes: \
line 1 column 2 (char 1)
        """,
    ),
    "a cause": (
        "try:\n    int('x')\nexcept ValueError as error:\n    raise KeyError('k') from error",
        "builtins.KeyError",
        4,
        """
        Traceback (most recent call last):
          File "<ipython-input>", line 2, in <module>
            int('x')
        ValueError: invalid literal for int() with base 10: 'x'

        The above exception was the direct cause of the following exception:

        Traceback (most recent call last):
          File "<ipython-input>", line 4, in <module>
            raise KeyError('k') from error
        KeyError: 'k'
        """,
    ),
    "a context in a library": (
        "try:\n    json.loads('')\nexcept ValueError:\n    1 / 0",
        "builtins.ZeroDivisionError",
        4,
        """
        Traceback (most recent call last):
          File "<ipython-input>", line 2, in <module>
            json.loads('')
        json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)

        During handling of the above exception, another exception occurred:

        Traceback (most recent call last):
          File "<ipython-input>", line 4, in <module>
            1 / 0
        ZeroDivisionError: division by zero
        """,
    ),
    "a group": (
        "raise ExceptionGroup('two', [ValueError(1), KeyError(2)])",
        "builtins.ExceptionGroup",
        1,
        """
          + Exception Group Traceback (most recent call last):
          |   File "<ipython-input>", line 1, in <module>
          |     raise ExceptionGroup('two', [ValueError(1), KeyError(2)])
          | ExceptionGroup: two (2 sub-exceptions)
          +-+---------------- 1 ----------------
            | ValueError: 1
            +---------------- 2 ----------------
            | KeyError: 2
            +------------------------------------
        """,
    ),
    "a syntax error": (
        "print('never')\nx = = 1",
        "builtins.SyntaxError",
        2,
        """
          File "<ipython-input>", line 2
            x = = 1
                ^
        SyntaxError: invalid syntax
        """,
    ),
    "a note": (
        "error = ValueError('no')\nerror.add_note('but why')\nraise error",
        "builtins.ValueError",
        3,
        """
        Traceback (most recent call last):
          File "<ipython-input>", line 3, in <module>
            raise error
        ValueError: no
        but why
        """,
    ),
    "a call of exit": (
        "sys.exit(3)",
        "builtins.SystemExit",
        1,
        """
        Traceback (most recent call last):
          File "<ipython-input>", line 1, in <module>
            sys.exit(3)
        SystemExit: 3
        """,
    ),
    "a value that cannot be shown": (
        "class Mute:\n    def __repr__(self):\n        raise ValueError('no')\nMute()",
        "builtins.ValueError",
        3,
        """
        Traceback (most recent call last):
          File "<ipython-input>", line 3, in __repr__
            raise ValueError('no')
        ValueError: no
        """,
    ),
    "a magic that is not there": (
        "%nosuch",
        "IPython.core.error.UsageError",
        1,
        """
        UsageError: Line magic function `%nosuch` not found.
        """,
    ),
}

IMPORTS = {
    "import": ("import json, os.path", {"json", "os"}),
    "from": ("from xml.etree import ElementTree", {"xml"}),
    "inside a function": ("def f():\n    import csv", {"csv"}),
    "none": ("len('json')", set()),
}

HALF = "print('begun')\ndisplay('half')\n1 / 0"
UNDRAWABLE = r"plt.title(r'$\nosuch$');"
FIGURE = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nprint('drawn')"

CODES = [
    *(code for code, _ in OUTPUTS.values()),
    *(code for code, *_ in ERRORS.values()),
    *(code for code, _ in IMPORTS.values()),
    FIGURE,
    UNDRAWABLE,
    HALF,
]


@pytest.fixture(scope="module")
def runs() -> dict[str, Ran]:
    """What each block did, by its code."""
    cells = tuple(Cell(dedent(code), 60, may_fail=True) for code in CODES)
    events = run_jobs([Job("page.md", cells)], Limits(workers=1))
    found = [event.ran for event in events if isinstance(event, Finished)]
    return dict(zip(CODES, found, strict=True))


@pytest.mark.parametrize(("code", "outputs"), OUTPUTS.values(), ids=OUTPUTS)
def test_a_block_shows(runs: dict[str, Ran], code: str, outputs: tuple[Output, ...]) -> None:
    found = tuple(
        Stream(without_numbers(output.text)) if isinstance(output, Stream) else output
        for output in runs[code].outputs
    )
    assert found == outputs


@pytest.mark.parametrize(("code", "name", "line", "text"), ERRORS.values(), ids=ERRORS)
def test_an_error_is_told(runs: dict[str, Ran], code: str, name: str, line: int, text: str) -> None:
    error = runs[code].error
    assert error is not None
    assert (error.names[0], error.line) == (name, line)
    assert dedent(without_numbers(error.text)) == dedent(text).lstrip("\n")


@pytest.mark.parametrize("magic", ["bash", "sh", "script sh", "script --out kept sh"])
def test_the_status_of_a_script_is_that_of_a_command(magic: str) -> None:
    code = f"%%{magic}\nexit 3"
    cells = Cell(code, 60), Cell(code, 60, status=3), Cell(code, 60, may_fail=True)
    events = run_jobs([Job("page.md", cells)], Limits(workers=1))
    told, allowed, raised = [event.ran for event in events if isinstance(event, Finished)]
    assert (told.outputs, told.statuses) == ((), (3,)) == (allowed.outputs, allowed.statuses)
    assert raised.error is not None
    assert raised.error.is_a("CalledProcessError")


def test_an_error_of_a_process_that_is_no_script_is_an_error() -> None:
    code = "import subprocess\nsubprocess.run('exit 3', shell=True, check=True)"
    events = run_jobs([Job("page.md", (Cell(code, 60, status=3),))], Limits(workers=1))
    (ran,) = [event.ran for event in events if isinstance(event, Finished)]
    assert ran.statuses == ()
    assert ran.error is not None


def test_what_was_shown_before_an_error_stays(runs: dict[str, Ran]) -> None:
    *shown, error = runs[HALF].outputs
    assert shown == [Stream("begun\n"), Value("'half'")]
    assert error == runs[HALF].error


@pytest.mark.parametrize(("code", "names"), IMPORTS.values(), ids=IMPORTS)
def test_imports_are_noted(runs: dict[str, Ran], code: str, names: set[str]) -> None:
    assert runs[code].imports == names


def test_a_figure_is_shown_at_the_end_of_its_block(runs: dict[str, Ran]) -> None:
    printed, figure = runs[FIGURE].outputs[-2:]
    assert printed == Stream("drawn\n")
    assert isinstance(figure, Figure)
    assert figure.ending == "png"
    assert figure.data.startswith(b"\x89PNG")


def test_a_figure_that_cannot_be_drawn_is_an_error(runs: dict[str, Ran]) -> None:
    error = runs[UNDRAWABLE].error
    assert error is not None
    assert error.is_a("ValueError")
    assert "Unknown symbol" in error.text


def test_time_and_bytes_are_counted(runs: dict[str, Ran]) -> None:
    code, _ = OUTPUTS["everyone prints, in order"]
    assert runs[code].printed == len("print\nwrite\nchild\nerror\n" + "more\n")
    assert runs[code].shown == len("'shown'")
    assert 0 < runs[code].seconds < 60


def without_numbers(text: str) -> str:
    """A text with one name for every cell: ``<ipython-input>``."""
    return re.sub(r"<ipython-input-\d+-[0-9a-f]+>", "<ipython-input>", text)
