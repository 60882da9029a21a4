"""The hook in ``theme/glossary.py``: the glossary leads back to where terms are explained."""

from __future__ import annotations

import re

import pytest

from tests.support.folder import Folder
from tests.support.mkdocs_build import build
from tests.support.paths import ROOT

HOOK = ROOT / "theme" / "glossary.py"
SITE = f"""
site_name: test
validation: {{links: {{absolute_links: relative_to_docs}}}}
nav:
  - 홈 · Home: index.md
  - terms.md
  - Lessons:
      - 1. 나중 & 처음 · Late: z/late.md
      - Plain: a.md
markdown_extensions: [attr_list, toc, bitext.glossary_links: {{page: /terms.md}}]
hooks: [{HOOK.as_posix()}]
"""
GLOSSARY = """
[[term]]
korean = "텐서"
english = "tensor"
meaning = "배열입니다."
meaning_en = "An array."

[[term]]
korean = "계층"
english = "layer"
meaning = "단계입니다."
meaning_en = "A step."
"""
LINK = re.compile(r'<a class="bitext" lang="(..)" href="([^"]*)">([^<]*)</a>')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A site that MkDocs has built, strictly: each link that it checks leads somewhere."""
    folder = Folder(tmp_path_factory.mktemp("site"))
    folder.write("mkdocs.yml", SITE)
    folder.write("glossary.toml", GLOSSARY)
    folder.write("docs/index.md", "# Home\n\n텐서")
    folder.write("docs/terms.md", "# Terms\n\n<!-- bitext: terms -->\n")
    folder.write("docs/z/late.md", "# Late\n\n## Part\n\n텐서(tensor)\n\n> text")
    folder.write("docs/a.md", "# A\n\n텐서(tensor)\n\n> tensor")
    build(folder.root)
    return folder


def test_an_entry_leads_back_in_both_languages(site: Folder) -> None:
    """In the order of the navigation; without a place in the English, to the section."""
    page = site.read("site/terms/index.html")
    assert LINK.findall(page) == [
        ("ko", "../z/late/#term-tensor", "나중 &amp; 처음"),
        ("en", "../z/late/#part", "Late"),
        ("ko", "../a/#term-tensor", "Plain"),
        ("en", "../a/#term-tensor-en", "Plain"),
    ]
    assert '<li>1. <a class="bitext" lang="ko"' in page


def test_where_no_page_explains_a_term_nothing_is_left(site: Folder) -> None:
    _, layer, tensor = site.read("site/terms/index.html").split("<h3")
    assert "term-places" in tensor
    assert "term-places" not in layer


def test_the_pages_lead_to_the_entries(site: Folder) -> None:
    assert 'href="../../terms/#tensor"' in site.read("site/z/late/index.html")
    assert 'id="tensor"' in site.read("site/terms/index.html")
