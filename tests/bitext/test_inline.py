"""What one text says: code, links, numbers, and in which language."""

from __future__ import annotations

import pytest
from bitext.inline import (
    english_words,
    hangul_words,
    is_english,
    is_korean,
    read_inline,
    shorten,
    split_halves,
    split_heading,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("`a`와 ``b`c``", {"a", "b`c"}),
        ("``` ` ```", {"`"}),
        (r"\`a`", set()),
        ("`a", set()),
        ("[`a`](b.md)", {"a"}),
        ("`여러\n줄`", {"여러\n줄"}),
    ],
)
def test_code(text: str, code: set[str]) -> None:
    assert read_inline(text).code == code


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("[a](b.md)", {"b.md"}),
        ('[a](b.md "제목") [c](<d.md>)', {"b.md", "d.md"}),
        ("[a](https://e.org/x_(y)#z)", {"https://e.org/x_(y)#z"}),
        ("[a [b]](c.md)", {"c.md"}),
        ("[a][id] [b][]", {"id", "b"}),
        ("<https://e.org/a> https://e.org/b.", {"https://e.org/a", "https://e.org/b"}),
        ("`[a](b.md)`", set()),
        ("![a](b.png)", set()),
        ("[![a](b.png)](c.md)", {"c.md"}),
        ("x[0] (y)", set()),
    ],
)
def test_links(text: str, links: set[str]) -> None:
    assert read_inline(text).links == links


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1,000가지", ["1,000"]),
        ("10 %와 10%", ["10", "10"]),
        ("2배로 3×3", ["2", "3", "3"]),  # noqa: RUF001 - a shape
        ("28 x 28", ["28", "28"]),
        ("2.14.1 버전, 2.6.", ["2.14.1", "2.6"]),
        ("1, 2, 3", ["1", "2", "3"]),
        ("1,2,3", ["1", "2", "3"]),
        ("VGG16의 `3`", ["16"]),
        ("[3](4.md) <b>5</b> ![6](7.png){ width=8 }", ["3", "5"]),
        ("각주[^1] &#8203;", []),
        ("하나 둘 two", []),
        ("4분의 1과 3/4", ["4", "1", "3", "4"]),
    ],
)
def test_numbers(text: str, numbers: list[str]) -> None:
    assert [number.text for number in read_inline(text).numbers] == numbers


@pytest.mark.parametrize(
    ("korean", "english", "same"),
    [
        ("60,000장", "60000 images", True),
        ("6만 장", "60,000 images", True),
        ("1.2억", "120 million", True),
        ("3만 남는다", "only 3 remain", True),
        ("3천", "3 thousand", True),
        ("5", "5 thousand", False),
        ("2.10", "2.1", False),
        ("6만", "600,000", False),
    ],
)
def test_numbers_mean_the_same(korean: str, english: str, *, same: bool) -> None:
    (one,), (other,) = read_inline(korean).numbers, read_inline(english).numbers
    assert bool(one.values & other.values) is same


@pytest.mark.parametrize(
    ("text", "korean"),
    [
        ("글", True),
        ("English", False),
        ("`글`", False),
        ("<!-- 글 -->", False),
        ("![글](a.png)", False),
        ("[글](a.md)", False),
        ("[글](a.md), [둘](b.md).", False),
        ("[글](a.md): 설명", True),
        ("[글](a.md) `code`", True),
        ('Title { data-ko="글" }', False),
        ("ㅋ 漢字", False),
    ],
)
def test_korean(text: str, *, korean: bool) -> None:
    assert is_korean(text) is korean


def test_languages() -> None:
    assert is_english("It is a 텐서.")
    assert is_english("`글` 3")
    assert not is_english("텐서 a")
    assert hangul_words("It is a 텐서, `글`.") == ["텐서"]
    assert english_words("It's `not` [a link](b.md)") == 3
    assert english_words("[a link](b.md), [another one](c.md)") == 0


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("한국어 · English", ("한국어", "English")),
        ("English · 한국어", ("한국어", "English")),
        ("`a` 쓰기 · Using `a`", ("`a` 쓰기", "Using `a`")),
        ("가 · 나 · both", ("가 · 나", "both")),
        ("목표<br>Target", ("목표", "Target")),
        ("이름 · `name`", ("이름", "`name`")),
        ("한국어", None),
        ("English", None),
        ("한국어 ·", None),
        ("한국어 · 한국어", None),
        ("one · two", None),
        ("`한국어` · English", None),
    ],
)
def test_halves(text: str, both: tuple[str, str] | None) -> None:
    assert split_halves(text) == both


@pytest.mark.parametrize(
    ("text", "title", "korean"),
    [
        ('A { data-ko="가" }', "A", "가"),
        ("A {: #a data-ko='가' .b }", "A", "가"),
        ('A {data-ko=""}', "A", ""),
        ("A { #a }", "A", None),
        ("A", "A", None),
        ('A { data-ko="가" } ##', "A", "가"),
        ('The `{}` { data-ko="`{}`" }', 'The `{}` { data-ko="`{}`" }', None),
    ],
)
def test_part_heading(text: str, title: str, korean: str | None) -> None:
    assert split_heading(text) == (title, korean)


def test_code_is_spoken_and_names_are_not() -> None:
    inline = read_inline("**텐서**(`tensor`), `텐서`, [모양](a.md), [모양(shape)](b.md)")
    assert inline.prose_and_code == "텐서(tensor), --, --, 모양(shape)"


def test_shorten() -> None:
    assert shorten("a\n  b") == "a b"
    assert shorten("abcdef", 4) == "abc…"
