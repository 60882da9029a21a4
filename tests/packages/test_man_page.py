"""The manual page: it says what the commands say now, and `man` can read it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.support.paths import ROOT

FOLDER = ROOT / "packages/codeout/man"
PAGE = FOLDER / "codeout.1"


def test_the_page_says_what_the_commands_say() -> None:
    """``python packages/codeout/man/write.py`` writes it."""
    code = f"import runpy; print(runpy.run_path({str(FOLDER / 'write.py')!r})['manual'](), end='')"
    written = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert PAGE.read_text(encoding="utf-8") == written.stdout.decode()


def test_it_names_every_command() -> None:
    from codeout.cli.group import NAMES

    named = re.findall(r"^\.SS codeout (\w+)\b", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(named) == set(NAMES)


@pytest.mark.skipif(not shutil.which("man"), reason="needs man")
def test_man_shows_it_without_a_warning() -> None:
    around = os.environ | {"MANWIDTH": "80", "MAN_KEEP_FORMATTING": "", "LC_ALL": "C.UTF-8"}
    command = ["man", "--warnings", "--local-file", PAGE]
    done = subprocess.run(command, env=around, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    plain = " ".join(re.sub(".\b", "", done.stdout).split())
    assert "codeout - run the Python on Markdown pages and notebooks" in plain
    assert "--fail-fast End a page with the first block that fails" in plain
