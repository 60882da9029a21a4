"""What would act is made visible, and nothing that a script or an emoji needs is touched."""

from __future__ import annotations

import unicodedata

from codeout.text.escape import escape, escape_line
from hypothesis import given
from hypothesis import strategies as st


@given(st.text())
def test_a_terminal_is_told_nothing(text: str) -> None:
    seen = escape(text)
    assert not any(
        unicodedata.category(mark) in ("Cc", "Cs") for mark in seen if mark not in "\n\t"
    )
    assert not any(unicodedata.bidirectional(mark) in TURNING for mark in seen)
    assert seen.encode().decode() == seen
    assert escape(seen) == seen


TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@given(st.text(st.characters(categories=("L", "M", "N", "P", "S", "Zs")) | st.just("\u200d")))
def test_what_people_write_stays(text: str) -> None:
    assert escape(text) == text


def test_a_line_stays_one() -> None:
    assert escape_line("a\nb\tc\r\x1b[2J") == "a␊b␉c␍␛[2J"
