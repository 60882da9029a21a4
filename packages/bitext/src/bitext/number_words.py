"""Small numbers in words: 세, three."""

from __future__ import annotations

import re
from typing import Final

KOREAN: Final = ("한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
ENGLISH: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMBERS: Final = {word: n for words in (KOREAN, ENGLISH) for n, word in enumerate(words, 1)}


def word_for(digits: str, text: str) -> str:
    """The word by which a text says a number: 세 in ``세 장``; empty if it says none."""
    words = [word for word, number in NUMBERS.items() if str(number) == digits]
    found = (re.search(rf"(?<!\w){word}(?=\s)", text, re.IGNORECASE) for word in words)
    return next((match[0] for match in found if match), "")
