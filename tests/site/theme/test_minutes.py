"""The hook in ``theme/minutes.py``: lessons say how long they take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from minutes import minutes_of, tell_minutes

if TYPE_CHECKING:
    from tests.support.folder import Folder

CODE = '<div class="language-python highlight"><pre><code>{}</code></pre></div>'
PLACE = '<p class="minutes"></p>'


def article(text: str) -> str:
    return f"<html><nav>{'가' * 5000}</nav><article>{PLACE}{text}</article></html>"


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("<p lang='ko'>" + "가" * 500 + "</p>", 1),
        ("<p lang='ko'>" + "가 " * 501 + "</p>", 2),
        ("<p>" + "가" * 500 + "</p><blockquote lang='en'>" + "word " * 477 + "</blockquote>", 3),
        (CODE.format("a\n\n" * 40), 2),
        ("<p>" + "가" * 250 + "</p>" + CODE.format("a\n" * 10), 1),
        ("<pre>" + "가" * 5000 + "</pre><p>가</p>", 1),
    ],
)
def test_text_in_the_slower_language_and_code_take_time(text: str, minutes: int) -> None:
    assert minutes_of(article(text)) == minutes


def test_a_lesson_and_its_card_say_it_and_nothing_else_does(folder: Folder) -> None:
    lesson = folder.write("basics/a/index.html", article("가" * 900))
    other = folder.write("other/index.html", "<article>가</article>")
    cards = (
        '<a href="{0}basics/a/">1. 가</a>{1}<br />하나 <a href="{0}basics/a/">1. 가</a>'
        '<a href="{0}basics/a/">1. One</a>{2}<br /><a href="{0}basics/a/">가</a><br />'
        '<a href="{0}other/">2. 나</a><br />'
    )
    for root in ("", "./"):
        lesson.write_text(article("가" * 900), encoding="utf-8")
        home = folder.write("index.html", cards.format(root, "", ""))
        tell_minutes(folder.root)
        korean, english = (
            f' <span class="minutes">{words}</span>' for words in ("약 2분", "about 2 min")
        )
        assert home.read_text(encoding="utf-8") == cards.format(root, korean, english)
        told = lesson.read_text(encoding="utf-8")
        assert "읽는 데 약 2분" in told
        assert "About 2 minutes to read" in told
        assert other.read_text(encoding="utf-8") == "<article>가</article>"
