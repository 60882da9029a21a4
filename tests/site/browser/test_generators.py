"""ProperDocs, the successor of MkDocs, builds the same pages from the same ``mkdocs.yml``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.site.browser.built import ADDRESS, build_site

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.site.browser.built import Site


def article(file: Path) -> str:
    """What a page says."""
    return file.read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]


def test_properdocs_builds_the_same_articles(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    build_site("properdocs", tmp_path, ADDRESS)  # first: another process may be building the site
    site: Site = request.getfixturevalue("site")
    for page in site.pages():
        ours, theirs = (folder / page / "index.html" for folder in (site.folder, tmp_path))
        assert article(ours) == article(theirs), page
        assert len(article(ours)) > 1000
