"""An MkDocs hook: a search index that is small, and that knows Korean.

What programs printed stays out of it, and so do references. It gets a field of words within words,
searched and never shown, and tells the browser how Korean words end and which words mean the same.
Pages load the beginning of each section; `search/whole.json` has all, for those who search.
"""

from __future__ import annotations

import html
import json
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bitext import Lexicon, build_lexicon, find_settings, korean, read_glossary

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_SYNONYMS = Path(__file__).with_name("synonyms.toml")
_TEXT_BLOCK = re.compile('<div class="language-text highlight">.*?</pre></div>', re.DOTALL)
_BALLAST = re.compile(r'<(?:div class="tabbed-labels"|\w+ class="codeout-[^"]*")')
_LEFT_OUT = ' data-search-exclude="true"'  # Material takes it out again
_TAG = re.compile("<[^>]*>")
_BEGINNING = re.compile("(?:.*?</p>){1,2}", re.DOTALL)  # a paragraph and its English
_IDLE = (
    "방법|법|어떻게|왜|이유|까닭|무엇|무엇을|무엇인가요?|뭐|뭔가요|무슨|어떤|것|것은|것이|것을|게|때|수"
    "|하는|하기|하나요|하면|하려면|해요|있는|있나요|되나요|안|너무|그리고|에서|만|란|이란|대한|대해"
    "|an?|the|how|to|what|is|are|be|do|does|i|in|of|on|for|and|or|with|it|its|that|this|why|when|can"
)


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Leave out of the index what programs printed, but for tracebacks: readers look for those."""
    del page, config, files
    html = _TEXT_BLOCK.sub(_leave_out_output, html)
    return _BALLAST.sub(lambda tag: tag[0] + _LEFT_OUT, html)


def on_post_build(*, config: MkDocsConfig) -> None:
    """Write the index anew, in two files: what every page loads, and what a search loads."""
    folder = Path(config.site_dir) / "search"
    if not (folder / "search_index.json").is_file():
        return
    index = json.loads((folder / "search_index.json").read_text(encoding="utf-8"))
    names = _names(Path(config.config_file_path).parent)
    index["docs"] = [doc for doc in index["docs"] if not doc["location"].endswith("#references")]
    lexicon = build_lexicon(map(_words, index["docs"]), (name for same in names for name in same))
    index["config"]["korean"] = _korean(lexicon, names)
    for doc in index["docs"]:
        doc["suffix"] = " ".join(lexicon.inner_words(_words(doc)))
    _write(folder / "whole.json", index)
    for doc in index["docs"]:
        doc["text"] = _beginning(doc["text"])
    _write(folder / "search_index.json", index)


def _leave_out_output(block: re.Match[str]) -> str:
    traceback = "Traceback (most recent call last)" in _TAG.sub("", block[0])
    return block[0] if traceback else block[0].replace("<div", f"<div{_LEFT_OUT}", 1)


def _words(doc: dict[str, Any]) -> str:
    return html.unescape(_TAG.sub(" ", f"{doc['title']} {doc['text']}"))


def _beginning(text: str) -> str:
    found = _BEGINNING.match(text)
    return found[0] if found else ""


def _names(root: Path) -> list[list[str]]:
    """Words that mean the same, in lower case."""
    groups = tomllib.loads(_SYNONYMS.read_text(encoding="utf-8"))["same"]
    if path := find_settings(root).glossary:
        for term in read_glossary(path).terms:
            groups.append([term.stem, term.english, *term.variants, *term.synonyms])
    return [[name.lower() for name in group] for group in groups]


def _korean(lexicon: Lexicon, names: list[list[str]]) -> dict[str, Any]:
    return {
        "closed": korean.AFTER_CONSONANT,
        "open": korean.AFTER_VOWEL,
        "rieul": korean.AFTER_RIEUL,
        "verb": korean.VERB,
        "tail": korean.TAIL,
        "whole": sorted(lexicon.whole),
        "short": sorted(lexicon.short),
        "idle": _IDLE,
        "same": names,
    }


def _write(path: Path, index: dict[str, Any]) -> None:
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text, encoding="utf-8")
