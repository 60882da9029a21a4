"""The lines of a page, as the renderer sees them."""

from __future__ import annotations

import pytest
from codeout.page.lines import plain_lines, split_lines
from hypothesis import given
from hypothesis import strategies as st


@given(st.text(st.sampled_from("ab \t\r\n\x0b\x0c\x85\u2028")))
def test_lines_are_all_of_the_text_and_end_where_markdown_ends_them(text: str) -> None:
    lines = split_lines(text)
    assert "".join(lines) == text
    unified = "".join(lines).replace("\r\n", "\n").replace("\r", "\n")
    assert [line.rstrip("\r\n") for line in lines] == unified.split("\n")[: len(lines)]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        pytest.param("a\tb\n\x02c\x03", ["a   b", "c"], id="tabs and reserved characters"),
        pytest.param(
            "\n  \n \na\n \n", ["", "  ", "", "a", ""], id="blanks, kept on the first line"
        ),
        pytest.param("---\nt: T\n---\na", ["", "", "", "a"], id="YAML"),
        pytest.param("---\r\nt: T\r\n...\r\na", ["", "", "", "a"], id="YAML that dots end"),
        pytest.param("---\n- a\n---\nb", ["---", "- a", "---", "b"], id="YAML that is a list"),
        pytest.param("---\na: [\n---\n", ["---", "a: [", "---"], id="YAML that is broken"),
        pytest.param("---\nt: T\n---", ["---", "t: T", "---"], id="YAML that ends with the page"),
        pytest.param("t: T\n    U\n\na", ["", "", "", "a"], id="keys and values"),
        pytest.param("t: T\na", ["", "a"], id="keys and values without a blank line"),
        pytest.param("    t: T\na", ["    t: T", "a"], id="indented code"),
    ],
)
def test_front_matter_is_blank(text: str, plain: list[str]) -> None:
    assert plain_lines(split_lines(text)) == plain
