"""What readers take away: the tools at the top of a page lead where they say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from bs4 import BeautifulSoup
from codeout import Project
from jinja2 import Environment, FileSystemLoader

from tests.site.browser.built import REPOSITORY
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.site.browser.built import Site

THEME = (
    ROOT / "theme" / "overrides",
    Path(pytest.importorskip("material").__file__).parent / "templates",
)
FORM = ROOT / ".github" / "ISSUE_TEMPLATE" / "problem.yml"
LESSONS = [file.stem for file in sorted((ROOT / "docs" / "basics").glob("*.md"))]


def tools(site: Site, address: str) -> dict[str, str]:
    """The links of the tools of a page, by their English words."""
    text = (site.folder / address / "index.html").read_text("utf-8")
    links = BeautifulSoup(text, "html.parser").select(".tools a")
    return {link.select("[lang=en]")[0].text: str(link["href"]) for link in links}


@pytest.mark.parametrize(
    "address", ["basics/", "basics/tensors/", "labs/fashion-mnist/", "labs/transfer/"]
)
def test_a_click_downloads_the_page(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(address)
    for form in ("ipynb", "py"):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=f"Download .{form}").click()
        name = waiting.value.suggested_filename
        assert name == f"{address.split('/')[-2].replace('basics', 'index')}.{form}"
        waiting.value.save_as(tmp_path / name)
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "import torch" in text
        assert form == "py" or json.loads(text)["nbformat"] == 4
    assert page.url.endswith(address)


def test_a_download_works_after_a_change_of_page(page: Page) -> None:
    page.goto("basics/tensors/")
    page.locator(".steps__next").click()
    page.wait_for_url("**/basics/data/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download .ipynb").click()
    assert waiting.value.suggested_filename == "data.ipynb"


def test_every_lesson_is_there_in_both_forms_with_links_to_the_site(site: Site) -> None:
    for lesson in LESSONS:
        folder = site.folder / "basics" / ("" if lesson == "index" else lesson)
        assert (folder / f"{lesson}.py").is_file()
        assert (folder / f"{lesson}.ipynb").is_file()
    assert f"]({site.url}basics/quickstart/)" in (site.folder / "basics/index.py").read_text(
        "utf-8"
    )


def test_links_come_from_the_address_of_the_repository(site: Site) -> None:
    found = tools(site, "basics/tensors")
    colab = REPOSITORY.replace("https://github.com", "https://colab.research.google.com/github")
    assert found["Open in Colab"] == f"{colab}/blob/notebooks/basics/tensors.ipynb"
    assert found["Edit this page"] == f"{REPOSITORY}/edit/main/docs/basics/tensors.md"
    assert found["Report a problem"].startswith(f"{REPOSITORY}/issues/new?")
    assert [*found] == [
        "Download .ipynb",
        "Download .py",
        "Open in Colab",
        "Edit this page",
        "Report a problem",
    ]


def test_a_report_begins_with_the_page_and_its_versions(site: Site) -> None:
    query = parse_qs(urlsplit(tools(site, "basics/tensors")["Report a problem"]).query)
    record = Project.open(ROOT).lock.get("docs/basics/tensors.md")
    assert record is not None
    assert query["template"] == [FORM.name]
    assert query["page"] == ["basics/tensors.md"]
    assert f"torch {record.versions['torch']}" in query["versions"][0]
    fields = {part.get("id") for part in yaml.safe_load(FORM.read_text("utf-8"))["body"]}
    assert set(query) - {"template"} < fields
    assert {"page", "block", "versions", "what"} == fields


def test_other_pages_are_edited_and_reported_alone(site: Site) -> None:
    assert [*tools(site, "engine/design")] == ["Edit this page", "Report a problem"]
    assert not tools(site, "")


def test_paper_has_no_tools(page: Page) -> None:
    page.goto("basics/tensors/")
    assert page.locator(".tools").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".tools").is_hidden()


def test_without_a_repository_the_downloads_are_left() -> None:
    """A site of which nobody knows where its source is."""
    template = Environment(loader=FileSystemLoader(THEME), autoescape=False).get_template(  # noqa: S701
        "partials/tools.html"
    )
    lesson = {"codeout_export": {"ipynb": "a.ipynb", "py": "a.py"}}
    page = {"meta": lesson, "url": "a/"}
    for nowhere in ("", None):
        text = template.render(page=page, config={"repo_url": nowhere})
        assert text.count("<a ") == text.count("download=") == 2
        assert template.render(page=page | {"meta": {}}, config={"repo_url": nowhere}).strip() == ""
