"""The endings of Korean words."""

from __future__ import annotations

import re

import pytest
from bitext import korean

ENDINGS = {
    "AFTER_CONSONANT": ("을 은 이 과 으로 으로는 까지만 끼리의 만을 들에서", "를 가 와 요 학습"),
    "AFTER_VOWEL": ("를 는 가 와 로 로는 까지만 에서의 란 들을", "은 으로 기 학습"),
    "AFTER_RIEUL": ("을 은 로 로는 에서", "를 가 학습"),
    "VERB": ("하는 합니다 하려면 시키려면 했는데 되어서 할까요", "을 기 학습"),
    "TAIL": ("기 려면 으면 는데 어요 아서 습니다 었나요", "를 에서 학습"),
}


@pytest.mark.parametrize("table", ENDINGS)
def test_a_table_matches_its_endings(table: str) -> None:
    pattern = re.compile(getattr(korean, table))
    matched, others = (words.split() for words in ENDINGS[table])
    assert [ending for ending in matched if not pattern.fullmatch(ending)] == []
    assert [ending for ending in others if pattern.fullmatch(ending)] == []


@pytest.mark.parametrize(
    ("word", "particles"),
    [
        ("텐서", "를 는 가 와 로"),
        ("값", "을 은 이 과 으로"),
        ("모델", "을 은 이 과 로"),
        ("28", "을 은 이 과 로"),
        ("10", "을 은 이 과 으로"),
        ("1.5", "를 는 가 와 로"),
    ],
)
def test_a_particle_fits_its_word(word: str, particles: str) -> None:
    forms = ("을를", "은는", "이가", "과와", ("으로", "로"))
    for pair, right in zip(forms, particles.split(), strict=True):
        assert [korean.fitting(word, form) for form in pair] == [right, right]
