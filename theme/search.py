"""The index of the search: what pages say, how Korean words end, which words mean the same.

It is made from the HTML of a site, whoever built that: this is a hook of MkDocs, and ``finish.py``
calls it for Zensical. ``assets/javascripts/search`` loads it when somebody searches.
"""

from __future__ import annotations

import json
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from bitext import find_settings, korean, read_glossary
from search_page import read_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs.config.defaults import MkDocsConfig

_SYNONYMS = Path(__file__).with_name("synonyms.toml")
_ASKED = "theme/asked"


def on_post_build(*, config: MkDocsConfig) -> None:
    """Write the index into the site that MkDocs has built."""
    write_index(Path(config.site_dir), Path(config.config_file_path).parent)


def write_index(site: Path, root: Path) -> None:
    """Write the index of a site.

    Args:
        site: The folder of the built site.
        root: The folder of its configuration.
    """
    pages = [*_pages(site, root / _ASKED)]
    _add_what_others_say(pages)
    index = {"korean": _korean(), "same": _names(root), **_by_kind(pages)}
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    file = site / "search" / "index.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _pages(site: Path, asked: Path) -> Iterator[dict[str, Any]]:
    for file in sorted(site.rglob("index.html")):
        page = read_page(file.read_text(encoding="utf-8"))
        if page:
            folder = file.parent.relative_to(site).as_posix()
            lines = _questions(asked, folder)
            sections = [
                {**section, "asked": "\n".join(lines.get(section["id"], ()))}
                for section in page["sections"]
            ]
            yield {**page, "url": "" if folder == "." else f"{folder}/", "sections": sections}


def _questions(folder: Path, page: str) -> dict[str, list[str]]:
    """What readers ask that a page answers, by the anchor of the section."""
    for file in (folder / page / "index.toml", folder / f"{page}.toml"):
        if file.is_file():
            try:
                return _lists(file.read_text(encoding="utf-8"))
            except tomllib.TOMLDecodeError as error:
                error.add_note(f"in {file}")
                raise
    return {}


@lru_cache(256)  # pages: a server of the site asks for them again at each save
def _lists(text: str) -> dict[str, list[str]]:
    return tomllib.loads(text)


def _add_what_others_say(pages: Sequence[dict[str, Any]]) -> None:
    """Give each page what lists of pages say of it."""
    by_url = {f"/{page['url']}": page for page in pages}
    for page in pages:
        for section in page["sections"]:
            for address, text in section["links"]:
                linked = by_url.get(urljoin(f"/{page['url']}", address))
                if linked and linked["weight"] <= page["weight"]:  # authors say little to learners
                    linked["sections"][0]["about"] += f"{text}\n"


def _by_kind(pages: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Pages without their texts, and these by kind: beside their like they compress better."""
    sections = [section for page in pages for section in page["sections"]]
    texts = {spoken: [it["text"].get(spoken, "") for it in sections] for spoken in ("ko", "en")}
    texts |= {kind: [it[kind] for it in sections] for kind in ("code", "said", "about", "asked")}
    bare = [
        {**page, "sections": [{key: it[key] for key in ("id", "title")} for it in page["sections"]]}
        for page in pages
    ]
    return {"pages": bare, "texts": texts}


def _names(root: Path) -> list[list[str]]:
    """Words that mean the same, in lower case."""
    groups = tomllib.loads(_SYNONYMS.read_text(encoding="utf-8"))["same"]
    if path := find_settings(root).glossary:
        for term in read_glossary(path).terms:
            groups.append([term.stem, term.english, *term.variants, *term.synonyms])
    return [[name.lower() for name in group] for group in groups]


def _korean() -> dict[str, str]:
    return {
        "consonant": korean.AFTER_CONSONANT,
        "vowel": korean.AFTER_VOWEL,
        "rieul": korean.AFTER_RIEUL,
        "verb": korean.VERB,
        "tail": korean.TAIL,
    }
