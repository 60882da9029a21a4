"""Markdown as blocks, each with its line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from bitext import Block, Kind, pair
from bitext.parser import front_matter, read_blocks
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.documents import documents
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGES = [*sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "tests").glob("*/*/page.md"))]

KOREAN = st.sampled_from(
    [
        "한국어입니다.",
        "`코드`와 3개",
        "[링크](a.md)",
        "| 표 | 값 |\n| --- | --- |\n| 하나 | 1 |",
        "- 항목",
    ]
)
ENGLISH = st.sampled_from(["> English.", "> `code` and 3", "English without a mark", "> - item"])
OTHER = st.sampled_from(
    [
        "```\nx\n```",
        '!!! note "제목 · Title"\n\n    글',
        "- 항목\n\n    > Item",
        "<!-- c -->",
        "---",
    ]
)
BILINGUAL = st.lists(st.one_of(KOREAN, ENGLISH, OTHER), max_size=8).map("\n\n".join)
ANY_TEXT = st.one_of(
    BILINGUAL, st.text(), documents().map(lambda data: data.decode("utf-8", "replace"))
)
generated = settings(deadline=None, max_examples=150)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("글", [(Kind.PARAGRAPH, "글", 1)]),
        ("\n\n글\n둘째 줄\n", [(Kind.PARAGRAPH, "글\n둘째 줄", 3)]),
        ("---\ntitle: 글\n---\n\n글", [(Kind.PARAGRAPH, "글", 5)]),
        ("\ufeff글\r\n\r\n둘", [(Kind.PARAGRAPH, "글", 1), (Kind.PARAGRAPH, "둘", 3)]),
        ('# Title { data-ko="제목" } #', [(Kind.HEADING, 'Title { data-ko="제목" } #', 1)]),
        ("Title\n=====", [(Kind.HEADING, "Title", 1)]),
        ("- 하나\n- 둘\n\n    > two", [(Kind.PARAGRAPH, "하나", 1), (Kind.PARAGRAPH, "둘", 2),
                                  (Kind.PARAGRAPH, "two", 4)]),
        ("| a | b |\n| - | - |\n| 1 | `x` |", [(Kind.ROW, "a\tb", 1), (Kind.ROW, "1\t`x`", 3)]),
        ("> | a | b |\n> | - | - |\n> | 1 | 2 |", [(Kind.ROW, "a\tb", 1), (Kind.ROW, "1\t2", 3)]),
        ('??? question "제목 · Title"\n\n    글', [(Kind.TITLE, "제목 · Title", 1),
                                           (Kind.PARAGRAPH, "글", 3)]),
        ("글\n\n!!! tip\n\n    글", [(Kind.PARAGRAPH, "글", 1), (Kind.TITLE, "Tip", 3),
                                (Kind.PARAGRAPH, "글", 5)]),
        ('=== "A"\n\n    글\n\n=== "B"\n\n    둘', [(Kind.LABEL, "A", 1), (Kind.LABEL, "B", 5),
                                             (Kind.PARAGRAPH, "글", 3), (Kind.PARAGRAPH, "둘", 7)]),
        ("글\n```\n코드\n```\n글", [(Kind.PARAGRAPH, "글", 1), (Kind.PARAGRAPH, "글", 5)]),
        ("```py title='a' hl_lines='1'\n코드\n```", []),
        ("    코드", []),
        ("<!-- 글\n\n글 -->\n\n<div>\n글\n</div>", []),
        ("<div markdown>\n\n글\n\n</div>", [(Kind.PARAGRAPH, "글", 3)]),
        ('--8<-- "글.md"\n\n글', [(Kind.PARAGRAPH, "글", 3)]),
        ("글[^1]\n\n[^1]: 각주\n\n    > a note", [(Kind.PARAGRAPH, "글[^1]", 1),
                                            (Kind.PARAGRAPH, "각주", 3),
                                            (Kind.PARAGRAPH, "a note", 5)]),
        ("글\n\n`<!-- x -->`는 주석입니다.", [(Kind.PARAGRAPH, "글", 1),
                                        (Kind.PARAGRAPH, "`<!-- x -->`는 주석입니다.", 3)]),
        ("용어\n:   뜻", [(Kind.LABEL, "용어", 1), (Kind.PARAGRAPH, "뜻", 2)]),
    ],
)  # fmt: skip
def test_blocks_and_their_lines(source: str, expected: list[tuple[Kind, str, int]]) -> None:
    found = [leaf for block in read_blocks(source) for leaf in block.leaves]
    assert [(leaf.kind, leaf.text, leaf.line) for leaf in found] == expected


def test_lines_can_start_anywhere() -> None:
    assert [block.line for block in read_blocks("글\n\n둘", 10)] == [10, 12]


def test_front_matter_has_lines_too() -> None:
    found = list(front_matter("---\ntitle: 글\n\nhide: []\n---\n\n본문"))
    assert [(block.line, block.text) for block in found][1:3] == [(2, "title: 글"), (4, "hide: []")]
    assert not list(front_matter("본문"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_text_stands_where_its_block_says(page: Path) -> None:
    source = page.read_bytes().decode("utf-8", "replace")
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for block in everything(read_blocks(source)):
        if block.text:
            first = re.split(r"[\n\t]| <!--", block.text)[0].strip()
            line = lines[block.line - 1].expandtabs(4)
            line += re.sub("<!--.*?-->", "", line)  # which is no text
            assert first in line or (block.kind is Kind.TITLE and first.lower() in line), block


@generated
@given(ANY_TEXT)
def test_any_text_can_be_read(source: str) -> None:
    count = len(source.splitlines())
    for block in everything(read_blocks(source)):
        assert 1 <= block.line <= max(count, 1)
        assert not {"\ue000", "\ue001", "\x02", "\x03"} & set(block.text) - set(source)


@generated
@given(ANY_TEXT)
def test_no_block_has_two_partners(source: str) -> None:
    pairing = pair(read_blocks(source))
    found = [half for each in pairing.pairs for half in (each.korean, each.english)]
    found += [*pairing.korean, *pairing.english]
    assert len({id(block) for block in found}) == len(found)


@generated
@given(st.lists(st.sampled_from([("하나", "> one"), ("- 둘", "> - two")]), max_size=5))
def test_what_is_written_in_pairs_is_found_in_pairs(written: list[tuple[str, str]]) -> None:
    pairing = pair(read_blocks("\n\n---\n\n".join("\n\n".join(each) for each in written)))
    assert len(pairing.pairs) == len(written)
    assert not pairing.korean
    assert not pairing.english


def everything(blocks: tuple[Block, ...]) -> list[Block]:
    """All blocks and all that is in them."""
    return [inner for block in blocks for inner in block.walk()]
