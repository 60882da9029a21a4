"""How Korean words end: particles and endings, as in 모델을, 모델에서는, 저장하는.

The tables are plain regular expressions, so that the search of a site can use them in the browser.
"""

from __future__ import annotations

from typing import Final

_MORE = "(?:는|은|도|만|을|의|나|서|써|부터|까지)*"
_ANYWHERE = (
    f"(?:에서|에게|에|한테|까지|부터|처럼|보다|만|마다|뿐|하고|끼리|대로|이라도|마저){_MORE}"
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

TAIL: Final = (
    "(?:기|게|는|고|지|자|면|은|을|네요|죠|거나|도록|려면|려고|나요|는지|는데|니까|까요?|습니[다까]"
    "|으(?:면|며|니까?|려면|려고)|을까요?|은데|(?:[었았]|)[어아](?:요|서|도|야)?|[었았](?:다|나요|는데|습니다))"
)
"""Endings of other verbs: 만들기, 바꾸려면."""

_FIRST, _FINALS, _RIEUL = ord("가"), 28, 8
_DIGITS = dict(zip("0123456789", "영일이삼사오육칠팔구", strict=True))
_PAIRS: Final = (("을", "를"), ("은", "는"), ("이", "가"), ("과", "와"), ("으로", "로"))
_PARTICLE: Final = "|".join(particle for pair in _PAIRS for particle in pair)
PARTICLE: Final = (
    f"(?P<particle>{_PARTICLE})(?P<more>(?<=[과와로])(?:는|도|만|의|서|써|부터))?(?![가-힣])"
)
"""A particle of two forms at the end of a word; one of them fits the word before it."""


def fitting(word: str, particle: str) -> str:
    """The form of a particle that fits a word: 을 or 를.

    Args:
        word: A Korean word, or a number in digits, which are read in Korean.
        particle: Either of the forms.
    """
    final = (ord(_DIGITS.get(word[-1], word[-1])) - _FIRST) % _FINALS
    consonant, vowel = next(pair for pair in _PAIRS if particle in pair)
    sounds_open = not final or (consonant == "으로" and final == _RIEUL)
    return vowel if sounds_open else consonant
