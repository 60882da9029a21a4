"""Transcripts: read as doctest reads them, and right in its eyes once codeout has written them."""

from __future__ import annotations

import doctest

import pytest
from codeout.engine.planning import plan_page
from codeout.engine.project import Project
from codeout.engine.update import Update
from codeout.output.compare import agrees
from codeout.output.typed import last_traceback, without_stack
from codeout.page.document import parse, render
from codeout.page.model import SlotKind
from codeout.page.transcripts import statements
from hypothesis import example, given, settings
from hypothesis import strategies as st

LINES = st.sampled_from(
    ["...\tz", "...\t\tz\t",
     ">>> x", ">>> y = 1", "... z", "...", ">>>", ">>> # comment", "  >>> in", "  ... more", "out",
     "  out", "", "....", ">>>x", "> >>> x", "Traceback (most recent call last):"]
)  # fmt: skip

# What Python answers to these is written by the run, and looked at by doctest.
STATEMENTS = [
    "x = 1",
    "x",
    "print('a\\n\\nb')",
    "print('a', end='')",
    "print()",
    "'text'",
    "'it\\'s'; 5;",
    "None",
    "{3, 1, 2}",
    "{'b': 1, 'a': 2}",
    "list(range(50))",
    "for i in range(3):\n    i\n    print(i)",
    "def f(n):\n    return n + x",
    "f(2)",
    "_",
    "1 / 3",
    "import sys; _ = sys.stderr.write('unseen')",
    "1 / 0",
    "raise ValueError('one\\ntwo')",
    "raise KeyError('one') from ValueError('two')",
    "class A:\n    def __repr__(self):\n        return '<A>'",
    "A()",
    "(1,\n 2)",
    "print('>> no prompt')",
    "print('  blanks  ')",
]


class Checker(doctest.OutputChecker):
    """Compares as codeout does."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        """Whether an output is as expected."""
        same = super().check_output(want, got, optionflags)
        return same or agrees(want.replace("<BLANKLINE>", ""), got, 1e-3)


def holds_code(source: str) -> bool:
    return any(line.split("#")[0].strip() for line in source.split("\n"))


def typed(code: str, answer: str = "") -> str:
    first, *others = code.split("\n")
    lines = [f">>> {first}", *(f"... {line}" for line in others)]
    return "\n".join([*lines, answer] if answer else lines)


@example(lines=[">>>", "...", "..."])
@given(lines=st.lists(LINES, max_size=12))
def test_statements_are_those_of_doctest(lines: list[str]) -> None:
    """But for prompts without code: doctest leaves one out, and runs two below each other."""
    try:
        theirs = doctest.DocTestParser().get_examples("\n".join(lines) + "\n")
    except ValueError:  # inconsistent blanks, or no blank after a prompt
        return
    theirs = [each for each in theirs if holds_code(each.source)]
    ours = [each for each in statements(lines) if not each.empty]
    assert [each.code.rstrip() for each in ours] == [each.source.rstrip() for each in theirs]
    assert [each.start for each in ours] == [each.lineno for each in theirs]


@given(lines=st.lists(LINES, max_size=12), mark=st.sampled_from(["", "> ", "    "]))
def test_a_page_is_kept_to_the_byte(lines: list[str], mark: str) -> None:
    page = "\r\n".join(mark + line for line in ["```pycon", *lines, "```", ""])
    assert render(parse(page.encode())) == page.encode()


@settings(max_examples=10)
@given(chosen=st.lists(st.sampled_from(STATEMENTS), min_size=5, max_size=25))
def test_doctest_finds_what_was_written_right(
    chosen: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("typed")
    failing = "Traceback (most recent call last):"
    written = "\n".join(typed(code, failing) for code in ["x = 1", "x", "A = f = int", *chosen])
    page = root / "page.md"
    page.write_text(f"```pycon\n{written}\n```\n", encoding="utf-8")
    project = Project.open(root)
    for event in project.execute([plan_page(project.config, page)]):
        if isinstance(event, Update):
            assert not event.problems, "\n".join(map(str, event.problems))
            assert not project.write(event)
    text = page.read_text(encoding="utf-8")
    test = doctest.DocTestParser().get_doctest(text.replace("```", ""), {}, "page", None, 0)
    report: list[str] = []
    doctest.DocTestRunner(Checker(), verbose=False).run(test, out=report.append)
    assert not report, "".join(report)
    (again,) = [
        event
        for event in project.execute([plan_page(project.config, page)])
        if isinstance(event, Update)
    ]
    assert not again.writes


def test_each_statement_is_a_block_with_its_line() -> None:
    page = parse(b"# Title\n\n```pycon\n>>> 1\n1\n>>> (2 +\n...  3)\n```\n")
    assert [(block.line, block.code, block.typed) for block in page.blocks] == [
        (4, "1\n", True),
        (6, "(2 +\n 3)\n", True),
    ]
    assert [(slot.line, slot.source, slot.kind) for slot in page.slots] == [
        (5, "1\n", SlotKind.TRANSCRIPTS),
        (8, "", SlotKind.TRANSCRIPTS),
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Traceback (most recent call last):\n  File\n    x\nE: no", "E: no"),
        ("KeyError\n\nTraceback (most recent call last):\n  File\nE: a\nnote", "E: a\nnote"),
    ],
)
def test_the_stack_of_an_error_is_not_told(text: str, shown: str) -> None:
    """It differs between machines, and doctest does not compare it."""
    head = "Traceback (most recent call last):"
    assert last_traceback(text) == f"{head}\n{shown}"
    assert without_stack(f"{head}\n    ...\n{shown}") == f"{head}\n{shown}"
