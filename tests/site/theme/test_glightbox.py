"""The hook in ``theme/glightbox.py``: the files that ``figures.js`` asks for are on the site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.support.mkdocs_build import build
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from tests.support.folder import Folder

THEME = ROOT / "theme"
SITE = f"""
site_name: test
theme: {{name: material, font: false}}
plugins: []
hooks: [{(THEME / "glightbox.py").as_posix()}]
"""


def test_files_are_copied_and_pages_stay_as_they_are(folder: Folder) -> None:
    folder.write("docs/index.md", "![a dot](dot.png)\n")
    folder.write("docs/dot.png", "")
    folder.write("mkdocs.yml", SITE)
    build(folder.root)
    asked = re.findall(
        r'"(assets/[^"]+)"',
        (THEME / "overrides/assets/javascripts/figures.js").read_text(encoding="utf-8"),
    )
    assert len(asked) == 2
    site = folder.root / "site"
    assert all((site / name).stat().st_size for name in asked)
    assert "MIT" in (site / "assets/javascripts/glightbox/LICENSE.md").read_text(encoding="utf-8")
    assert "glightbox" not in (site / "index.html").read_text(encoding="utf-8")
