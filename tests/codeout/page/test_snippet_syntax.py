"""The syntax of snippets: as the snippets extension reads it, and the rest of the page."""

from __future__ import annotations

import pytest
from codeout.page.document import parse, render
from codeout.page.lines import plain_lines, split_lines
from codeout.page.snippet_syntax import escape_mark, has_marks, read_includes, unescape_mark
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from pymdownx.snippets import SnippetExtension, SnippetPreprocessor

from tests.support.oracle import codes, shown

LINES = {
    "--8<--\na.md\n--8<--\nb": {0: None, 1: "text", 2: None},
    "--8<--\n  a.md\n\n;b.md\n-8<- 'c'\n;-8<-": {0: None, 1: "  text", 3: None, 4: None, 5: "-8<-"},
    "x --8<-- [start:a]\n;--8<-- [end:a]": {0: None},
    "> --8<--\n  ;;--8<--\n --8<-- 'a.md'\n--8<-- a": {1: "  ;--8<--", 2: " text"},
    '--8<--\n--8<-- "a\\"b"\n;-8<- a\n--8<--\n-8<- ";a"\n-8<- "a" ': {
        **dict.fromkeys(range(5)),
    },
    "--8<--\n:\n:1:2,3:4\n :a\na:1\n--8<--\n--8<-- ':1'": {
        **dict.fromkeys(range(7)),
        4: "text",
    },
    "-8<- [end:a]\n \t\n  ": {0: None, 1: "    "},
    "\n-8<-\n  \n-8<-\n  \nb": {1: None, 3: None},
    "b\n-8<- [end:a]\n  ": {1: None},
    "---\na: |\n  --8<--\n---\n--8<--": {4: None},
}


@pytest.mark.parametrize(("source", "made"), LINES.items())
def test_lines_are_taken_that_the_extension_takes(source: str, made: dict[int, str | None]) -> None:
    raw = split_lines(source)
    assert read_includes(raw, plain_lines(raw)).replaced == made


def test_lines_by_what_is_no_number_are_broken() -> None:
    names = ["a:1:2", "a:-1", "a:-", "a:1:-", "a:1,-:2", "a-", "a:-b", ":-", "a:b:-"]
    raw = split_lines("\n".join(["--8<--", *names, "--8<--", "-8<- 'a:-'", ";-8<- 'a:-'"]))
    assert read_includes(raw, plain_lines(raw)).malformed == [3, 4, 5, 9, 11]


WORDS = ["-", "--8<--", ";", " ", "\t", '"a.py"', "'b", "[start: a]", "[END:b]", "\n", "a", "> "]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=8).map("".join)


def expanded(text: str) -> str:
    """A text after the snippets extension, which finds no file."""
    settings = {**SnippetExtension().getConfigs(), "base_path": [], "check_paths": False}
    return "\n".join(SnippetPreprocessor(settings, Markdown()).run(text.split("\n")))


@given(TEXTS)
def test_marks_are_where_the_extension_changes_a_text(text: str) -> None:
    assert has_marks(text) == (expanded(text) != text)


@given(TEXTS.map(lambda text: text.replace("\n", "")))
def test_the_extension_shows_an_escaped_line_as_it_was(line: str) -> None:
    escaped = escape_mark(line, quoted=False)
    assert expanded(escaped) == line
    assert unescape_mark(escaped, quoted=False) == line
    in_quote = escape_mark(line, quoted=True)
    assert expanded(f"> {in_quote}") == f"> {line}"
    assert unescape_mark(in_quote, quoted=True) == line


def test_hostile_lines_take_no_time() -> None:
    for line in ("-" * 100_000, ";" * 100_000, ";-" * 50_000, "-8<" * 30_000, "--8<-- [" * 10_000):
        assert escape_mark(line, quoted=True) == line


PAGES = {
    "a list that ends in a fence, where it does not begin": "```\n--8<--\n```\n```python\n1\n```\n",
    "a list in the code": "    ```python\n    --8<--\n    a.py\n    --8<--\n    ```\n",
    "a mark of a section that is less indented": (
        '=== "A"\n    ```python\n--8<-- [start:a]\n    1\n    ```\n'
    ),
    "a mark of a section that would end a comment": (
        "<!-- a\n--> --8<-- [end:a]\n```python\n1\n```\n-->\n"
    ),
    "a list that leaves no line between blanks": (
        "[^a]:\n\n    -8<-\n    -8<-\n\n    ```python\n    1\n    ```\n"
    ),
}


@pytest.mark.parametrize("source", [page.encode() for page in PAGES.values()], ids=PAGES)
def test_blocks_are_those_of_the_page_without_what_is_taken(source: bytes) -> None:
    page = parse(source)
    assert codes(page) == shown(source)
    assert render(page) == source


def test_lines_are_counted_with_those_that_are_taken() -> None:
    page = parse(b"--8<--\na.md\n--8<--\n\n<!-- codeout: skip -->\n```python\n1\n```\n")
    assert [(block.line, block.directive.skip) for block in page.blocks] == [(6, True)]
    twice = b'--8<--\n--8<--\n<div\n```python\n```\nmarkdown="span">'
    assert parse(twice).problems[0].line == 4
