"""Words without their particles and endings."""

from __future__ import annotations

import pytest
from bitext.korean import stem

WHOLE = frozenset({"변화도", "정확도", "이미지"})
SHORT = frozenset({"값", "층", "섞"})

STEMS = {
    # particles, one or several
    "텐서를": "텐서",
    "모델은": "모델",
    "텐서에서는": "텐서",
    "모델까지만": "모델",
    "가속기로": "가속기",
    "드롭아웃과": "드롭아웃",
    "모델로": "모델",
    "텐서들을": "텐서",
    "하이퍼파라미터란": "하이퍼파라미터",
    # after foreign words
    "Adam이랑": "Adam",
    "GPU가": "GPU",
    "backward를": "backward",
    # verbs
    "저장하는": "저장",
    "초기화합니다": "초기화",
    "학습시키려면": "학습",
    "만들기": "만들",
    "바꾸려면": "바꾸",
    # words that end so by nature
    "차이": "차이",
    "추가": "추가",
    "결과": "결과",
    "경로": "경로",
    "정의": "정의",
    "속도": "속도",
    "데이터로더": "데이터로더",
    "손실함수": "손실함수",
    "변화도": "변화도",
    "변화도가": "변화도",
    "이미지": "이미지",
    # one syllable, where it is known as a word
    "값을": "값",
    "섞는": "섞",
    "길이": "길이",
    # a particle that does not sound so
    "모델를": "모델를",
    "평가": "평가",
    # no Korean
    "DataLoader": "DataLoader",
    "10": "10",
}


@pytest.mark.parametrize("word", STEMS)
def test_a_word_without_what_was_added(word: str) -> None:
    assert stem(word, WHOLE, SHORT) == STEMS[word]


@pytest.mark.parametrize("word", STEMS)
def test_a_stem_begins_its_word_and_is_not_empty(word: str) -> None:
    assert stem(word)
    assert word.startswith(stem(word))


def test_one_word_in_three_would_be_cut_without_knowing_it() -> None:
    assert stem("정확도") == "정확"
    assert stem("정확도", WHOLE) == "정확도"
