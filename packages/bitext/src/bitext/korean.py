"""Stems of Korean words: particles and endings, as in 모델을, 모델에서는, 저장하는.

A search that compares prefixes finds 모델에서 for 모델, but nothing for 모델까지는. The tables are
plain regular expressions, so that a browser can use them as well.
"""

from __future__ import annotations

import re
from typing import Final

_MORE = "(?:는|도|만|의|나|서|써|부터|까지)*"
_ANYWHERE = (
    f"(?:에서|에게|에|한테|까지|부터|처럼|보다|만|마다|뿐|하고){_MORE}"
    "|의|도|밖에|조차|인|인가요?|입니다|입니까|이에요|이란|이라는|이라고|이면"
)

AFTER_CONSONANT: Final = f"들?(?:{_ANYWHERE}|을|은|이|과{_MORE}|으로{_MORE}|이나|이랑)|들"
"""Particles after a syllable that ends in a consonant: 값을, 옷으로는."""

AFTER_VOWEL: Final = (
    f"(?:{_ANYWHERE}|를|는|가|와{_MORE}|로{_MORE}|나|랑|란|라는|라고|면|예요)"
    f"|들(?:{_ANYWHERE}|을|은|이|과{_MORE}|로{_MORE})?"
)
"""Particles after a syllable that ends in a vowel: 텐서를, 세로로."""

AFTER_RIEUL: Final = f"{AFTER_CONSONANT}|로{_MORE}"
"""Particles after a syllable that ends in ㄹ: 글을, 글로."""

VERB: Final = (
    "(?:하|되|시키)(?:기|는|고|다|면|지|려면|려고|나요|는지|며|거나|도록|세요|였다|여|는데)?"
    f"(?:{AFTER_VOWEL})?"
    "|(?:한|된|시킨)(?:다|다면|다고|지|가요?)?|(?:할|될|시킬)(?:까요?|지|때|수)?|(?:함|됨)(?:을|이|은)?"
    "|(?:합|됩|시킵)(?:니다|니까|시다)|(?:해|돼|되어|시켜)(?:서|야|요|도|줘)?|[했됐][가-힣]*"
)
"""Endings that make a noun a verb: 저장하는, 초기화합니다, 학습시키려면."""

TAIL: Final = "(?:기|는|고|지|면|려면|으려면|려고|나요|는지|은|을|었다|어요|아요|습니다)"
"""Endings of other verbs: 만들기, 바꾸려면."""

_HANGUL = re.compile("[가-힣]+")
_SYLLABLES = 0xAC00  # 가, the first; each 28 syllables differ only in their final consonant
_FINALS = 28
_RIEUL = 8
_MIN_LENGTH = 2


def stem(
    word: str, whole: frozenset[str] = frozenset(), short: frozenset[str] = frozenset()
) -> str:
    """Remove particles and endings from a word.

    Args:
        word: A Korean word, or a foreign word with a Korean ending.
        whole: Words whose end only looks like a particle, such as 정확도.
        short: Words of one syllable, such as 값; other stems have at least two.
    """
    if word in whole:
        return word
    foreign = re.fullmatch("([^가-힣]+)([가-힣]+)", word)
    if foreign:
        added = re.fullmatch(f"{AFTER_CONSONANT}|{AFTER_VOWEL}|{VERB}", foreign[2])
        return foreign[1] if added else word
    if not _HANGUL.fullmatch(word):
        return word
    for end in range(1, len(word)):
        head, tail = word[:end], word[end:]
        if end < _MIN_LENGTH and head not in short:
            continue
        if re.fullmatch(f"{_particles(head)}|{VERB}|{TAIL}", tail):
            return head
    return word


def _particles(head: str) -> str:
    """The particles that may follow a word, which depend on its final consonant."""
    final = (ord(head[-1]) - _SYLLABLES) % _FINALS
    if final == _RIEUL:
        return AFTER_RIEUL
    return AFTER_CONSONANT if final else AFTER_VOWEL
