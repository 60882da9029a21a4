"""``make text``: the site is shown with what it stands on alone, without what the pages import."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

# Forbids some imports, then builds the site.
BUILD = """
import sys

class Forbidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in set(sys.argv[1].split()):
            raise ImportError(f"{name} is not there without torch")

sys.meta_path.insert(0, Forbidden())
from mkdocs.__main__ import cli

cli(["build", "--strict", "--site-dir", sys.argv[2]])
"""


def libraries(part: str) -> set[str]:
    """The names in a part of ``requirements.in``."""
    text = (ROOT / "requirements.in").read_text(encoding="utf-8")
    (lines,) = re.findall(rf"^# {part}.*\n((?:\w.*\n)+)", text, re.MULTILINE)
    return {re.match(r"[\w-]+", line)[0] for line in lines.splitlines()}  # type: ignore[index]


def test_the_site_needs_nothing_that_the_course_imports(tmp_path: Path) -> None:
    course = libraries("The course") | {"numpy"}
    assert {"torch", "torchvision"} < course
    site = str(tmp_path / "site")
    done = subprocess.run(
        [sys.executable, "-c", BUILD, " ".join(course), site],
        cwd=ROOT,
        env=os.environ | {"CODEOUT_STALE": "ignore"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site/basics/tensors/index.html").is_file()


def test_make_installs_what_the_site_stands_on() -> None:
    shown = subprocess.run(
        ["make", "--dry-run", "--always-make", "build/text/ready"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    (command,) = re.findall(r"\$\((awk .*)\)", shown)
    listed = subprocess.run(
        ["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    found = {re.match(r"[\w-]+", line)[0] for line in listed.splitlines()}  # type: ignore[index]
    assert found == libraries("The site")
