"""Names with blanks, Hangul, emoji and worse: of pages, folders, snippets and figures."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

if TYPE_CHECKING:
    from tests.support.folder import Folder

PROGRAM = Path(sys.executable).with_name("codeout")
SETTINGS = "[tool.codeout]\npages = ['docs']\nsnippets = ['조각 모음']\nfigures = 'docs/그림 🎨'\n"
FIGURE = "from IPython.display import SVG\nSVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')"
NAMES = [
    "plain.md",
    "with blanks.md",
    "한글 이름.md",
    "🎉 party 👩\u200d👧.md",
    "a folder/깊은 폴더/😀.md",
    "(round) [square] {curly}.md",
    "100% #1 a&b=c?.md",
    "quotes ' \" `.md",
    "-dash.md",
    f"{'긴' * 80}.md",
]


def codeout(*arguments: str, github: bool = False) -> subprocess.CompletedProcess[str]:
    """Run the command in the current folder."""
    environment = {**os.environ, **({"GITHUB_ACTIONS": "true"} if github else {})}
    return subprocess.run(
        [PROGRAM, *arguments], env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def site(folder: Folder) -> Folder:
    folder.write("pyproject.toml", SETTINGS)
    folder.write("조각 모음/하나 둘 🧩.py", "words = '조각'\n")
    for name in NAMES:
        folder.page(f"docs/{name}", ('--8<-- "하나 둘 🧩.py"\nwords', ""), (FIGURE, ""))
    return folder


def test_a_page_may_have_any_name(site: Folder) -> None:
    ran = codeout("run")
    assert (ran.stderr, ran.returncode) == ("", 0)
    assert ran.stdout == (
        f"pages: {len(NAMES)} written, 0 unchanged, 0 failed, 0 fresh and not run\n"
        f"{2 * len(NAMES)} blocks run; {2 * len(NAMES)} output lines compared\n"
    )
    for name in NAMES:
        page = site.root / "docs" / name
        (link,) = re.findall(r"!\[figure 1\]\((\S+)\)", page.read_text(encoding="utf-8"))
        assert (page.parent / unquote(link)).is_file()
        assert "'조각'" in page.read_text(encoding="utf-8")
    assert codeout("check").stdout == (
        f"pages: {len(NAMES)} true, 0 differ, 0 failed\n"
        f"{2 * len(NAMES)} blocks run; {2 * len(NAMES)} output lines compared\n"
    )
    assert all(page["fresh"] for page in json.loads(codeout("status", "--json").stdout))


# Each would do something in a terminal, in a report, or to a line that follows.
ODD = ["clear\x1b[2Jscreen.md", "title\x1b]0;x\x07.md", "two\nlines.md", "c1\x9b31m.md"]
ODD += ["turned\u202edm.md", "bell\a\b\r.md"]
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")


@pytest.fixture
def odd(folder: Folder) -> Folder:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    for name in ODD:
        folder.page(f"docs/{name}", ("raise ValueError('\\x1b[31mred\\x9b0m\\u202e')", "1"))
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        ["run"],
        ["check", "--junit", "junit.xml"],
        ["check", "--sarif", "log.sarif"],
        ["check", "--json"],
        ["status"],
        ["status", "--json"],
        ["run", "docs/none\x1b[2J.md"],
        ["run", "--x\x1b[2J"],
        ["export", f"docs/{ODD[0]}", "--to", "py"],
    ],
)
def test_no_name_and_no_error_acts_in_a_terminal(arguments: list[str], odd: Folder) -> None:
    told = codeout(*arguments, github=True)
    assert not ACTING.search(told.stdout + told.stderr)
    assert "Traceback (most recent call last):\n  File" not in told.stderr
    if (report := odd.root / "junit.xml").exists():
        suites = ET.parse(report).getroot()  # noqa: S314  # written above
        assert len(suites) == len(ODD)
    if (report := odd.root / "log.sarif").exists():
        (run,) = json.loads(report.read_text(encoding="ascii"))["runs"]
        assert len(run["artifacts"]) == len(run["results"]) == len(ODD)


@pytest.mark.usefixtures("odd")
def test_a_name_is_on_one_line() -> None:
    assert codeout("check", "docs/two\nlines.md").stdout.startswith("docs/two␊lines.md:4: raised")
    (page,) = json.loads(codeout("status", "--json", "docs/two\nlines.md").stdout)
    assert page["page"] == "docs/two\nlines.md"


def test_a_test_of_pytest_tells_nothing_that_acts(odd: Folder) -> None:
    """Save in names, which pytest prints by itself."""
    (odd.root / "docs" / ODD[0]).rename(odd.root / "docs/page.md")
    pytest_ = [sys.executable, "-m", "pytest", "--codeblocks", "-q", "-p", "no:cacheprovider"]
    told = subprocess.run(
        [*pytest_, "docs/page.md"], capture_output=True, text=True, check=False
    ).stdout
    assert "raised ValueError: red\\u202e" in told
    assert not ACTING.search(told)


def test_a_name_that_is_not_utf_8_is_told(folder: Folder) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    good = folder.page("docs/good.md", ("1 + 1", ""))
    Path(os.fsdecode(b"docs/bad\xff.md")).write_bytes(good.read_bytes())
    ran = codeout("run")
    assert ran.stdout == (
        "docs/bad\ufffd.md: its name is not UTF-8\n  hint: rename the file\n"
        "pages: 1 written, 0 unchanged, 1 failed, 0 fresh and not run\n"
        "1 block run; 1 output line compared\n"
    )
    assert (ran.stderr, ran.returncode) == ("", 1)
    pages = json.loads(codeout("status", "--json").stdout)
    assert {page["page"]: page["fresh"] for page in pages} == {
        "docs/bad\udcff.md": False,
        "docs/good.md": True,
    }


def test_what_a_page_prints_is_no_command_to_github(folder: Folder) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['.']\n")
    evil = "::add-mask::e\\n  ::stop-commands::x\\n##[error]no"
    folder.page("page.md", (f"raise ValueError('{evil}')", ""), ("1", "2"))
    lines = codeout("run", github=True).stdout.splitlines()
    begin, *word = re.split("(?<=stop-commands)::", lines[0])
    assert begin == "::stop-commands"
    end = lines.index(f"::{word[0]}::")
    inside, outside = lines[1:end], lines[end + 1 :]
    assert any("::add-mask" in line for line in inside)
    commands = [line for line in outside if line.strip().startswith("::") or "##[" in line]
    assert [line.partition(" ")[0] for line in commands] == ["::error"]
