"""Shell sessions: where commands end, and that what is below each is read as it was written."""

from __future__ import annotations

import subprocess

import pytest
from codeout.output import console
from codeout.output.markdown import body
from codeout.output.markdown_reader import read
from codeout.page.console import LANGUAGES, commands
from codeout.page.document import fill, parse, render
from codeout.page.layout import Layout
from codeout.page.model import SlotKind
from codeout.page.roundtrip import first_misread
from codeout.page.shell_syntax import Missing, missing
from hypothesis import example, given
from hypothesis import strategies as st

LAYOUT = Layout(console=("console",))
LINES = st.sampled_from(
    ["$ ls", "$ echo 'a", "> b'", "> more", "$ cat <<E", "E", "$ a \\", "  b", "$", "$ # c", "",
     "  $ in", "  > q", "out", "# no comment", "> > two", "$ for i in 1; do", "> done", "$5"]
)  # fmt: skip
TEXTS = st.lists(LINES, max_size=4).map("\n".join)

# What bash says of these is asked of it.
COMMANDS = [
    "ls", "ls \\", "ls \\\\", "ls \\\n", "a |", "a &&", "a ||\nb", "echo 'x", 'echo "x',
    "echo '\\'", "cat <<EOF", "cat <<EOF\nx\nEOF", "cat <<-'E'\nx\n\tE", "cat <<A <<B\nA\nB",
    "cat <<< x", "for i in 1 2; do", "for i in 1 2; do\necho $i\ndone",
    "for i in 1 2\ndo echo $i\ndone", "for i in *; do (cd $i && ls); done",
    "while read l; do echo $l; done < f", "while true; do", "if true; then echo; fi",
    "if true\nthen\n echo fi", "if true\nthen\n echo fi\nfi", "if ! a; then b; fi",
    "if (( x )); then\ny\nfi", "case x in\na) echo;;\nesac", "case x in\na) b;;", "(a; b",
    "(a; b)", "f() {\n echo", "f() {\n echo\n}", "{ a; }", "a || {\nb\n}", "a || {", "echo if",
    "echo done", "echo {", "echo $(ls)", "echo $(ls", "echo $((1+2))", "((i++))", "x=$(\nls)",
    "a;b", "a & b", 'echo "a\\\n b"', "echo 'it' # it's", "# it's", "echo ${x}", "[[ a && b ]]",
    "echo `ls`", "diff <(a) <(b)", "echo a#b", "awk '{ print }' f", "time { ls; }",
]  # fmt: skip


@pytest.mark.parametrize("code", COMMANDS)
def test_a_command_is_whole_where_bash_asks_for_no_more(code: str) -> None:
    asked = subprocess.run(["bash", "-n", "-c", code], capture_output=True, text=True, check=False)
    ends = ("unexpected EOF", "unexpected end of file", "delimited by end-of-file")
    more = any(end in asked.stderr for end in ends) or code == "ls \\"  # bash takes its end for it
    assert (missing(code) is not Missing.NOTHING) == more


def test_a_line_below_a_whole_command_is_output() -> None:
    lines = [
        "$ diff a b",
        "> new",
        "$ echo \\",
        "  a \\",
        "  b",
        "> c",
        "$ cat <<E",
        "$x",
        "E",
        "d",
    ]
    assert [(each.code, each.output, each.end) for each in commands(lines)] == [
        ("diff a b\n", 1, 2),
        ("echo \\\n  a \\\n  b\n", 5, 6),
        ("cat <<E\n$x\nE\n", 9, 10),
    ]


def test_a_command_that_never_ends_is_one_line() -> None:
    lines = ["$ echo 'a", "  b", "$ ls", "out"]
    assert [(each.code, each.end) for each in commands(lines)] == [("echo 'a\n", 2), ("ls\n", 4)]


@given(lines=st.lists(LINES, max_size=12), mark=st.sampled_from(["", "> ", "    "]))
def test_a_page_is_kept_to_the_byte(lines: list[str], mark: str) -> None:
    page = "\r\n".join(mark + line for line in ["```console", *lines, "```", ""])
    assert render(parse(page.encode(), layout=LAYOUT)) == page.encode()


@example(lines=["$ ls"], text="\n\na\n\nb")
@given(lines=st.lists(LINES, max_size=8), text=TEXTS)
def test_an_output_is_read_as_it_was_written(lines: list[str], text: str) -> None:
    source = "\n".join(["```console", *lines, "```", ""])
    page = parse(source.encode(), layout=LAYOUT)
    text = text.rstrip("\n")
    shown = (console.show(text),) if text else ()
    filled = fill(page, {at: body(shown, slot) for at, slot in enumerate(page.slots)})
    again = parse(render(filled), layout=LAYOUT)
    if first_misread(filled, again, dict.fromkeys(range(len(page.slots)), 0)) is None:
        assert [read(slot) for slot in again.slots] == [shown] * len(page.slots)
    else:
        # It would be read as a command, or as more of one that has not ended.
        assert any(mark in text for mark in "$>") or any(
            mark in source for mark in ["\\", "<<", "'", "|"]
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_the_languages_of_the_settings_run(language: str) -> None:
    source = f"```{language}\n$ ls\nout\n```\n".encode()
    page = parse(source, layout=Layout(console=(language,)))
    assert [(block.code, block.line, block.console) for block in page.blocks] == [("ls\n", 2, True)]
    assert [(slot.source, slot.kind) for slot in page.slots] == [("out\n", SlotKind.CONSOLE)]
    assert not parse(source).blocks
    (gap,) = parse(source).gaps
    assert gap.what == f"fence `{language}`, commands with output"
    assert not parse(f"```{language}\nls\n```\n".encode(), layout=Layout(console=LANGUAGES)).blocks
    assert not parse(source.replace(b"out\n", b"")).gaps


@pytest.mark.parametrize("language", ["", "text", "none"])
def test_commands_in_a_fence_of_no_shell_are_told(language: str) -> None:
    (gap,) = parse(f"```{language}\n$ time x\n0.1 s\n```\n".encode()).gaps
    assert (gap.what.endswith(", commands with output"), gap.output) == (True, True)
    assert gap.nearest == "a fence `console`"
    assert not parse(f"```{language}\nIt costs\n$ 5\nor more\n```\n".encode()).gaps
    assert not parse(f"```{language}\n$ time x\n```\n".encode()).gaps
