"""Prose outside its site: headings without attribute lists, links that lead somewhere."""

from __future__ import annotations

import pytest
from codeout.export.prose import beside, on_site, plain, sections
from hypothesis import given
from hypothesis import strategies as st

SITE = {"index.md": "", "basics/index.md": "basics/", "labs/lab.ipynb": "labs/lab/"}


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('# Title { data-ko="제목" }', "# Title · 제목"),
        ("# Title {: #id .wide data-ko='제목' }", "# Title · 제목"),
        ('## Same { data-ko="Same" }', "## Same"),
        ("## Title { data-ko }", "## Title"),
        ("### Title { #id }", "### Title"),
        ("# Title", "# Title"),
        ("# A set {a} is no list", "# A set {a} is no list"),
        ("#no-heading { #id }", "#no-heading { #id }"),
        ('Text { data-ko="글" }', 'Text { data-ko="글" }'),
    ],
)
def test_a_heading_loses_its_attributes_and_keeps_its_translation(line: str, shown: str) -> None:
    assert plain(line, beside(""), ["data-ko"]) == shown


def test_translations_follow_in_the_order_of_the_setting() -> None:
    line = '# One { data-fr="Un" data-ko="하나" }'
    assert plain(line, beside(""), ["data-ko", "data-fr"]) == "# One · 하나 · Un"
    assert plain(line, beside("")) == "# One"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[a](b.md)", "a"),
        ("[`a[0]`](b.md#c)", "`a[0]`"),
        ("![the words](b.png)", "*the words*"),
        ("[![the words](b.png)](c.md)", "*the words*"),
        ("[a](https://example.org)", "[a](https://example.org)"),
        ("[a](//example.org)", "[a](//example.org)"),
        ("[a](mailto:a@b.c)", "[a](mailto:a@b.c)"),
        ("`[a](b.md)` [c](d.md)", "`[a](b.md)` c"),
        ("```\n[a](b.md)\n```\n[c](d.md)", "```\n[a](b.md)\n```\nc"),
    ],
)
def test_without_an_address_what_leads_nowhere_is_its_words(text: str, shown: str) -> None:
    assert plain(text, beside("")) == shown


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("index.md", "https://example.org/c/basics/"),
        ("../index.md#a", "https://example.org/c/#a"),
        ("../labs/lab.ipynb", "https://example.org/c/labs/lab/"),
        ("#here", "https://example.org/c/basics/#here"),
        ("missing.md", ""),
    ],
)
def test_links_of_a_site_lead_to_its_pages(target: str, address: str) -> None:
    assert on_site("https://example.org/c/", "basics/index.md", SITE)(target) == address
    assert on_site("", "basics/index.md", SITE)(target) == ""


def test_a_section_begins_at_each_heading_outside_of_fences() -> None:
    text = "a\n\n# b\n\n```\n# c\n```\n\n## d"
    assert [*sections(text)] == ["a\n", "# b\n\n```\n# c\n```\n", "## d"]


@given(st.text(alphabet="ab#`~[]()!{}<>:.\\ \n", max_size=60))
def test_sections_are_all_of_the_text(text: str) -> None:
    assert "\n".join(sections(text)) == text


@given(st.text(alphabet="ab `~!.*\n가", max_size=60))
def test_text_without_links_and_attributes_stays(text: str) -> None:
    assert plain(text, beside("https://example.org")) == text


@pytest.mark.parametrize("text", ["[" * 5000, "[`" * 3000, "![" * 3000, "`" * 5000, "[a](" * 2000])
def test_hostile_text_takes_no_time(text: str) -> None:
    assert plain(text, beside("")) == text
