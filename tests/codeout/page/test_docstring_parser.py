"""Docstrings as pages: every byte is kept, and the rest of the module stays the same Python."""

from __future__ import annotations

import ast
import doctest
import importlib.util
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest
from codeout.engine.planning import plan_page
from codeout.engine.project import Project
from codeout.engine.update import Update
from codeout.formats import DOCSTRINGS
from codeout.output.compare import agrees
from codeout.output.shown import Printed
from codeout.page.docstring_parser import parse
from codeout.page.docstring_text import indentations
from codeout.page.document import fill, render
from codeout.page.layout import Layout
from codeout.page.roundtrip import first_misread
from hypothesis import assume, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from pathlib import Path

    from codeout.page.model import Page

LINES = st.sampled_from(
    [">>> 1", ">>> f(", "...  2)", ">>>", "1", "  out", "", "", "Text.", "Examples:", "Examples",
     "--------", "    >>> 2", "    2", "    ```python", "    ```", "```py", "```pycon", "```",
     "print(1)", "#> 1", "<!-- codeout: out -->", "x: y", '=== "Code"', "    print(2)", "\\\\",
     "\\n", '\\"', "\\", "é", "\t>>> 3", ">>> 4  # doctest: +SKIP"]
)  # fmt: skip
OPENING = st.sampled_from(['"""', "'''", 'r"""', "u'''", '"""\\\n'])
NEWLINES = st.sampled_from(["\n", "\r\n", "\r"])
TEXTS = st.text(st.sampled_from("ab '\"\\\0n{%\t>-."), min_size=1, max_size=9).filter(str.strip)


@st.composite
def modules(draw: st.DrawFn) -> bytes:
    """A module with a few docstrings."""
    parts = []
    for number in range(draw(st.integers(1, 3))):
        opening = draw(OPENING)
        quote = opening.strip("\\\n")[-3:]
        lines = draw(st.lists(LINES, min_size=1, max_size=9))
        indent = draw(st.sampled_from(["    ", "\t"]))
        text = "\n".join(indent + line if line and at else line for at, line in enumerate(lines))
        end = draw(st.sampled_from(["", f"\n{indent}"]))
        parts.append(f"def f{number}():\n{indent}{opening}{text}{end}{quote}\n{indent}return 1\n")
    bom = draw(st.sampled_from(["", "\ufeff"]))
    return (bom + "\n".join(parts)).replace("\n", draw(NEWLINES)).encode()


@given(modules())
def test_a_module_comes_out_as_it_went_in(source: bytes) -> None:
    assert render(parse(source)) == source


@given(modules())
def test_blocks_and_slots_are_on_their_lines(source: bytes) -> None:
    page = parse(source)
    lines = source.decode().removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for block in page.blocks:
        whole = "\n".join(lines.split("\n")[block.line - 1 :])
        found = re.match(r"(?:.*\\\n)*.*", whole)  # a backslash joins lines
        at = found[0] if found else ""
        assert block.code.split("\n")[0].strip(' \\"') in at or "```" in at


@settings(max_examples=300)
@given(modules(), st.data())
def test_the_docstrings_show_the_outputs_and_nothing_else_changes(
    source: bytes, data: st.DataObject
) -> None:
    page = parse(source)
    shown = [(Printed(data.draw(TEXTS)),) for _ in page.slots]
    pairs = list(zip(shown, page.slots, strict=True))
    assume(not any(DOCSTRINGS.refuses(*pair)[0] for pair in pairs))
    bodies = {at: DOCSTRINGS.body(*pair) for at, pair in enumerate(pairs)}
    filled = fill(page, bodies)
    again = parse(render(filled))
    if (
        first_misread(filled, again, {at: slot.fences for at, slot in enumerate(page.slots)})
        is None
    ):
        assert [DOCSTRINGS.read(slot) for slot in again.slots] == [
            DOCSTRINGS.read(slot) for slot in filled.slots
        ]
        assert [block.code for block in again.blocks] == [block.code for block in page.blocks]
    if not page.problems:
        assert without_docstrings(render(filled)) == without_docstrings(source)


def test_a_line_indented_less_than_the_prompt_is_no_output_of_it() -> None:
    page = parse(b'def f():\n    """Text\n    more: here\n    \t>>> 3\n    1"""\n')
    assert [
        (block.code, slot.source) for block, slot in zip(page.blocks, page.slots, strict=True)
    ] == [("3\n", "")]


def without_docstrings(source: bytes) -> str:
    tree = ast.parse(source.decode().removeprefix("\ufeff"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and isinstance(node.body[0], ast.Expr):
            node.body[0].value = ast.Constant("")
    return ast.dump(tree)


def examples(page: Page) -> list[tuple[int, str]]:
    return [(block.line, block.code) for block in page.blocks]


@given(st.lists(LINES, min_size=1, max_size=9))
def test_statements_are_those_of_doctest(lines: list[str]) -> None:
    """But for those in other fences, and for prompts without code."""
    assume(not any("```" in line or "\\" in line for line in lines))
    source = 'def f():\n    """\n' + "".join(f"    {line}\n" for line in lines) + '    """\n'
    value = ast.get_docstring(ast.parse(source).body[0], clean=False) or ""  # type: ignore[arg-type]
    try:
        theirs = doctest.DocTestParser().get_examples(value)
    except ValueError:  # inconsistent blanks, or no blank after a prompt
        return
    expected = [(each.lineno + 2, each.source) for each in theirs if each.source.strip()]
    assert examples(parse(source.encode())) == expected


MODULE = '''\
"""Of a module.

>>> NUMBER + 1
old
>>> NAME = 1
"""

NUMBER = 41


def f(x):
    """Of a function.

    Args:
        x: A number.

    Examples:
        >>> f(NUMBER)
        old
        >>> f("a\\\\\\\\b")
        >>> NAME
        Traceback (most recent call last):
        NameError: old
        >>> f(1) / 0
        Traceback (most recent call last):
        old
    """
    return x * 2


class C:
    r"""Of a class.

    Examples
    --------
    >>> C()
    old
    >>> print("a\\n\\nb")
    """

    def __repr__(self):
        """Of a method: again

        >>> for c in [C(), C()]:
        ...     c

        Text.
        """
        return "C()"
'''


class Checker(doctest.OutputChecker):
    """Compares as codeout does."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        """Whether an output is as expected."""
        same = super().check_output(want, got, optionflags)
        return same or agrees(want.replace("<BLANKLINE>", ""), got, 1e-3)


class Recorder(doctest.DocTestRunner):
    """Keeps what each wrong example of a docstring answers, by its line."""

    def __init__(self, checker: doctest.OutputChecker, *, verbose: bool) -> None:
        super().__init__(checker, verbose=verbose)
        self.wrong: dict[int, str] = {}

    def report_failure(self, *args: Any) -> None:
        """Keep an output."""
        *_, example, got = args
        self.wrong[example.lineno] = got

    def report_unexpected_exception(self, *args: Any) -> None:
        """Keep an exception."""
        *_, example, raised = args
        self.wrong[example.lineno] = repr(raised[1])


def test_doctest_finds_what_was_written_right(tmp_path: Path) -> None:
    file = tmp_path / "of_docstrings.py"
    file.write_text(MODULE, encoding="utf-8")
    before = found_by_doctest(file)
    assert examples(parse(file.read_bytes())) == [
        (line, source) for line, source, _ in before if source.strip()
    ]
    project = Project.open(tmp_path)
    for event in project.execute([plan_page(project.config, file)]):
        if isinstance(event, Update):
            assert not event.problems, "\n".join(map(str, event.problems))
            assert not project.write(event)
    assert [problem for _, _, problem in found_by_doctest(file)] == [""] * len(before)
    assert any(problem for _, _, problem in before)


def found_by_doctest(file: Path) -> list[tuple[int, str, str]]:
    """The line and the source of each example that doctest finds in a module, and what is wrong."""
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module
    found: list[tuple[int, str, str]] = []
    try:
        spec.loader.exec_module(module)
        for test in doctest.DocTestFinder().find(module):
            runner = Recorder(Checker(), verbose=False)
            runner.run(test, out=lambda _: None, clear_globs=False)
            wrong = [runner.wrong.get(each.lineno, "") for each in test.examples]
            lines = [(test.lineno or 0) + each.lineno + 1 for each in test.examples]
            sources = [each.source for each in test.examples]
            found += [*zip(lines, sources, wrong, strict=True)]
    finally:
        del sys.modules[file.stem]
    return sorted(found)


@pytest.mark.parametrize(
    ("text", "widths"),
    [
        ("Summary.\n\n    >>> 1\n    2\n    ", [0, 0, 4, 4, 4]),
        ("Summary.\n    Args:\n        x: y\n            more\n    Text", [0, 4, 8, 12, 4]),
        ("\n  Example: of it\n      ```py\n      class A:\n          a = 1\n      ```\n  ",
         [0, 2, 6, 6, 6, 6, 2]),
        ("\n  >>> a\n  b: c\n    d\n\n  - item:\n      more", [0, 2, 2, 2, 0, 2, 2]),
        ("\n\tText:\n\t\t>>> 1", [0, 1, 2]),
    ],
)  # fmt: skip
def test_sections_are_indented(text: str, widths: list[int]) -> None:
    assert indentations(text.split("\n")) == widths


@pytest.mark.parametrize(
    ("lines", "blocks"),
    [
        (["Title", "~~~~~", ">>> 1", "1", "", "Another", "~~~~~", "Text."], ["1\n"]),
        (["Text", "", "~~~python", "1", "~~~", "more", "", ">>> 2"], ["1\n", "2\n"]),
        (["```text", "Title", "~~~~~", "```", "```python", "3", "```"], ["3\n"]),
        (["~~~", ">>> 4", "~~~"], []),
    ],
)
def test_a_title_with_tildes_begins_no_fence(lines: list[str], blocks: list[str]) -> None:
    text = "\n".join(["Summary.", "", *lines, ""])
    page = parse(f'"""{text}"""\n'.encode())
    assert [block.code for block in page.blocks] == blocks


@pytest.mark.parametrize(("mode", "runs"), [("all", 2), ("marked", 1), ("none", 0)])
def test_prompts_run_as_the_mode_says(mode: str, runs: int) -> None:
    module = b'"""Summary.\n\n>>> 1\n1\n\n```python\n2\n```\n"""\n'
    page = parse(module, "module.py", Layout(run=mode))
    assert sum(not block.directive.skip for block in page.blocks) == runs
    assert len(page.gaps) == 2 - runs


def test_deep_sections_are_read_at_once() -> None:
    lines = ["", *(" " * depth + "a:" for depth in range(3000))]
    assert indentations(lines)[-1] == 3
