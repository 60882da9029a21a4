"""A terminal shows the end of a text; ``tests/normalize/terminal.toml`` has more cases."""

from __future__ import annotations

import pytest
from codeout.text.terminal import render_terminal
from hypothesis import given
from hypothesis import strategies as st

UP, ERASE = "\x1b[A", "\x1b[K"


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        pytest.param("10%\r20%\r100%\ndone", "100%\ndone", id="over a line"),
        pytest.param("100%\r20%", "20%%", id="over a part of a line"),
        pytest.param(f"100%\r{ERASE}20%", "20%", id="over a line that was erased"),
        pytest.param("abc\b\bX", "aXc", id="back"),
        pytest.param(f"one\ntwo\n{UP}{UP}1", "1ne\ntwo\n", id="up"),
        pytest.param(f"one\n{UP * 9}1", "1ne\n", id="no further up than the first line"),
        pytest.param("\x1b[31mred\x1b[0m", "red", id="colours"),
        pytest.param("one\r\ntwo", "one\ntwo", id="line endings"),
    ],
)
def test_a_terminal_shows(printed: str, shown: str) -> None:
    assert render_terminal(printed) == shown


@given(st.text(st.characters(exclude_characters="\x1b\x9b\r\b")))
def test_a_text_that_only_goes_on_is_shown_as_it_is(text: str) -> None:
    assert render_terminal(text) == text


@given(st.lists(st.sampled_from([*"ab \n\r\b", UP, ERASE, "\x1b]0;title\x07"])).map("".join))
def test_what_is_shown_moves_no_more(text: str) -> None:
    shown = render_terminal(text)
    assert not set(shown) & set("\x1b\x9b\r\b")
    assert render_terminal(shown) == shown
