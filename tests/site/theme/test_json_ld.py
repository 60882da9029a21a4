"""The hook in ``theme/json_ld.py`` and the partial ``meta.html``: what others show of a page."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from tests.support.folder import Folder

THEME = ROOT / "theme"
SITE = f"""
site_name: 강좌 · Course
site_url: SITE_URL
theme: {{name: null, custom_dir: theme}}
hooks: [{(THEME / "json_ld.py").as_posix()}]
nav:
  - 홈 · Home: index.md
  - 2. <텐서> · "Tensors": basics/tensors.md
  - 실습 · Lab: labs/lab.md
  - guide.md
"""
HOME = "---\ndescription: 모두\ndescription_en: all\n---\n"
LESSON = "---\ndescription: 텐서를 \"배웁니다\" & </script>\ncodeout: {date: '2026-01-02'}\n---\n"
NAMED = [{"@language": "ko", "@value": "강좌"}, {"@language": "en", "@value": "Course"}]


@pytest.fixture(params=["https://example.org/course/", "''"])
def site(folder: Folder, request: pytest.FixtureRequest) -> Folder:
    """A built site that knows its address, and one that does not."""
    folder.write("mkdocs.yml", SITE.replace("SITE_URL", request.param))
    folder.write("theme/main.html", '{% include "partials/meta.html" %}')
    meta = (THEME / "overrides" / "partials" / "meta.html").read_text(encoding="utf-8")
    folder.write("theme/partials/meta.html", meta)
    folder.write("docs/index.md", HOME)
    folder.write("docs/basics/tensors.md", LESSON)
    folder.write("docs/labs/lab.md", "Text.\n")
    folder.write("docs/guide.md", "# Guide\n")
    build(load_config(str(folder.root / "mkdocs.yml")))
    return folder


def structured(site: Folder, page: str) -> Any:
    (text,) = re.findall(r"<script type=\"application/ld\+json\">(.*?)</script>", html(site, page))
    return json.loads(text)


def html(site: Folder, page: str) -> str:
    return site.read(f"site/{page}index.html")


def address(site: Folder, page: str) -> dict[str, str]:
    """What tells the address of a page, where the site knows its own."""
    known = "https" in site.read("mkdocs.yml")
    return {"url": f"https://example.org/course/{page}"} if known else {}


def test_a_lesson_is_a_part_of_the_course(site: Folder) -> None:
    assert structured(site, "basics/tensors/") == {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "name": [
            {"@language": "ko", "@value": "<텐서>"},
            {"@language": "en", "@value": '"Tensors"'},
        ],
        "description": [{"@language": "ko", "@value": '텐서를 "배웁니다" & </script>'}],
        "position": 2,
        "inLanguage": ["ko", "en"],
        "isAccessibleForFree": True,
        "learningResourceType": "tutorial",
        "educationalLevel": "beginner",
        "dateModified": "2026-01-02",
        "isPartOf": {"@type": "Course", "name": NAMED, **address(site, "")},
        **address(site, "basics/tensors/"),
    }


def test_a_lab_that_never_ran_has_no_date_and_no_number(site: Folder) -> None:
    lab = structured(site, "labs/lab/")
    assert lab["learningResourceType"] == "lab"
    assert not {"dateModified", "position", "description"} & set(lab)


def test_the_home_page_is_the_site_and_the_course_with_its_parts(site: Folder) -> None:
    website, course = structured(site, "")["@graph"]
    assert website == {"@type": "WebSite", "name": NAMED, **address(site, "")}
    assert course["@type"] == "Course"
    assert [text["@value"] for text in course["description"]] == ["모두", "all"]
    assert [part["name"][1]["@value"] for part in course["hasPart"]] == ['"Tensors"', "Lab"]


def test_other_pages_are_no_part_of_the_course(site: Folder) -> None:
    assert "ld+json" not in html(site, "guide/")


def test_titles_and_descriptions_are_escaped(site: Folder) -> None:
    page = html(site, "basics/tensors/")
    assert 'content="텐서를 &#34;배웁니다&#34; &amp; &lt;/script&gt;"' in page


def test_a_site_that_does_not_know_its_address_gives_none(site: Folder) -> None:
    for page in ("", "basics/tensors/", "guide/"):
        known = bool(address(site, page))
        found = re.findall(r"https?://[^\"]+", html(site, page).replace("https://schema.org", ""))
        assert bool(found) == known
        assert ("og:image" in html(site, page)) == known
