"""``bitext.glossary_links``: terms lead to the glossary where a page explains them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import markdown
import pytest
from bitext import GlossaryError, load, read_glossary
from bitext.glossary_links import address_from
from bitext.inline import read_inline
from bitext.rules.wording import korean_texts
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.documents import documents
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

FILE = ROOT / "glossary.toml"
GLOSSARY = read_glossary(FILE)
PAGES = sorted((ROOT / "docs").rglob("*.md"))
NAMES = "admonition attr_list def_list footnotes md_in_html tables toc"
OTHERS = [*NAMES.split(), *map("pymdownx.{}".format, ("details", "superfences", "tabbed"))]
PLAIN = markdown.Markdown(extensions=OTHERS)
LINKED = markdown.Markdown(
    extensions=[*OTHERS, "bitext.glossary_links"],
    extension_configs={"bitext.glossary_links": {"glossary": FILE}},
)
LINK = re.compile(r'<a class="term" href="([^"]*)" id="([^"]*)" title="([^"]*)">([^<]*)</a>')
LINK_TEXT = re.compile(r"(?<!!)\[[^\]]*\]\([^)]*\)")
TEXT = st.sampled_from(
    [
        "텐서(tensor)와 텐서(tensor)",
        "**손실 함수**(loss function)의 손실(loss)",
        "> A tensor, a loss function, losses, `shape`",
        "- 상태 사전(`state_dict`)\n- [변화도(gradient)](a.md)와 변화도(gradient)",
        "> - state dict\n> - the gradients",
        "| 모양(shape) | `모양(shape)` |\n| - | - |\n| 잎(leaf) 텐서 | <b>장치</b>(device) |",
        "> | shape | `shape` |\n> | - | - |\n> | leaf tensors | device |",
        "# 텐서(tensor)",
        "텐서 \\(tensor) 행렬(matrix&copy;) ![텐서(tensor)](a.png) 인자(argument)<br>텐서",
    ]
)
PAGE = st.lists(TEXT, max_size=8).map("\n\n".join)
ANY_TEXT = st.one_of(PAGE, documents().map(lambda data: data.decode("utf-8", "replace")))
generated = settings(deadline=None, max_examples=150)


def render(source: str) -> str:
    return str(LINKED.reset().convert(source))


def ids(source: str) -> list[str]:
    """Where the glossary can lead back to, in the order of the page."""
    return [match[2].removeprefix("term-") for match in LINK.finditer(render(source))]


def without_links(html: str) -> str:
    return LINK.sub(r"\4", html)


def test_a_link_leads_to_the_entry_and_says_what_the_term_means() -> None:
    html = render("텐서(tensor)를 봅니다.\n\n> See tensors.")
    (korean, english) = LINK.findall(html)
    (tensor,) = (term for term in GLOSSARY.terms if term.english == "tensor")
    assert korean == ("/glossary.md#tensor", "term-tensor", tensor.meaning, "텐서")
    assert english == ("/glossary.md#tensor", "term-tensor-en", tensor.meaning_en, "tensors")


def test_a_title_shows_code_without_its_marks() -> None:
    assert "dtype" in render("자료형(data type)")
    assert "`" not in render("자료형(data type)")


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("텐서(tensor)와 텐서(tensor)\n\n텐서(tensor)", ["tensor"]),
        ("텐서와 텐서(tensor)", ["tensor"]),
        ("텐서", []),
        ("**텐서**(tensor)", ["tensor"]),
        ("상태 사전(`state_dict`)", ["state-dict"]),
        ("손실 함수(loss function)의 손실(loss)", ["loss-function", "loss"]),
        ("제자리(in-place)", ["in-place"]),
        ("- 텐서(tensor)\n\n    글", ["tensor"]),
        ("| 텐서(tensor) |\n| - |\n| 모양(shape) |", ["tensor", "shape"]),
        ('=== "Code"\n\n    텐서(tensor)', ["tensor"]),
        ('!!! note "모양(shape)"\n\n    텐서(tensor)', ["tensor"]),
        ('??? note "모양(shape)"\n\n    텐서(tensor)', ["tensor"]),
        ("# 텐서(tensor)\n\n글", []),
        ("`텐서(tensor)`", []),
        ("```\n텐서(tensor)\n```", []),
        ("[텐서(tensor)](a.md)", []),
        ("[텐서(tensor)](a.md) 텐서(tensor)", ["tensor"]),
        ("![텐서(tensor)](a.png)", []),
        ("<figure markdown><figcaption>텐서(tensor)</figcaption></figure>", []),
        ("<!-- 텐서(tensor) -->", []),
        ("> 텐서(tensor)", []),
    ],
)
def test_korean(source: str, found: list[str]) -> None:
    assert ids(source) == found


@pytest.mark.parametrize(
    ("korean", "english", "found"),
    [
        ("텐서(tensor)", "> A tensor and a tensor.", ["tensor-en"]),
        ("텐서(tensor)", "> `tensor` tensor", ["tensor-en"]),
        ("텐서(tensor)", "> `tensor`", []),
        ("텐서(tensor)", "> [tensor](a.md) and **Tensors**", ["tensor-en"]),
        ("텐서(tensor)", "> The shape.", []),
        ("손실(loss)", "> The loss function gives the loss.", ["loss-en"]),
        ("텐서(tensor)", "tensor", []),
        ("텐서(tensor)\n\n글", "> tensor", []),
        ("- 텐서(tensor)\n\n    > tensor\n\n- 둘", "> two", ["tensor-en"]),
        ("- 하나\n- 텐서(tensor)\n\n    > tensor", "", ["tensor-en"]),
        ("- 하나\n- 텐서(tensor)", "> - one\n> - tensor", ["tensor-en"]),
        ("| 텐서(tensor) |\n| - |\n| 글 |", "> | tensor |\n> | - |\n> | text |", ["tensor-en"]),
        ('!!! note "글"\n\n    텐서(tensor)\n\n    > tensor', "", ["tensor-en"]),
        ('!!! note "글"\n\n    텐서(tensor)', "> tensor", []),
        ('<div lang="ko" markdown>\n\n텐서(tensor)\n\n</div>', "> tensor", ["tensor-en"]),
        ("<div markdown>\n\n텐서(tensor)\n\n</div>", "> tensor", []),
    ],
)
def test_english(korean: str, english: str, found: list[str]) -> None:
    assert [each for each in ids(f"{korean}\n\n{english}") if each.endswith("-en")] == found


def test_pages_do_not_share_what_they_have_explained() -> None:
    assert ids("텐서(tensor)") == ids("텐서(tensor)") == ["tensor"]


@generated
@given(ANY_TEXT)
def test_nothing_but_links_is_added(source: str) -> None:
    """So a page that explains no term comes out byte for byte as without the extension."""
    assert without_links(render(source)) == PLAIN.reset().convert(source)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_stand_where_the_check_takes_a_term_for_explained(page: Path) -> None:
    if page.name == "glossary.md":
        return
    source = page.read_text(encoding="utf-8").split("---\n", 2)[2]
    explained = {
        use.term.anchor
        for block in korean_texts(load(page))
        for use in GLOSSARY.uses(read_inline(LINK_TEXT.sub("", block.text)).prose_and_code)
        if use.explained
    }
    found = [each for each in ids(source) if not each.endswith("-en")]
    assert len(set(found)) == len(found)
    assert set(found) == explained
    assert without_links(render(source)) == PLAIN.reset().convert(source)


def test_a_term_without_a_meaning_leads_nowhere(tmp_path: Path) -> None:
    file = tmp_path / "terms.toml"
    file.write_text("[[term]]\nkorean = '텐서'\nenglish = 'tensor'", encoding="utf-8")
    settings = {"bitext.glossary_links": {"glossary": str(file)}}
    html = markdown.markdown(
        "텐서(tensor)", extensions=["bitext.glossary_links"], extension_configs=settings
    )
    assert html == "<p>텐서(tensor)</p>"


def test_the_page_of_the_terms_has_any_address() -> None:
    settings = {"bitext.glossary_links": {"glossary": FILE, "page": "../terms/"}}
    html = markdown.markdown(
        "텐서(tensor)", extensions=["bitext.glossary_links"], extension_configs=settings
    )
    assert 'href="../terms/#tensor"' in html


def test_a_glossary_that_is_not_there(tmp_path: Path) -> None:
    settings = {"bitext.glossary_links": {"glossary": str(tmp_path / "none.toml")}}
    with pytest.raises(GlossaryError, match="No such file"):
        markdown.markdown("", extensions=["bitext.glossary_links"], extension_configs=settings)


@pytest.mark.parametrize(
    ("source", "page", "address"),
    [
        ("", "/glossary.md", "/glossary.md"),
        ("index.md", "/glossary.md", "glossary.md"),
        ("a/b.md", "/glossary.md", "../glossary.md"),
        ("a/b.md", "/a/words.md", "words.md"),
        ("a/b.md", "words.md", "words.md"),
    ],
)
def test_a_page_links_from_where_it_is(source: str, page: str, address: str) -> None:
    assert address_from(source, page) == address
