"""String literals: every character of a value has its place in the source, as Python reads it."""

from __future__ import annotations

import ast
import io
import tokenize
import warnings

import pytest
from codeout.page.string_literals import StringStyle, read_literal
from hypothesis import example, given
from hypothesis import strategies as st

PIECES = st.sampled_from(
    ["a", " ", "\n", "\r\n", "\r", "\\\n", "\\\r\n", "\\\\", "\\n", "\\r", "\\t", "\\'", '\\"', "'",
     '"', "\\x41", "\\u20ac", "\\U0001f600", "\\N{BULLET}", "\\101", "\\8", "\\d", "\\0", "\\", "é",
     "€", "\x0b", "\x0c", "\u2028", '"""', "'''", "\\\\\\"]
)  # fmt: skip
BODIES = st.lists(PIECES, max_size=10).map("".join)
PREFIXES = st.sampled_from(["", "r", "R", "u", "U"])
QUOTES = st.sampled_from(['"""', "'''", '"', "'"])
TEXTS = st.text(st.sampled_from("ab \\'\"\0\r\tnx0€\u2028\x0c"), max_size=12)
styles = st.builds(StringStyle, QUOTES, raw=st.booleans())


def evaluated(source: str) -> str | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            value = ast.literal_eval(source)
        except (SyntaxError, ValueError):
            return None
    return value if isinstance(value, str) else None


@example(prefix="", quote='"""', body="\\\nText\\")
@given(PREFIXES, QUOTES, BODIES)
def test_a_value_is_that_of_python(prefix: str, quote: str, body: str) -> None:
    source = f"{prefix}{quote}{body}{quote}"
    expected = evaluated(source)
    literal = read_literal(source, 7)
    if expected is None or literal is None:
        return  # Python reads another text than one string; see below
    assert literal.value == expected
    assert literal.offset(len(expected)) == 7 + len(source) - len(quote)
    for at in range(len(expected) + 1):
        start = literal.offset(0) - 7
        half = source[start : literal.offset(at) - 7]
        assert literal.style.value(half) == expected[:at]


@given(PREFIXES, QUOTES, BODIES)
def test_one_string_is_read_and_nothing_else(prefix: str, quote: str, body: str) -> None:
    source = f"{prefix}{quote}{body}{quote}"
    if evaluated(source) is not None:
        plain = source.replace("\r\n", "\n").replace("\r", "\n")  # tokenize has but one ending
        tokens = [*tokenize.generate_tokens(io.StringIO(plain).readline)]
        strings = [token for token in tokens if token.type == tokenize.STRING]
        assert (read_literal(source) is not None) == (len(strings) == 1)


@pytest.mark.parametrize(
    "source",
    [
        "'a' 'b'",
        "'" + "\\d" * 99 + "' 'b'",
        "'a'\\\n'b'",
        '"" ""',
        "b'a'",
        "f'{a}'",
        "rb'a'",
        "1",
        "'a",
    ],
)
def test_other_sources_are_not_read(source: str) -> None:
    assert read_literal(source) is None


@given(styles, TEXTS, st.booleans())
def test_a_text_is_the_value_of_its_escape(style: StringStyle, text: str, closed: bool) -> None:
    escaped = style.escape(text, closed=closed)
    end = style.quote if closed else f"\n{style.quote}"
    end = end if len(style.quote) > 1 or closed else f"\\n{style.quote}"
    source = f"{'r' if style.raw else ''}{style.quote}{escaped}{end}"
    expected = text if closed else text + ("\\n" if end[0] == "\\" and style.raw else "\n")
    if style.refuses(text, closed=closed):
        assert style.raw  # whose escapes are no way out
    elif not (style.raw and len(style.quote) == 1 and not closed):
        assert evaluated(source) == expected
        literal = read_literal(source)
        assert literal is not None
        assert literal.value == expected


@pytest.mark.parametrize(
    ("text", "closed", "refused"),
    [('a """', False, '"""'), ("\0", False, r"'\x00'"), ("\r", False, r"'\r'"), ("a\\", True, "\\"),
     ('a"', True, '"'), ('a"', False, ""), ("\\n", False, "")],
)  # fmt: skip
def test_a_raw_string_cannot_hold_everything(text: str, closed: bool, refused: str) -> None:
    assert StringStyle('"""', raw=True).refuses(text, closed=closed) == refused
    assert not StringStyle('"""').refuses(text, closed=closed)
