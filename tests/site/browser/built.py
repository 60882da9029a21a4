"""The built site: where its files are, and how it is made."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.site.browser.stock import stock_settings
from tests.support.mkdocs_build import build
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = "http://course.localhost/course/"  # Chromium trusts localhost as it trusts https
ZENSICAL_ADDRESS = "http://zensical.localhost/course/"
STOCK_ADDRESS = "http://stock.localhost/course/"
REPOSITORY = "https://github.com/example/course"


@dataclass(frozen=True)
class Site:
    """The built site.

    Attributes:
        folder: Where its files are.
        url: Where it is served; ends with a slash.
    """

    folder: Path
    url: str

    def pages(self) -> list[str]:
        """The addresses of all pages, relative to the site's."""
        text = (self.folder / "sitemap.xml").read_text(encoding="utf-8")
        return [url.removeprefix(self.url) for url in re.findall("<loc>(.*?)</loc>", text)]


def build_site(generator: str, folder: Path, url: str) -> None:
    """Build the site of this repository.

    Args:
        generator: ``mkdocs``, ``properdocs`` or ``zensical``; or ``stock``, for Material by itself.
        folder: Where its files will be.
        url: Where it will be served.
    """
    settings = {"SITE_URL": url, "REPO_URL": REPOSITORY}
    if generator == "zensical":
        _build_with_zensical(folder, settings)
        return
    if generator == "stock":
        below = folder.with_suffix(".settings")
        below.mkdir()
        (below / "mkdocs.yml").write_text(stock_settings(url), encoding="utf-8")
        build(below, "--site-dir", str(folder))
        return
    words = ["--config-file", "mkdocs.yml", "--site-dir", str(folder)]
    build(ROOT, *words, generator=generator, environment=settings)


def _build_with_zensical(folder: Path, settings: dict[str, str]) -> None:
    """Build in the repository, for Zensical builds nowhere else, and move what was built."""
    below = ROOT / "build" / "zensical"
    settings = {**settings, "SITE_DIR": str(below)}
    build(ROOT, "--clean", generator="zensical", environment=settings)
    for words in (["-m", "codeout", "site"], ["theme/finish.py"]):
        subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=os.environ | settings,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    shutil.move(below, folder)
