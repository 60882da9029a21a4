"""Lines of a page, as Python-Markdown and MkDocs see them."""

from __future__ import annotations

import pytest
from bitext.lines import plain_lines, split_lines
from codeout.page import lines as engine

from tests.support.paths import ROOT

PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests").rglob("*.md")]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("a\nb\r\nc\rd", ["a\n", "b\r\n", "c\r", "d"]),
        ("\n\n", ["\n", "\n"]),
        ("a\x0bb\u2028c\n", ["a\x0bb\u2028c\n"]),
    ],
)
def test_lines_end_where_markdown_ends_them(text: str, lines: list[str]) -> None:
    assert split_lines(text) == lines


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a\tb\n\t\n \x02c", ["a   b", "", " c"]),
        ("---\ntitle: T\n---\ntext", ["", "", "", "text"]),
        ("---\r\ntitle: T\r\n...\r\ntext", ["", "", "", "text"]),
        ("---\n- an item\n---\ntext", ["---", "- an item", "---", "text"]),
        ("---\ntitle: T\n---", ["---", "title: T", "---"]),
        ("---\n---\ntitle: T\n---\n", ["", "", "", ""]),
        ("---\na: [\n---\n", ["---", "a: [", "---"]),
        ("title: T\n    more\nhide: x\n\ntext", ["", "", "", "", "text"]),
        ("title: T\ntext", ["", "text"]),
        ("    code\n", ["    code"]),
    ],
)
def test_front_matter_and_blanks_are_empty(text: str, plain: list[str]) -> None:
    assert plain_lines(split_lines(text)) == plain
    assert engine.plain_lines(engine.split_lines(text)) == plain


def test_the_engine_sees_the_same_lines_in_every_page() -> None:
    for page in PAGES:
        text = page.read_bytes().decode(errors="replace")
        raw = split_lines(text)
        assert raw == engine.split_lines(text)
        assert plain_lines(raw) == engine.plain_lines(raw), page
