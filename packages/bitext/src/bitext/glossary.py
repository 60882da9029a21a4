"""The terms of a site, with their spellings and meanings, and where a text uses them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bitext.avoided import Avoided, read_avoided

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_TEXTS = ("korean", "english", "written", "meaning", "meaning_en")
_LISTS = ("variants", "synonyms")
_TYPES = dict.fromkeys(_TEXTS, str) | dict.fromkeys(_LISTS, list) | {"first_use": bool}
_VERB = re.compile("(하|되)다$")
_VERB_FORMS = "[하한할합함했해되된될됩됨됐돼]"
_WORD_END = re.compile(
    "(?![가-힣])|[을를이가은는의에와과도만로나라란인임일며고다든들뿐야씩]|으로|므로|부터|까지|처럼|보다|"
    f"마다|밖에|조차|끼리|한테|이므로|였|입니|{_VERB_FORMS}|시[키킨킬킵켜켰]"
)


class GlossaryError(Exception):
    """A glossary cannot be read, or has an error."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term in both languages.

    Attributes:
        korean: The term in Korean.
        english: The term in English.
        written: What to write at the first use on a page: ``텐서(tensor)``.
        variants: Korean spellings that the site does not use.
        first_use: Whether the English must accompany the first use on a page.
        synonyms: Other words that readers may search for, in both languages.
        meaning: One sentence in Korean, with inline code if needed; may be empty.
        meaning_en: The same in English.
    """

    korean: str
    english: str
    written: str
    variants: tuple[str, ...] = ()
    first_use: bool = True
    synonyms: tuple[str, ...] = ()
    meaning: str = ""
    meaning_en: str = ""

    @property
    def stem(self) -> str:
        """The Korean without the ending of a verb: 저장 of 저장하다."""
        return _VERB.sub("", self.korean)

    @property
    def anchor(self) -> str:
        """Its fragment on the glossary page, such as ``loss-function``."""
        return _normalize_english(self.english).replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a term in a text.

    Attributes:
        term: The term.
        start: The offset of its first character.
        end: The offset after its last character, without English in parentheses after it.
        explained: Whether the English accompanies it.
    """

    term: Term
    start: int
    end: int
    explained: bool


@dataclass(frozen=True)
class Glossary:
    """The terms of a site.

    Attributes:
        terms: All terms, in the order of the file.
        avoided: Phrases that the site avoids.
    """

    terms: tuple[Term, ...] = field(default=())
    avoided: tuple[Avoided, ...] = ()

    def uses(self, text: str) -> Iterator[Use]:
        """Yield the uses of terms in a Korean text; of two that start together, the longer one."""
        for match in self._korean_pattern.finditer(text):
            found = _normalize(match[0])
            term = self._by_korean[found]
            after = text[match.end() :]
            explained = found == _normalize(term.written) or _explains(after, term)
            if explained or _WORD_END.match(after):
                word = match[0].rpartition("(")[0] if match[0].endswith(")") else match[0]
                yield Use(term, match.start(), match.start() + len(word), explained)

    def english_uses(self, text: str) -> Iterator[Use]:
        """Yield the uses of terms in an English text, with plurals; likewise the longer one."""
        for match in self._english_pattern.finditer(text):
            yield Use(self._by_english[_normalize_english(match[1])], *match.span(), explained=True)

    def variants(self, text: str) -> Iterator[tuple[int, str, Term]]:
        """Yield (offset, spelling, term) for each spelling that the site does not use."""
        for match in self._variants_pattern.finditer(text):
            index = int(str(match.lastgroup)[1:])
            yield match.start(), match[0], self._variant_terms[index][1]

    @cached_property
    def _by_korean(self) -> dict[str, Term]:
        found = {_normalize(term.written): term for term in self.terms}
        return found | {_normalize(term.stem): term for term in self.terms}

    @cached_property
    def _korean_pattern(self) -> re.Pattern[str]:
        return _at_word_start(_spaced(text) for text in _longest_first(self._by_korean))

    @cached_property
    def _by_english(self) -> dict[str, Term]:
        return {_normalize_english(term.english): term for term in self.terms}

    @cached_property
    def _english_pattern(self) -> re.Pattern[str]:
        terms = map(str.split, _longest_first(self._by_english))
        any_of = "|".join(r"[\s_-]+".join(map(re.escape, words)) for words in terms)
        pattern = rf"(?<![\w-])({any_of})(?:e?s)?(?![\w-])" if any_of else "(?!)"
        return re.compile(pattern, re.IGNORECASE)

    @cached_property
    def _variant_terms(self) -> list[tuple[str, Term]]:
        found = {variant: term for term in self.terms for variant in term.variants}
        return [(variant, found[variant]) for variant in _longest_first(found)]

    @cached_property
    def _variants_pattern(self) -> re.Pattern[str]:
        return _at_word_start(
            f"(?P<v{index}>{_VERB.sub(_VERB_FORMS, _spaced(variant))})"
            for index, (variant, _) in enumerate(self._variant_terms)
        )


def read_glossary(path: Path) -> Glossary:
    """Read a glossary from a TOML file of terms, ``[[term]]``, and of phrases, ``[[avoid]]``.

    Args:
        path: The file.

    Raises:
        GlossaryError: The file cannot be read, or a key or value in it is not allowed.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        terms, avoided = tables.pop("term", []), tables.pop("avoid", [])
        if tables or not isinstance(terms, list) or not isinstance(avoided, list):
            raise GlossaryError(f"{path}: there is more than [[term]] and [[avoid]] in it")
        return Glossary(tuple(map(_term, terms)), tuple(map(read_avoided, avoided)))
    except (OSError, ValueError, TypeError) as error:
        raise GlossaryError(f"{path}: {error}") from error


def _term(table: dict[str, Any]) -> Term:
    for key, value in table.items():
        if not isinstance(value, _TYPES.get(key, ())):
            raise TypeError(f"a term has no `{key} = {value!r}`")
    if missing := {"korean", "english"} - table.keys():
        raise ValueError(f"a term has no `{min(missing)}`: {table}")
    if len(half := {"meaning", "meaning_en"} & table.keys()) == 1:
        raise ValueError(f"a term has only a `{min(half)}`, in one language: {table}")
    written = f"{table['korean']}({table['english']})"
    lists = {key: tuple(table.get(key, ())) for key in _LISTS}
    return Term(**{"written": written, **table, **lists})


def _explains(after: str, term: Term) -> bool:
    """Whether a text begins with the English of a term in parentheses.

    It may be a plural, follow other words (``혼동 행렬(confusion matrix)``) or precede a comma.
    """
    match = re.match(r"\(([^(),;:]*)", after)
    told = f" {_normalize_english(match[1])}" if match else ""
    return told.endswith(
        (f" {_normalize_english(term.english)}", f" {_normalize_english(term.english)}s")
    )


def _normalize_english(english: str) -> str:
    return re.sub(r"[\s_-]+", " ", english).strip().casefold()


def _normalize(text: str) -> str:
    return " ".join(text.split()).casefold()


def _longest_first(texts: Iterable[str]) -> list[str]:
    return sorted(texts, key=lambda text: (-len(text), text))


def _spaced(text: str) -> str:
    return r"\s+".join(map(re.escape, text.split()))


def _at_word_start(patterns: Iterable[str]) -> re.Pattern[str]:
    any_of = "|".join(patterns)
    return re.compile(f"(?<![가-힣])(?:{any_of})" if any_of else "(?!)", re.IGNORECASE)
