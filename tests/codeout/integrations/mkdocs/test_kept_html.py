"""A server renders again only what has changed, and shows the same as a build from nothing."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from codeout.site.notes import TABLE
from mkdocs.structure.pages import Page

from tests.support.mkdocs_server import check_rebuild, noting_server, run_pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.folder import Folder

SETTINGS = "[tool.codeout]\npages = ['docs']\nexclude = ['docs/snippets']\n"
SITE = """
site_name: Site
theme: {name: null, custom_dir: theme}
plugins: [codeout]
exclude_docs: snippets
markdown_extensions:
- pymdownx.snippets: {base_path: [docs/snippets]}
- pymdownx.superfences
- pymdownx.tabbed: {alternate_style: true}
"""
ALL = ["index.md", "other.md", "verification.md", "words.md"]
TABLED = ["index.md", "verification.md"]
TEMPLATE = "{{ nav }}{{ page.title }}{{ page.toc }}{{ page.meta }}{{ page.content }}"


@pytest.fixture
def site(folder: Folder) -> Folder:
    """A site of a page that runs, one that includes a file, and the table of all pages."""
    folder.write("pyproject.toml", SETTINGS)
    folder.write("mkdocs.yml", SITE)
    folder.write("theme/main.html", TEMPLATE)
    folder.page("docs/index.md", ("print(1)", "1"))
    folder.write("docs/other.md", f'# Other\n\n--8<-- "part.md"\n\n[Up](index.md)\n\n`{TABLE}`\n')
    folder.write("docs/snippets/part.md", "A part.\n")
    folder.write("docs/verification.md", '--8<-- "table.md"\n')
    folder.write("docs/snippets/table.md", f"{TABLE}\n")
    folder.write("docs/words.md", "Words.\n")
    run_pages()
    return folder


@pytest.fixture
def rendered(site: Folder, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Builds as a server does, and returns the pages that were rendered."""
    found: list[str] = []
    render = Page.render

    def noted(page: Page, config: object, files: object) -> None:
        found.append(page.file.src_uri)
        render(page, config, files)  # type: ignore[arg-type]

    monkeypatch.setattr(Page, "render", noted)
    return noting_server(site, found)


@pytest.mark.parametrize(
    ("change", "pages"),
    [
        (lambda _: None, []),
        (lambda site: site.replace("docs/other.md", "Up", "Above"), ["other.md"]),
        (lambda site: site.replace("docs/words.md", "Words", "Prose"), ["words.md"]),
        (lambda site: site.replace("docs/snippets/part.md", "part", "piece"), ["other.md"]),
        (lambda site: site.write("docs/new.md", "New.\n"), [*ALL[:1], "new.md", *ALL[1:]]),
        (lambda site: site.replace("mkdocs.yml", "Site", "Place"), ALL),
        (lambda site: site.write("theme/codeout/made.html", "Made."), ALL),
        (lambda site: site.replace("docs/index.md", "print(1)", "print(2)"), TABLED),
    ],
)
def test_what_has_changed_is_rendered_again_and_nothing_else(
    site: Folder,
    rendered: Callable[[], list[str]],
    change: Callable[[Folder], None],
    pages: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CODEOUT_STALE", "ignore")
    check_rebuild(site, rendered, change, pages, first=ALL)


def test_a_page_whose_record_has_changed_is_rendered_again(
    site: Folder, rendered: Callable[[], list[str]]
) -> None:
    rendered()
    site.replace("codeout.lock", "seconds = ", "seconds = 1")
    assert rendered() == TABLED


def test_a_page_with_a_warning_warns_in_every_build(
    site: Folder, rendered: Callable[[], list[str]], caplog: pytest.LogCaptureFixture
) -> None:
    site.replace("docs/other.md", "index.md", "nowhere.md")
    for _ in range(2):
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            assert "other.md" in rendered()
        assert "nowhere.md" in caplog.text
