"""Which comments steer a fence, and what is told of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.page.comments import comments_before, count_strays, idle_comments, note_of
from codeout.page.structure import read_structure

if TYPE_CHECKING:
    from codeout.errors import Problem
    from codeout.page.annotated_html import Comment

FENCE = "```python\n1\n```"
A, B = "<!-- codeout: volatile -->", "<!-- codeout: rtol=1 -->"
LIST = "- item\n\n    "


def before(text: str) -> list[str]:
    """What the comments before the last fence of a text say."""
    lines = text.split("\n")
    structure = read_structure(lines)
    by_end: dict[int, list[Comment]] = {}
    for comment in structure.comments:
        by_end.setdefault(comment.end, []).append(comment)
    found = comments_before(structure.fences[-1], lines, by_end)
    return [note_of(comment).text.strip() for comment in found]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(f"{A}\n\n{FENCE}", ["codeout: volatile"], id="on the line before"),
        pytest.param(f"{A}\n\n\n{FENCE}", ["codeout: volatile"], id="blank lines between"),
        pytest.param(f"{A}\n{B}\n\n{FENCE}", ["codeout: volatile", "codeout: rtol=1"], id="two"),
        pytest.param(f"{A} {B}\n\n{FENCE}", ["codeout: volatile", "codeout: rtol=1"], id="a line"),
        pytest.param(f"{A}\n\nText.\n\n{FENCE}", [], id="text between"),
        pytest.param(f"Text {A}\n\n{FENCE}", [], id="text before it on its line"),
        pytest.param(f"{A}\n\n{LIST}{FENCE}".replace("\n1\n", "\n    1\n    "), [], id="outside"),
        pytest.param(FENCE, [], id="none"),
    ],
)
def test_the_comments_before_a_fence(text: str, said: list[str]) -> None:
    assert before(text) == said


def told(text: str, *, attached: bool = False) -> list[Problem]:
    """What is told of the comments in a text, where all are attached or none is."""
    lines = text.split("\n")
    structure = read_structure(lines)
    steering = frozenset(structure.comments if attached else ())
    return [*idle_comments(structure, lines, steering, "page.md")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (A, "'codeout: volatile' precedes no Python fence that runs"),
        ("<!-- codeout: hidden -->", "a hidden comment without a Python fence in it"),
        ("<!-- pytest.mark.skp -->", "unknown comment 'pytest.mark.skp'"),
    ],
)
def test_a_comment_that_steers_nothing_is_told_with_its_line(text: str, message: str) -> None:
    assert [(found.line, found.message) for found in told(f"Text.\n\n{text}\n")] == [(3, message)]
    assert told(f"Text.\n\n{text}\n", attached=True) == []


def test_a_comment_that_means_to_steer_and_is_shown_is_told() -> None:
    (found,) = told("Text <!-- codeout: skip\n\nmore", attached=True)
    assert (found.line, found.message) == (1, "a comment that the renderer shows as text")


def test_comments_of_others_are_their_own_affair() -> None:
    assert told("<!-- prettier-ignore -->\n\n<!-- pytest.mark.skip -->") == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"{A}\n\n{FENCE}", 0),
        ("Text <!-- open\n\nmore", 1),
        ("Text <!--> and <!--->", 1),
        ("`<!--` in code", 1),
    ],
)
def test_strays_are_what_may_take_up_the_end_of_another_comment(text: str, count: int) -> None:
    lines = text.split("\n")
    assert count_strays(read_structure(lines), lines) == count
