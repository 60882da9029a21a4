"""What search engines and chats are told of the site's pages."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from PIL import Image

if TYPE_CHECKING:
    from tests.site.browser.built import Site

CARD = (1200, 630)
CODE = re.compile(r"^[> ]*(```+).*?^[> ]*\1 *$|(`+)[^`].*?\2", re.MULTILINE | re.DOTALL)


def html(site: Site, page: str) -> str:
    return (site.folder / page / "index.html").read_text(encoding="utf-8")


def properties(site: Site, page: str) -> dict[str, str]:
    """Open Graph's properties of a page."""
    found = re.findall(r'<meta property="og:([a-z_:]+)" content="([^"]*)">', html(site, page))
    return {name: unescape(content) for name, content in found}


def structured(site: Site, page: str) -> list[Any]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html(site, page))
    return [json.loads(text) for text in found]


def test_the_sitemap_lists_every_page(site: Site) -> None:
    every = site.folder.rglob("index.html")
    files = [file for file in every if "noindex" not in file.read_text(encoding="utf-8")]
    pages = {f"{file.parent.relative_to(site.folder).as_posix()}/" for file in files}
    assert {page or "./" for page in site.pages()} == pages


def test_every_page_can_be_shown_elsewhere(site: Site) -> None:
    titles = set()
    for page in site.pages():
        told = properties(site, page)
        assert told["url"] == site.url + page
        assert f'<link rel="canonical" href="{told["url"]}">' in html(site, page)
        assert told["description"]
        assert told["locale"] == ("en_US" if page.startswith("engine/") else "ko_KR")
        titles.add(told["title"])
    assert len(titles) == len(site.pages())


def test_the_picture_is_there_and_has_the_size_that_is_told(site: Site) -> None:
    told = properties(site, "")
    file = site.folder / told["image"].removeprefix(site.url)
    with Image.open(file) as picture:
        assert picture.size == CARD
    assert (int(told["image:width"]), int(told["image:height"])) == CARD
    assert file.stat().st_size < 60_000


def test_lessons_are_told_in_both_languages(site: Site) -> None:
    lessons = [page for page in site.pages() if page.startswith("basics/")]
    places = []
    for page in lessons:
        (data,) = structured(site, page)
        assert data["@type"] == "LearningResource"
        for key in ("name", "description"):
            assert [text["@language"] for text in data[key]] == ["ko", "en"], page
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", data["dateModified"])
        places.append(data["position"])
    assert sorted(places) == [*range(len(lessons))]


def test_the_course_names_its_parts(site: Site) -> None:
    (home,) = structured(site, "")
    parts = {part["url"] for part in home["@graph"][1]["hasPart"]}
    inside = ("basics/", "labs/")
    assert parts == {site.url + page for page in site.pages() if page.startswith(inside)}


def test_the_verification_leads_to_the_pages_that_run(site: Site) -> None:
    page = html(site, "verification")
    links = set(re.findall(r'<th scope="row"><a href="([^"]*)">', page))
    assert {"../", "../basics/tensors/", "../labs/fashion-mnist/", "../engine/writing/"} <= links
    assert all((site.folder / "verification" / link / "index.html").exists() for link in links)


def test_a_page_tells_once_how_its_outputs_were_made(site: Site) -> None:
    for page in site.pages():
        whole = html(site, page)
        shows_outputs = "codeout-cell" in whole or "notebook-out" in whole
        assert whole.count('<details class="codeout-made"') == shows_outputs, page


def test_no_page_holds_what_steers_codeout(site: Site) -> None:
    for page in site.pages():
        assert not re.search(r"<!--\s*(codeout|pytest)", html(site, page)), page


def prose(site: Site, page: str) -> str:
    """The Markdown of a page without its code."""
    text = (site.folder / page / "index.md").read_text(encoding="utf-8")
    return CODE.sub("", text)


def test_every_page_is_there_as_markdown_and_listed(site: Site) -> None:
    listed = (site.folder / "llms.txt").read_text(encoding="utf-8")
    for page in site.pages():
        text = prose(site, page)
        assert text.startswith("# "), page
        assert not re.search("<!-- *(codeout|pytest)", text), page
        assert f"({site.url}{page}index.md): " in listed
    assert listed.count("\n- ") == len(site.pages())


def test_links_in_markdown_lead_to_files_of_the_site(site: Site) -> None:
    for page in site.pages():
        for link in re.findall(r"\]\(([^()\s:#?]+)(?:#[^()]*)?\)", prose(site, page)):
            assert (site.folder / page / unquote(link)).is_file(), (page, link)
