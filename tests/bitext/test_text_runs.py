"""The texts of a rendered page, and words of theirs that become elements."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring, tostring

import pytest
from bitext.text_runs import Run, text_runs

BLOCKS = {"div", "p", "blockquote", "pre", "ul", "li"}


def read(html: str, skipped: str = "") -> list[Run]:
    return [*text_runs(fromstring(html), BLOCKS.__contains__, set(skipped.split()))]  # noqa: S314


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<div/>", [""]),
        ("<p>one</p>", ["one"]),
        ("<p>a <b>bold <i>word</i></b>, a <br/>line</p>", ["a bold word, a line"]),
        ("<p>a <code>코드 b</code> 글</p>", ["a -- b 글"]),
        ("<p>a <a>링크 <b>b</b></a> 글</p>", ["a -- b 글"]),
        ("<div>one<p>two</p>three</div>", ["one", "two", "three"]),
        ("<ul><li>one <b>more</b><p>two</p></li></ul>", ["", "one more", "two", "", ""]),
        ("<div><p>one</p><blockquote><p>two</p></blockquote></div>", ["", "one", "", ""]),
    ],
)
def test_texts(html: str, texts: list[str]) -> None:
    assert [run.text for run in read(html, "blockquote")] == texts


@pytest.mark.parametrize(
    ("html", "words", "wrapped"),
    [
        ("<p>one two</p>", "one", "<p><x>one</x> two</p>"),
        ("<p>one two</p>", "two", "<p>one <x>two</x></p>"),
        ("<p><b>a</b> one two</p>", "one", "<p><b>a</b> <x>one</x> two</p>"),
        ("<p>a<b>one <i>c</i> two</b></p>", "two", "<p>a<b>one <i>c</i> <x>two</x></b></p>"),
        ("<p><code>a</code>one<b/></p>", "one", "<p><code>a</code><x>one</x><b /></p>"),
        ("<p>on<b>e</b></p>", "one", None),
        ("<p><code>one</code></p>", "one", None),
        ("<p><a><b>one</b></a></p>", "one", None),
    ],
)
def test_words_are_wrapped_where_they_stand_in_one_open_piece(
    html: str, words: str, wrapped: str | None
) -> None:
    root = fromstring(html)  # noqa: S314
    (run,) = text_runs(root, BLOCKS.__contains__, set())
    start = run.text.index(words)
    end = start + len(words)
    assert run.can_wrap(start, end) == (wrapped is not None)
    if wrapped:
        run.wrap(start, end, Element("x"))
        assert tostring(root, encoding="unicode") == wrapped
    else:
        with pytest.raises(ValueError, match=f"no open piece holds '{words}'"):
            run.wrap(start, end, Element("x"))


def test_several_words_are_wrapped_from_the_last_to_the_first() -> None:
    root = fromstring("<p>a b <i/>c d</p>")  # noqa: S314
    (run,) = text_runs(root, BLOCKS.__contains__, set())
    for start in range(len(run.text) - 1, -1, -2):
        run.wrap(start, start + 1, Element("x"))
    wrapped = "<p><x>a</x> <x>b</x> <i /><x>c</x> <x>d</x></p>"
    assert tostring(root, encoding="unicode") == wrapped
