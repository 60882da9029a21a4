"""The READMEs of the packages: their examples do what they say, and they stand by themselves."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from tests.support.folder import Folder

PACKAGES = ("bitext", "codeout")
FENCE = re.compile(r"(?ms)^(?P<ticks>`{3,})(?P<language>\w+)\n(?P<text>.*?)^(?P=ticks)$")


def blocks(name: str, language: str) -> list[str]:
    """The blocks of a README that are in one language."""
    text = (ROOT / "packages" / name / "README.md").read_text(encoding="utf-8")
    return [found["text"] for found in FENCE.finditer(text) if found["language"] == language]


def run(*words: str) -> tuple[int, str]:
    """The exit status of a module, and what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", *words], stdout=subprocess.PIPE, text=True, check=False
    )
    return done.returncode, done.stdout


def test_the_example_of_codeout(folder: Folder) -> None:
    before, after = blocks("codeout", "markdown")
    (report,) = blocks("codeout", "text")
    page = folder.write("page.md", before)
    assert run("codeout", "run", "page.md")[0] == 0
    assert folder.read("page.md") == after
    status, told = run("codeout", "check", "page.md")
    assert status == 0
    assert "1 true" in told
    folder.write("page.md", after.replace('"a"', '"c"'))
    assert run("codeout", "check", page.name) == (1, report)


def test_the_example_of_bitext(folder: Folder) -> None:
    (source,) = blocks("bitext", "markdown")
    (report,) = blocks("bitext", "text")
    (code,) = blocks("bitext", "python")
    (html,) = blocks("bitext", "html")
    folder.write("page.md", source)
    assert run("bitext", "check", "page.md") == (1, report)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode() == html


@pytest.mark.parametrize("name", PACKAGES)
def test_a_readme_has_no_links_into_the_repository(name: str) -> None:
    """An index shows it elsewhere."""
    for file in ("README.md", "CHANGELOG.md"):
        text = (ROOT / "packages" / name / file).read_text(encoding="utf-8")
        assert not re.search(r"\]\((?!https://)", FENCE.sub("", text))


def test_the_readme_of_codeout_names_every_command() -> None:
    from codeout.cli.group import NAMES

    text = (ROOT / "packages" / "codeout" / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `codeout (\w+)`", text, re.MULTILINE)) == set(NAMES)
