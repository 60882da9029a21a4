"""While this site is served, a save renders the page that was saved, and nothing else."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from codeout.fs.digest import digest_file
from codeout.integrations.mkdocs import kept_files
from codeout.serve.mkdocs import WANTED
from codeout.site import kept_pages
from jinja2 import Template
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from tests.support.mkdocs_server import build_for_server, start_server
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from tests.support.folder import Folder

FOLDERS = ["docs", "snippets", "theme"]
FILES = ["README.md", "CONTRIBUTING.md"]
SETTINGS = ["mkdocs.yml", "pyproject.toml", "glossary.toml", "codeout.lock"]
LESSON = "basics/tensors.md"
PLACE = "## References { data-ko"
GENERAL = {"404.html", "sitemap.xml"}  # belong to no page


class Served:
    """This site, as a server builds it.

    Attributes:
        done: What was rendered, filled into the template and copied in the last build.
    """

    def __init__(self, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self.done: tuple[set[str], set[str], set[str]] = (set(), set(), set())
        render, fill, copy = Page.render, Template.render, File.copy_file

        def rendered(page: Page, *args: Any) -> None:
            self.done[0].add(page.file.src_uri)
            render(page, *args)

        def filled(template: Template, *args: Any, **kwargs: Any) -> str:
            page = args[0].get("page") if args and template.name == "main.html" else None
            if page or template.name in GENERAL:
                self.done[1].add(page.file.src_uri if page else str(template.name))
            return fill(template, *args, **kwargs)

        def copied(file: File, *args: Any) -> None:
            self.done[2].add(file.src_uri)
            copy(file, *args)

        monkeypatch.setattr(Page, "render", rendered)
        monkeypatch.setattr(Template, "render", filled)
        monkeypatch.setattr(File, "copy_file", copied)
        start_server(folder)

    def build(self) -> tuple[set[str], set[str], set[str]]:
        """Build the site; returns what was done."""
        for each in self.done:
            each.clear()
        build_for_server(self._folder)
        return self.done

    def files(self) -> dict[str, str]:
        """The digests of what is built at once; what readers can download comes later."""
        site = self._folder.root / "site"
        names = (*site.rglob("*.html"), *site.rglob("assets/*"), site / "search/index.json")
        return {str(file): digest_file(file) for file in names if file.is_file()}


@pytest.fixture
def served(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Served:
    """A copy of this site, which a server has not built yet."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder.root / name)
    for name in (*FILES, *SETTINGS):
        shutil.copy(ROOT / name, folder.root / name)
    monkeypatch.setenv(WANTED, str(folder.write("wanted", "0")))
    monkeypatch.setenv("CODEOUT_STALE", "ignore")
    monkeypatch.setattr(kept_files, "COARSEST", 0)
    monkeypatch.setattr(kept_pages, "COARSEST", 0)
    return Served(folder, monkeypatch)


def test_a_save_renders_one_page_and_a_title_changes_all(folder: Folder, served: Served) -> None:
    rendered, filled, copied = (len(each) for each in served.build())
    assert rendered == filled - len(GENERAL) > 20
    assert copied > 100
    assert served.build() == (set(), GENERAL, set())

    folder.replace(f"docs/{LESSON}", PLACE, f"한 문장.\n\n> A sentence.\n\n{PLACE}")
    assert served.build() == ({LESSON}, {LESSON, *GENERAL}, set())

    folder.replace("docs/index.md", "# ", "# Another ")
    folder.replace("mkdocs.yml", "4. 변환", "4. 다른 이름")
    folder.replace("glossary.toml", "tensor", "tensors")
    done = served.build()
    assert len(done[1]) == filled, "each page shows the navigation"
    kept = served.files()
    start_server(folder)
    served.build()
    differing = served.files().items() ^ kept.items()
    assert not differing
