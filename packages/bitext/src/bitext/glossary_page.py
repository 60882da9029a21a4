"""The entries of the glossary page, in Markdown.

On a line of its own, ``<!-- bitext: terms -->`` is replaced by the entries in Korean alphabetical
order, and ``<!-- bitext: english terms -->`` by an index of the English words. Below each entry is
an empty element for links back, which a hook of the site generator can fill.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bitext.glossary import Glossary, Term

_SYLLABLES = range(0xAC00, 0xD7A4)
_SYLLABLES_PER_INITIAL = 588
_INITIALS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"  # doubled consonants sort with the plain ones
_BACKLINKS = '<p class="term-places" data-term="{}"></p>'


def expand_comments(lines: Sequence[str], glossary: Glossary) -> list[str]:
    """Replace the comments by the entries; other lines stay unchanged."""
    expanded: list[str] = []
    for line in lines:
        make = _COMMENTS.get(line.rstrip())
        expanded += make(glossary) if make else [line]
    return expanded


def _entries(glossary: Glossary) -> Iterator[str]:
    terms = sorted(_with_meaning(glossary), key=lambda term: term.korean)
    for initial, group in groupby(terms, lambda term: _initial(term.korean)):
        yield from (f"## {initial}{_of_korean(initial)}", "")
        for term in group:
            yield from (f"### {term.korean} · {term.english} {{ #{term.anchor} }}", "")
            yield from (term.meaning, "", f"> {term.meaning_en}", "")
            yield from (_BACKLINKS.format(term.anchor), "")


def _english(glossary: Glossary) -> Iterator[str]:
    """Yield the index; its Korean is marked, so that readers of English alone do not see it."""
    terms = sorted(_with_meaning(glossary), key=lambda term: term.english.casefold())
    items = (
        f'<li><a href="#{term.anchor}">{term.english}</a> '
        f'<span class="bitext" lang="ko">{term.korean}</span></li>'
        for term in terms
    )
    yield f'<ul class="term-index">{"".join(items)}</ul>'


def _with_meaning(glossary: Glossary) -> list[Term]:
    return [term for term in glossary.terms if term.meaning]


def _of_korean(initial: str) -> str:
    """Mark a Korean letter as such: readers of English alone do without it."""
    return " { .bitext lang=ko }" if initial in _INITIALS else ""


def _initial(word: str) -> str:
    code = ord(word[0])
    if code in _SYLLABLES:
        return _INITIALS[(code - _SYLLABLES.start) // _SYLLABLES_PER_INITIAL]
    return word[0].upper()


_COMMENTS: dict[str, Callable[[Glossary], Iterator[str]]] = {
    "<!-- bitext: terms -->": _entries,
    "<!-- bitext: english terms -->": _english,
}
