"""The built site: where its files are, and how it is made."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.support.mkdocs_build import build
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = "http://course.localhost/course/"  # Chromium trusts localhost as it trusts https
ZENSICAL_ADDRESS = "http://zensical.localhost/course/"
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
    """Build the site of this repository, with ``mkdocs`` or with ``properdocs``."""
    words = ["--config-file", "mkdocs.yml", "--site-dir", str(folder)]
    settings = {"SITE_URL": url, "REPO_URL": REPOSITORY}
    build(ROOT, *words, generator=generator, environment=settings)


ZENSICAL = ROOT / "build" / "zensical"
"""Where the site of Zensical is, which builds only below the configuration."""


def build_with_zensical(url: str) -> None:
    """Build the site of this repository with Zensical."""
    settings = {"SITE_URL": url, "REPO_URL": REPOSITORY, "SITE_DIR": str(ZENSICAL)}
    build(ROOT, "--clean", generator="zensical", environment=settings)
    for words in (["-m", "codeout", "site"], ["theme/finish.py"]):
        subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=os.environ | settings,
            check=True,
            stdout=subprocess.DEVNULL,
        )
