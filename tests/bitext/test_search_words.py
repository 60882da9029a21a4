"""What texts say about their own words."""

from __future__ import annotations

from bitext.search_words import build_lexicon

TEXTS = [
    "정확도를 잽니다. 정확도는 0과 1 사이의 값입니다.",
    "데이터를 묶는 데이터로더를 만듭니다. 데이터로더의 값을 봅니다. 값은 숫자입니다.",
    "모델만을 옮깁니다. 매개변수를 셉니다. 그런데 하므로 씁니다.",
]
LEXICON = build_lexicon(TEXTS, ["하이퍼파라미터", "파라미터", "저장하다"])


def test_a_word_before_an_object_particle_ends_there() -> None:
    assert LEXICON.whole == {"정확도"}


def test_a_particle_before_another_is_no_part_of_a_word() -> None:
    assert "모델만" not in LEXICON.whole


def test_a_syllable_seen_with_two_particles_is_a_word() -> None:
    assert LEXICON.short == {"값"}


def test_words_within_words() -> None:
    """Where one part is a word by itself; ends of verbs are none."""
    assert LEXICON.inner_words("데이터로더에서 하이퍼파라미터를 찾습니다") == ["로더", "파라미터"]
    assert LEXICON.inner_words("매개변수") == []


def test_humps_of_names() -> None:
    assert LEXICON.inner_words("`CrossEntropyLoss`, DataLoader") == [
        "entropyloss",
        "loss",
        "loader",
    ]


def test_each_word_once() -> None:
    assert LEXICON.inner_words("데이터로더 데이터로더는") == ["로더"]


def test_nothing_is_known_of_no_texts() -> None:
    empty = build_lexicon([], [])
    assert not empty.whole | empty.short | empty.nouns
