"""Terms: where Korean uses one, and where it uses a spelling that is not ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from bitext import Glossary, GlossaryError, Term, read_glossary
from bitext.inline import read_inline

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

GLOSSARY = read_glossary(ROOT / "glossary.toml")


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("텐서를 만듭니다", [("텐서", False)]),
        ("텐서", [("텐서", False)]),
        ("텐서, 텐서!", [("텐서", False), ("텐서", False)]),
        ("(텐서)", [("텐서", False)]),
        ("텐서들은 텐서끼리", [("텐서", False), ("텐서", False)]),
        ("텐서(tensor)를", [("텐서", True)]),
        ("텐서(Tensor)", [("텐서", True)]),
        ("텐서(tensors)", [("텐서", True)]),
        ("텐서(tensor, 숫자의 배열)", [("텐서", True)]),
        ("텐서 (tensor)", [("텐서", False)]),
        ("텐서(배열)", [("텐서", False)]),
        ("텐서플로와 텐서보드", []),
        ("변환기", []),
        ("변환합니다 변환된 변환을", [("변환", False)] * 3),
        ("불모양", []),
        ("모양새", []),
        ("모양입니다", [("모양", False)]),
        ("손실 함수의 손실은", [("손실 함수", False), ("손실", False)]),
        ("손실 함수(loss function)", [("손실 함수", True)]),
        ("손실\n함수를", [("손실 함수", False)]),
        ("학습률로 학습시킵니다", [("학습률", False), ("학습", False)]),
        ("학습(training)하는", [("학습", True)]),
        ("배치 정규화와 정규화", [("배치 정규화", False), ("정규화", False)]),
        ("하이퍼파라미터는", [("하이퍼파라미터", False)]),
        ("상태 사전(state_dict)에", [("상태 사전", True)]),
        ("상태 사전(state dict)에", [("상태 사전", True)]),
        ("잎(leaf) 텐서와 잎 텐서", [("잎 텐서", True), ("잎 텐서", False)]),
        ("순회(iterate)하면", [("순회하다", True)]),
        ("순회하면", [("순회하다", False)]),
        ("원-핫 벡터", [("원-핫", False), ("벡터", False)]),
        ("10에폭을 1에폭마다", [("에폭", False), ("에폭", False)]),
        ("혼동 행렬(confusion matrix)", [("행렬", True)]),
        ("행렬식", []),
        ("사용 중단 예정(deprecated)입니다", [("사용 중단 예정", True)]),
        ("가중치가 편향보다", [("가중치", False), ("편향", False)]),
        ("특징적인 장치입니다", [("장치", False)]),
    ],
)
def test_uses(text: str, uses: list[tuple[str, bool]]) -> None:
    assert [(use.term.korean, use.explained) for use in GLOSSARY.uses(text)] == uses


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("레이어를 쌓습니다", [("레이어", "계층")]),
        ("플레이어", []),
        ("파라미터와 하이퍼파라미터", [("파라미터", "매개변수")]),
        ("하이퍼 파라미터", [("하이퍼 파라미터", "하이퍼파라미터")]),
        ("메소드와 메서드", [("메소드", "메서드")]),
        (
            "로드하면 로드합니다 로드된",
            [(text, "불러오다") for text in ("로드하", "로드합", "로드된")],
        ),
        ("로드맵을 다운로드합니다", []),
        ("에포크마다 그래디언트", [("에포크", "에폭"), ("그래디언트", "변화도")]),
        ("데이타를 트레이닝", [("데이타", "데이터셋"), ("트레이닝", "학습")]),
        ("옵티마이져", [("옵티마이져", "옵티마이저")]),
        ("미니\n배치", [("미니\n배치", "미니배치")]),
        ("매개변수, 계층, 에폭", []),
    ],
)
def test_variants(text: str, found: list[tuple[str, str]]) -> None:
    assert [(spelling, term.korean) for _, spelling, term in GLOSSARY.variants(text)] == found


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("a tensor", ["tensor"]),
        ("Tensors, and tensor's", ["tensor", "tensor"]),
        ("the loss functions and losses", ["loss function", "loss"]),
        ("a state_dict, a state dict", ["state dict", "state dict"]),
        ("mini-batches in\nplace", ["mini-batch", "in-place"]),
        ("hyperparameters", ["hyperparameter"]),
        ("tensorboard, non-tensor, tensor-like, tensoric", []),
        ("텐서", []),
    ],
)
def test_english_uses(text: str, uses: list[str]) -> None:
    assert [use.term.english for use in GLOSSARY.english_uses(text)] == uses


def test_a_use_ends_where_its_words_end() -> None:
    for text in ("이 손실 함수(loss function)는", "이 잎(leaf) 텐서는"):
        (use,) = GLOSSARY.uses(text)
        assert text[use.start : use.end] in {"손실 함수", "잎(leaf) 텐서"}
    (use,) = GLOSSARY.english_uses("two tensors here")
    assert (use.start, use.end) == (4, 11)


def test_a_glossary_can_be_empty() -> None:
    assert not list(Glossary().uses("텐서"))
    assert not list(Glossary().english_uses("tensor"))
    assert not list(Glossary().variants("레이어"))


def test_every_term_of_the_course_stands_once() -> None:
    korean = [term.korean for term in GLOSSARY.terms]
    english = [term.english for term in GLOSSARY.terms]
    assert len(set(korean)) == len(korean) == 75
    assert len(set(english)) == len(english)


@pytest.mark.parametrize("term", GLOSSARY.terms, ids=lambda term: term.english)
def test_what_is_to_be_written_is_right(term: Term) -> None:
    (use,) = GLOSSARY.uses(term.written)
    assert use.term == term
    assert use.explained
    assert not list(GLOSSARY.variants(term.written))


@pytest.mark.parametrize("term", GLOSSARY.terms, ids=lambda term: term.english)
def test_every_variant_is_found(term: Term) -> None:
    for variant in term.variants:
        assert [found[2] for found in GLOSSARY.variants(f"그 {variant}")] == [term]


@pytest.mark.parametrize("term", GLOSSARY.terms, ids=lambda term: term.english)
def test_every_term_means_something_in_one_sentence(term: Term) -> None:
    korean, english = read_inline(term.meaning), read_inline(term.meaning_en)
    assert re.fullmatch(r"[^.]+니다\.", korean.prose)
    assert re.fullmatch(r"[A-Z][^.가-힣]+\.", english.prose)
    assert korean.code == english.code
    assert not list(GLOSSARY.variants(term.meaning))


def test_a_word_that_people_search_by_leads_to_one_term() -> None:
    words = [
        word.casefold()
        for term in GLOSSARY.terms
        for word in (term.korean, term.english, *term.variants, *term.synonyms)
    ]
    assert len(set(words)) == len(words)


def test_addresses() -> None:
    anchors = [term.anchor for term in GLOSSARY.terms]
    assert {"tensor", "loss-function", "mini-batch", "state-dict"} <= set(anchors)
    assert len(set(anchors)) == len(anchors)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[term]]\nkorean = '가'", "a term has no `english`"),
        ("[[term]]\nkorean = '가'\nenglish = 'a'\nvariant = []", "a term has no `variant = []`"),
        ("[[term]]\nkorean = 1\nenglish = 'a'", "a term has no `korean = 1`"),
        (
            "[[term]]\nkorean = '가'\nenglish = 'a'\nmeaning = '나'",
            "a term has only a `meaning`, in one language",
        ),
        ("[[terms]]\n", "there is more than [[term]] and [[avoid]] in it"),
        ("avoid = 1", "there is more than [[term]] and [[avoid]] in it"),
        ('[[avoid]]\ntext = "a"', "an [[avoid]] has a `text` and an `instead`: {'text': 'a'}"),
        ("term = 1", "there is more than [[term]] and [[avoid]] in it"),
        ("[[term]", "line 1"),
    ],
)
def test_a_glossary_that_cannot_be_used(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "glossary.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(GlossaryError, match=re.escape(message)) as raised:
        read_glossary(file)
    assert str(raised.value).startswith(str(file))


def test_a_glossary_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match="No such file"):
        read_glossary(tmp_path / "glossary.toml")
