"""The page of all terms: comments become entries."""

from __future__ import annotations

import markdown
from bitext import Glossary, Term
from bitext.glossary_page import expand_comments

GLOSSARY = Glossary(
    (
        Term("텐서", "tensor", "텐서(tensor)", meaning="배열입니다.", meaning_en="An array."),
        Term("깊이", "depth", "깊이(depth)", meaning="길이입니다.", meaning_en="A length."),
        Term("계층", "layer", "계층(layer)", meaning="단계입니다.", meaning_en="A step."),
        Term("손실", "loss", "손실(loss)"),
        Term("GPU", "GPU", "GPU", meaning="장치입니다.", meaning_en="A device."),
    )
)
PLACES = '<p class="term-places" data-term="{}"></p>'


def test_entries_stand_in_the_order_of_the_korean_alphabet() -> None:
    assert expand_comments(["글", "<!-- bitext: terms -->"], GLOSSARY) == [
        *("글", "## G", ""),
        *("### GPU · GPU { #gpu }", "", "장치입니다.", "", "> A device.", ""),
        *(PLACES.format("gpu"), "", "## ㄱ { .bitext lang=ko }", ""),
        *("### 계층 · layer { #layer }", "", "단계입니다.", "", "> A step.", ""),
        *(PLACES.format("layer"), ""),
        *("### 깊이 · depth { #depth }", "", "길이입니다.", "", "> A length.", ""),
        *(PLACES.format("depth"), "", "## ㅌ { .bitext lang=ko }", ""),
        *("### 텐서 · tensor { #tensor }", "", "배열입니다.", "", "> An array.", ""),
        *(PLACES.format("tensor"), ""),
    ]


def test_the_index_stands_in_the_order_of_english() -> None:
    (index,) = expand_comments(["<!-- bitext: english terms -->"], GLOSSARY)
    items = [index.index(f'<a href="#{word}">') for word in ("depth", "gpu", "layer", "tensor")]
    assert items == sorted(items)
    assert '<a href="#depth">depth</a> <span class="bitext" lang="ko">깊이</span>' in index
    assert "loss" not in index


def test_other_lines_stay() -> None:
    lines = ["", " <!-- bitext: terms -->", "<!-- bitext: term -->", "a <!-- bitext: terms -->"]
    assert expand_comments(lines, GLOSSARY) == lines
    assert expand_comments(["<!-- bitext: terms -->"], Glossary()) == []


def test_a_page_of_terms_shows_them_and_does_not_lead_to_itself() -> None:
    """Where a fence shows the comment, it stays."""
    settings = {"bitext.glossary_links": {"glossary": "glossary.toml"}}
    names = ["attr_list", "pymdownx.superfences", "bitext.glossary_links"]
    md = markdown.Markdown(extensions=names, extension_configs=settings)
    html = md.convert("텐서(tensor)\n\n<!-- bitext: terms -->")
    assert '<h2 class="bitext" lang="ko">ㅌ</h2>' in html
    assert '<h3 id="tensor">텐서 · tensor</h3>' in html
    assert 'class="term"' not in html
    html = md.reset().convert("텐서(tensor)\n\n```\n<!-- bitext: terms -->\n```")
    assert "h3" not in html
    assert 'class="term"' in html
