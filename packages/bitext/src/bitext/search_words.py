"""The words of a site, collected from its texts, for a search without a grammar of Korean.

These are words whose end only looks like a particle, words of one syllable, and parts of compounds,
such as 로더 in 데이터로더 and Loss in CrossEntropyLoss.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bitext.korean import stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_KOREAN = re.compile("[가-힣]+")
_CAMEL = re.compile("[A-Z]?[a-z]+(?:[A-Z][a-z0-9]*)+")
_OBJECT = re.compile("(.+)[을를]")
_VERBAL = re.compile("(.+)(?:하[가-힣]|합니다|한다|할|한)")
_NOT_A_NOUN = re.compile("(?:만|까지|부터|기|것|들|는지|이므|하므|[았었했됐]|하나)$")
_PARTICLES = ("을", "를", "은", "는", "의", "에", "에서", "와", "과", "으로", "입니다")
_DICTIONARY_FORM = re.compile("(?:하|되)?다$")
_MIN_LENGTH = 2
_MIN_PARTICLES = 2  # a syllable is a word if it occurs with so many different particles


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of a site.

    Attributes:
        whole: Words whose end only looks like a particle: 정확도, 데이터로더.
        short: Words of one syllable: 값, 층.
        nouns: Longer Korean words that occur with particles.
    """

    whole: frozenset[str]
    short: frozenset[str]
    nouns: frozenset[str]

    def inner_words(self, text: str) -> list[str]:
        """The last parts of compounds in a text, which readers may search for, each once."""
        found: dict[str, None] = {}
        for word in _KOREAN.findall(text):
            bare = stem(word, self.whole, self.short)
            if bare in self.nouns:
                found.update(dict.fromkeys(self._ends(bare)))
        for word in _CAMEL.findall(text):
            humps = re.finditer("(?<=[a-z0-9])[A-Z]", word)
            found.update((word[hump.start() :].lower(), None) for hump in humps)
        return list(found)

    def _ends(self, word: str) -> Iterator[str]:
        """Yield the last parts of a compound, if one of its two parts is a word."""
        for start in range(_MIN_LENGTH, len(word) - _MIN_LENGTH + 1):
            end = word[start:]
            if word[:start] in self.nouns or end in self.nouns:
                yield end


def build_lexicon(texts: Iterable[str], terms: Iterable[str]) -> Lexicon:
    """Collect the words of a site.

    Whatever occurs before 을, 를 or a form of 하다 is a word: because of 정확도를, 정확도 is not
    정확 with a particle.

    Args:
        texts: The plain texts of the site.
        terms: The terms of its glossary, in any language.
    """
    words = {word for text in texts for word in _KOREAN.findall(text)}
    known = {word for term in terms for word in _KOREAN.findall(_DICTIONARY_FORM.sub("", term))}
    heads = {match[1] for word in words if (match := _OBJECT.fullmatch(word))}
    heads |= {match[1] for word in words if (match := _VERBAL.fullmatch(word))}
    heads = {head for head in heads if not _NOT_A_NOUN.search(head)} | known
    short = frozenset(
        head for head in heads if len(head) == 1 and _count_particles(head, words) >= _MIN_PARTICLES
    )
    whole = frozenset(head for head in heads if stem(head, frozenset(), short) != head)
    stems = {stem(word, whole, short) for word in words}
    nouns = {
        word for word in stems if _count_particles(word, words) and not _NOT_A_NOUN.search(word)
    } | heads
    return Lexicon(whole, short, frozenset(word for word in nouns if len(word) >= _MIN_LENGTH))


def _count_particles(head: str, words: set[str]) -> int:
    return sum(head + particle in words for particle in _PARTICLES)
