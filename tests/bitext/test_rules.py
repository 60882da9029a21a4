"""Each rule by itself: what it takes, and what it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bitext import Avoided, Glossary, Page, Term, pair
from bitext.parser import read_blocks
from bitext.rules import agreement, counts, presence, style, wording
from bitext.rules.context import Context

if TYPE_CHECKING:
    from bitext.rules.context import Rule

GLOSSARY = Glossary(
    (
        Term("텐서", "tensor", "텐서(tensor)"),
        Term("계층", "layer", "계층(layer)", ("레이어",)),
        Term("저장하다", "save", "저장하다(save)", first_use=False),
    ),
    (Avoided("whole number", "integer"), Avoided("색의 수", "채널 수"), Avoided(", 곧", ", 즉")),
)


def messages(rule: Rule, source: str, *, in_notebook: bool = False) -> list[str]:
    """What a rule finds in a page, each with its line."""
    blocks = read_blocks(source)
    page = Page("page", (blocks,), cells=((1, 0),) if in_notebook else ())
    return [f"{each.line}: {each.message}" for each in rule(Context(page, pair(blocks), GLOSSARY))]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("글\n\n> Text", []),
        ("글", ["1: no English follows this Korean"]),
        ("글\n\n---\n\n> Text", ["1: no English follows this Korean",
                              "5: no Korean stands before this English"]),
        ("글\n\n<!-- c -->\n\n> Text", []),
        ("- 글\n\n    <!-- c -->\n\n    > Text", []),
        ("글\n\nText of three words", ["1: no English follows this Korean"]),
        ("글\n\n> Text\n\nText of three words", ["5: no Korean stands before this English"]),
        ("글\n\n> Text\n\nPyTorch 2.6", []),
        ("> Text", ["1: no Korean stands before this English"]),
        ("[글](a.md)", []),
        ("`글`", []),
        ("1. 글\n\n    > Text\n\n2. 둘\n\n    > Two", []),
        ("- 글\n- 둘\n\n> - one\n> - two", []),
        ("- 글\n- 둘", ["1: no English follows this Korean", "2: no English follows this Korean"]),
        ("!!! note\n\n    글\n\n    > Text", ["1: this title has no Korean"]),
        ('!!! note "글"\n\n    글\n\n    > Text', ["1: this title has no English"]),
        ('!!! note ""\n\n    글\n\n    > Text', []),
        ('=== "Code"\n\n    x\n\n=== "글"\n\n    y', ["5: this title has no English"]),
        ("| 가 | `b` |\n| - | - |\n| 1 | 2 |", ["1: no English follows this Korean"]),
        ("| a | `글` |\n| - | - |\n| 1 | 2 |", []),
    ],
)  # fmt: skip
def test_paired(source: str, found: list[str]) -> None:
    assert messages(presence.paired, source) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("글\n\n> Text\n> and more", []),
        (
            "글\n\n> Text\n>\n> and more",
            ["1: the Korean has 1 paragraph, the English 2 paragraphs"],
        ),
        ("글\n\n> - Text", []),
        ("글\n\n> # Text", ["1: the Korean has 1 paragraph, the English 1 heading"]),
        ("- 글\n- 둘\n\n> - one", ["1: the Korean has 2 paragraphs, the English 1 paragraph"]),
    ],
)
def test_shaped(source: str, found: list[str]) -> None:
    assert messages(presence.shaped, source) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('# A { data-ko="가" }', []),
        ("# A", ["1: a heading without its Korean"]),
        ("# 가", ["1: a heading in Korean"]),
        ("# A · 가", ["1: a heading in Korean"]),
        ('# 가 { data-ko="가" }', ["1: a heading in Korean"]),
        ('# A { data-ko=" " }', ["1: a heading without its Korean"]),
        ('# A { data-ko="B" }', ["1: there is no Korean in this `data-ko`"]),
        ('# MkDocs { data-ko="MkDocs" }', []),
        ('# `a` { data-ko="a: 가" }', []),
        ('# `a` { data-ko="가" }', ["1: code only in the English of this heading: `a`"]),
        ('글\n\n> Text\n\n### A { data-ko="가" }\n#### B', ["6: a heading without its Korean"]),
    ],
)
def test_headings(source: str, found: list[str]) -> None:
    assert messages(presence.headings, source) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("# A · 가", []),
        ('# A { data-ko="가" }', []),
        ("# A", ["1: a heading in one language"]),
        ("# 가", ["1: a heading in one language"]),
    ],
)
def test_headings_of_a_notebook(source: str, found: list[str]) -> None:
    assert messages(presence.headings, source, in_notebook=True) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("![가 · A](a.png){ width=3 }", []),
        ("![가](a.png)", ["1: an image is not described in both languages: 가"]),
        ("글\n![](a.png)", ["1: an image is not described in both languages: (nothing)"]),
        ("`![가](a.png)`", []),
    ],
)
def test_images(source: str, found: list[str]) -> None:
    assert messages(presence.images, source) == found


@pytest.mark.parametrize(
    ("rule", "korean", "english", "found"),
    [
        (agreement.same_code, "`a`, `b`, `a`", "`b` and `a`", []),
        (agreement.same_code, "`a`", "a", ["the code differs: only in the Korean `a`"]),
        (agreement.same_code, "a", "`a`", ["the code differs: only in the English `a`"]),
        (agreement.same_code, "`a `", "`` a ``", []),
        (agreement.same_links, "[둘](a.md)", "[two](a.md)", []),
        (agreement.same_links, "[둘](a.md)", "two", ["the links differ: only in the Korean a.md"]),
        (agreement.same_links, "![둘](a.png)", "two", []),
        (agreement.same_numbers, "1,000가지, 10 %", "10% of 1000", []),
        (agreement.same_numbers, "두 개", "two", []),
        (agreement.same_numbers, "2개", "two", ["the numbers differ: only in the Korean 2"]),
        (agreement.same_numbers, "4분의 1", "a quarter", []),
        (agreement.same_numbers, "4분의 1", "1/4", []),
        (agreement.same_numbers, "4분의 1", "1 in 4", []),
        (agreement.same_numbers, "64개 가운데 28개", "28 out of 64", []),
        (
            agreement.same_numbers,
            "3분의 1",
            "half",
            ["the numbers differ: only in the Korean 1, 3"],
        ),
        (agreement.same_numbers, "반", "half", []),
        (agreement.same_numbers, "`2`개", "`2`", []),
        (agreement.no_korean_in_english, "둘", "two, 둘", ["there is Korean in the English: 둘"]),
        (agreement.no_korean_in_english, "둘", "two, or as `둘`", []),
    ],
)
def test_agreement(rule: Rule, korean: str, english: str, found: list[str]) -> None:
    told = messages(rule, f"글 {korean}\n\n> text {english}")
    assert [message.partition(": ")[2] for message in told] == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("레이어\n레이어", ["1: `레이어` is not how this site says layer",
                        "2: `레이어` is not how this site says layer"]),
        ('# A { data-ko="레이어" }', ["1: `레이어` is not how this site says layer"]),
        ("![레이어 · A](a.png)", ["1: `레이어` is not how this site says layer"]),
        ("`레이어` 계층 플레이어", []),
    ],
)  # fmt: skip
def test_no_variants(source: str, found: list[str]) -> None:
    assert messages(wording.no_variants, source) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("텐서(tensor)와 텐서", []),
        ("텐서와 텐서(tensor)", ["1: `텐서` stands here first, without its English"]),
        ("글\n텐서", ["2: `텐서` stands here first, without its English"]),
        ('# A { data-ko="텐서" }\n\n!!! note "텐서 · A"\n\n    텐서(tensor)', []),
        ("`텐서` ![텐서](a.png) [텐서](a.md) 텐서(tensor)", []),
        ("[텐서(tensor)](a.md)의 텐서", []),
        ("**텐서**(tensor)", []),
        ("| 텐서 |\n| - |\n| 1 |\n\n텐서(tensor)", []),
        ("| 텐서(tensor) |\n| - |\n| 1 |\n\n텐서", []),
        ("- 텐서\n- 텐서", ["1: `텐서` stands here first, without its English"]),
        ("글\n\n> 텐서", []),
        ("저장합니다", []),
    ],
)
def test_first_uses(source: str, found: list[str]) -> None:
    assert messages(wording.first_uses, source) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("색의 수를 셉니다.", ["1: `색의 수` is not how this site says it"]),
        ("글, 곧 말입니다.\n둘 곧 셋.", ["1: `, 곧` is not how this site says it"]),
        ("글\n\n> Two Whole\n> numbers", ["3: `Whole number` is not how this site says it"]),
        ("`색의 수`, 특색의 수", []),
        ("![색의 수 · Colours](a.png)", ["1: `색의 수` is not how this site says it"]),
        ('# Colours { data-ko="색의 수" }', ["1: `색의 수` is not how this site says it"]),
    ],
)
def test_no_avoided(source: str, found: list[str]) -> None:
    assert messages(wording.no_avoided, source) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("10%입니다.\n\n> It is 10%.", []),
        (
            "약 10 %입니다.\n\n> About 10 %.",
            ["1: there is a space before %: `10 %`", "3: there is a space before %: `10 %`"],
        ),
        ("글\n12 %", ["2: there is a space before %: `12 %`"]),
        ("![5 % 줄었습니다 · 5% less](a.png)", ["1: there is a space before %: `5 %`"]),
        ('# Half { data-ko="50 %" }', ["1: there is a space before %: `50 %`"]),
        ("`10 % 3`은 1입니다.", []),
        ("% 단위로 10입니다.", []),
    ],
)
def test_percent(source: str, found: list[str]) -> None:
    assert messages(style.percent, source) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("모델에 넣습니다. 독자에게 알립니다. 친구들에게도 보냅니다.", []),
        ("모델에게 넣습니다.", ["1: 모델에게: 에게 is for people and animals"]),
        ("글\n두 텐서들에게", ["2: 텐서들에게: 에게 is for people and animals"]),
        ("PyTorch에게 맡깁니다.", ["1: PyTorch에게: 에게 is for people and animals"]),
        ("`Dataset`에게 맡깁니다.", ["1: `…`에게: 에게 is for people and animals"]),
        ("![컴퓨터에게 · a](a.png)", ["1: 컴퓨터에게: 에게 is for people and animals"]),
        ("`모델에게`", []),
    ],
)
def test_to_things(source: str, found: list[str]) -> None:
    assert messages(style.to_things, source) == found


_PLAIN = "an image is described in the plain style (반말)"
_PHRASE = "an image is described by words that are no sentence"


@pytest.mark.parametrize(
    ("korean", "found"),
    [
        ("내려가는 손실", []),
        ("손실이 내려갑니다", []),
        ("손실이 내려갑니다. 정확도는 올라갑니다.", []),
        ("손실이 점점 내려가나요?", []),
        ("제목은 '손실이 점점 내려가요'", []),
        ("손실이 1.5 아래로 내려갑니다", []),
        ("손실이 내려간다", [_PLAIN]),
        ("여덟 장의 이미지. 위에 이름이 있다", [_PHRASE, _PLAIN]),
        ("손실이 내려간다. 정확도는 올라갑니다.", [_PLAIN]),
        ("점점 내려가는 손실", [_PHRASE]),
        ("손실 곡선. 0으로 내려갑니다", [_PHRASE]),
        ("다", []),
    ],
)
def test_polite_descriptions(korean: str, found: list[str]) -> None:
    source = f"글\n\n![{korean} · A loss](a.png)"
    assert messages(style.polite_descriptions, source) == [f"3: {message}" for message in found]


def test_polite_descriptions_are_asked_of_korean_alone() -> None:
    assert messages(style.polite_descriptions, "글\n\n![A loss that falls](a.png)") == []


@pytest.mark.parametrize(
    ("korean", "english", "items", "found"),
    [
        ("이유는 두 가지입니다.", "There are two reasons.", 2, []),
        (
            "이유는 네 가지입니다.",
            "There are reasons.",
            3,
            ["1: `네 가지` announced, and a list of 3"],
        ),
        ("글", "Four things to keep in mind:", 3, ["3: `Four things` announced, and a list of 3"]),
        (
            "세 단계입니다.",
            "It takes three steps.",
            2,
            [
                "1: `세 단계` announced, and a list of 2",
                "3: `three steps` announced, and a list of 2",
            ],
        ),
        ("인자는 세 개입니다.", "It takes these.", 2, ["1: `세 개` announced, and a list of 2"]),
        ("세 개를 묶은 예입니다.", "An example of three.", 2, []),
        ("두 가지를 썼습니다. 이제 봅니다.", "We used two things. Let us look.", 3, []),
        ("다섯 가지", "Ten items", 5, []),
    ],
)
def test_announced(korean: str, english: str, items: int, found: list[str]) -> None:
    listed = "\n\n".join(["- 글\n\n    > Text"] * items)
    assert messages(counts.announced, f"{korean}\n\n> {english}\n\n{listed}") == found


def test_announced_looks_into_boxes_and_only_at_the_list_that_follows() -> None:
    box = '!!! note "글 · Note"\n\n    두 가지입니다.\n\n    - 하나\n'
    assert messages(counts.announced, box) == ["3: `두 가지` announced, and a list of 1"]
    apart = "두 가지입니다.\n\n> Text.\n\n다른 글.\n\n> Text.\n\n- 하나\n"
    assert messages(counts.announced, apart) == []
