"""The command: what it writes, what it says, and the status that it ends with."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result
from codeout.cli.main import main
from codeout.engine.project import Project

from tests.codeout.sandbox.test_client import needs_bwrap
from tests.support.folder import tabs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.folder import Folder

SETTINGS = "[tool.codeout]\npages = ['docs']\njobs = 2\n"
DIFF = "  --- in the page\n  +++ from the run\n  @@ -1,3 +1,3 @@\n   ```\n  -3\n  +2\n   ```\n"


def codeout(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="codeout", catch_exceptions=False)


PROGRAM = str(Path(sys.executable).with_name("codeout"))


def program(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as people do, in a process of its own."""
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False)


@pytest.fixture
def site(folder: Folder) -> Folder:
    """A project with a page that is wrong, one that is true and one that fails."""
    folder.write("pyproject.toml", SETTINGS)
    folder.page("docs/wrong.md", ("1 + 1", "3"))
    folder.page("docs/true.md", ("1 + 1", "2"))
    folder.page("docs/failing.md", ("1 / 0", "what was here"))
    return folder


def test_run_writes_what_is_stale_and_leaves_what_fails(site: Folder) -> None:
    failing = (site.root / "docs/failing.md").read_bytes()
    first = codeout("run", "--jobs", "1")
    assert first.exit_code == 1
    assert first.stdout == (
        "docs/failing.md:4: raised ZeroDivisionError: division by zero\n"
        "  hint: if the page means to show this, "
        "write `<!-- codeout: raises=ZeroDivisionError -->` before the block\n"
        "  Traceback (most recent call last):\n"
        '    File "<cell>", line 1, in <module>\n'
        "      1 / 0\n"
        "  ZeroDivisionError: division by zero\n"
        "pages: 1 written, 1 unchanged, 1 failed, 0 fresh and not run\n"
        "2 blocks run; 2 output lines compared\n"
    )
    assert first.stderr == ""
    assert site.read("docs/wrong.md") == tabs("1 + 1", "2")
    assert (site.root / "docs/failing.md").read_bytes() == failing

    (site.root / "docs/failing.md").unlink()
    again = codeout("run")
    assert (again.exit_code, again.stdout) == (
        0,
        "pages: 0 written, 0 unchanged, 0 failed, 2 fresh and not run\n",
    )
    named = codeout("run", "docs/true.md")
    assert named.stdout == (
        "pages: 0 written, 1 unchanged, 0 failed, 0 fresh and not run\n"
        "1 block run; 1 output line compared\n"
    )
    every = codeout("run", "--all")
    assert every.stdout == (
        "pages: 0 written, 2 unchanged, 0 failed, 0 fresh and not run\n"
        "2 blocks run; 2 output lines compared\n"
    )


def test_run_shows_what_changes(site: Folder) -> None:
    shown = codeout("run", "--diff", "docs/wrong.md", "docs/true.md")
    assert shown.exit_code == 0
    assert shown.stdout == (
        "docs/wrong.md:9: the output differs\n  hint: `codeout run` writes it\n"
        f"{DIFF}pages: 1 written, 1 unchanged, 0 failed, 0 fresh and not run\n"
        "2 blocks run; 2 output lines compared\n"
    )
    assert site.read("docs/wrong.md") == tabs("1 + 1", "2")


def test_run_forgets_pages_that_are_gone(site: Folder) -> None:
    codeout("run")
    assert "docs/true.md" in site.read("codeout.lock")
    (site.root / "docs/true.md").unlink()
    codeout("run", "docs/wrong.md")
    assert "docs/true.md" in site.read("codeout.lock"), "only some pages were looked at"
    codeout("run")
    assert "docs/true.md" not in site.read("codeout.lock")


def test_check_tells_and_writes_nothing(site: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {file: file.read_bytes() for file in (site.root / "docs").iterdir()}
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    paths = ("docs/wrong.md", "docs/true.md")
    found = codeout("check", "--jobs", "1", "--junit", "junit.xml", *paths)
    assert found.exit_code == 1
    assert found.stdout == (
        f"docs/wrong.md:9: the output differs\n  hint: `codeout run` writes it\n{DIFF}"
        "::error file=docs/wrong.md,line=9,title=codeout::the output differs%0A"
        "`codeout run` writes it%0A--- in the page%0A+++ from the run%0A@@ -1,3 +1,3 @@%0A"
        " ```%0A-3%0A+2%0A ```\n"
        "pages: 1 true, 1 differ, 0 failed\n2 blocks run; 2 output lines compared\n"
    )
    suites = ET.parse(site.root / "junit.xml").getroot()  # noqa: S314 - written above
    told = {suite.get("name"): suite.get("failures") for suite in suites}
    assert told == {"docs/true.md": "0", "docs/wrong.md": "1"}
    assert {file: file.read_bytes() for file in (site.root / "docs").iterdir()} == before
    assert not (site.root / "codeout.lock").exists()

    monkeypatch.delenv("GITHUB_ACTIONS")
    good = codeout("check", "docs/true.md")
    assert (good.exit_code, good.stdout) == (
        0,
        "pages: 1 true, 0 differ, 0 failed\n1 block run; 1 output line compared\n",
    )
    bad = codeout("check", "docs/failing.md")
    assert (bad.exit_code, bad.stdout.splitlines()[-1]) == (1, "pages: 0 true, 0 differ, 1 failed")


def test_status_says_why_and_runs_nothing(site: Folder) -> None:
    table = codeout("status")
    assert table.exit_code == 0
    assert table.stdout.splitlines()[-1] == "3 pages, 3 stale, 100 % of the output lines compared"
    codeout("run", "docs/true.md")
    objects = json.loads(codeout("status", "--json", "docs/true.md", "docs/wrong.md").stdout)
    assert [(each["page"], each["fresh"], each["reasons"]) for each in objects] == [
        ("docs/true.md", True, []),
        ("docs/wrong.md", False, ["never ran"]),
    ]
    assert site.read("docs/wrong.md") == tabs("1 + 1", "3")


def test_notebooks_are_pages_like_others(folder: Folder) -> None:
    folder.write("pyproject.toml", SETTINGS)
    wrong = folder.notebook("docs/wrong.ipynb", ("x = 1", ""), ("print(x)\nprint('가')", "1\n나\n"))
    true = folder.notebook("docs/true.ipynb", ("print(2)", "2\n"))
    folder.notebook("docs/failing.ipynb", ("x = 1", ""), ("y = 2\n1 / 0", ""))
    folder.notebook("docs/.ipynb_checkpoints/true-checkpoint.ipynb", ("1 / 0", ""))
    folder.write("docs/broken.ipynb", '{"nbformat": 4,\n<<<<<<< ours\n')
    before = wrong.read_text(encoding="utf-8"), true.read_bytes()

    no_json = "not JSON: expecting property name enclosed in double quotes"
    table = codeout("status")
    assert (table.exit_code, table.stdout.splitlines()[1:]) == (
        0,
        [
            f"docs/broken.ipynb        0         –  never       line 2: {no_json}",
            "docs/failing.ipynb       2         –  never       never ran",
            "docs/true.ipynb          1     100 %  never       never ran",
            "docs/wrong.ipynb         2     100 %  never       never ran",
            "4 pages, 4 stale, 100 % of the output lines compared",
        ],
    )
    checked = codeout("check", "--junit", "junit.xml", "docs/wrong.ipynb")
    assert checked.exit_code == 1
    assert checked.stdout == (
        "docs/wrong.ipynb:26: cell 2: the output differs\n  hint: `codeout run` writes it\n"
        "  --- in the page\n  +++ from the run\n  @@ -1,3 +1,3 @@\n"
        "   [stream]\n   1\n  -나\n  +가\npages: 0 true, 1 differ, 0 failed\n"
        "2 blocks run; 2 output lines compared\n"
    )
    (suite,) = ET.parse(folder.root / "junit.xml").getroot()  # noqa: S314 - written above
    assert [(case.get("name"), len(case)) for case in suite] == [("cell 1", 0), ("cell 2", 1)]
    assert (wrong.read_text(encoding="utf-8"), true.read_bytes()) == before

    ran = codeout("run")
    assert ran.exit_code == 1
    told = [line for line in ran.stdout.splitlines() if not line.startswith(" ")]
    assert sorted(told) == [
        "3 blocks run; 3 output lines compared",
        f"docs/broken.ipynb:2: {no_json}",
        "docs/failing.ipynb:19: cell 2: raised ZeroDivisionError: division by zero",
        "pages: 1 written, 1 unchanged, 2 failed, 0 fresh and not run",
    ]
    written = before[0].replace("나", "가")
    assert (wrong.read_text(encoding="utf-8"), true.read_bytes()) == (written, before[1])

    for name in ("broken", "failing"):
        (folder.root / f"docs/{name}.ipynb").unlink()
    again = codeout("run")
    assert again.exit_code == 0
    assert again.stdout == "pages: 0 written, 0 unchanged, 0 failed, 2 fresh and not run\n"
    wrong.write_text(written.replace('"가', '"다'), encoding="utf-8")
    assert "  output edited by hand" in codeout("status", "docs/wrong.ipynb").stdout
    assert codeout("check").exit_code == 1


def test_fetch_ends_with_1_where_a_file_cannot_be_had(folder: Folder) -> None:
    asset = f"[[tool.codeout.assets]]\npath = 'x.bin'\nsources = []\nsha256 = '{'0' * 64}'\n"
    folder.write("pyproject.toml", asset)
    found = codeout("fetch")
    assert found.exit_code == 1
    assert found.stdout == (
        "x.bin: no source could be used\n  hint: connect and run again, or put the file there "
        f"yourself: {folder.root}/.cache/{'0' * 16}/x.bin\n"
    )
    folder.write("pyproject.toml", f"{asset}stand-in = 'make.py'\n")
    folder.write("make.py", "import pathlib, sys\npathlib.Path(sys.argv[1]).touch()\n")
    assert codeout("fetch").exit_code == 0
    folder.page("page.md", ("import os\nos.listdir()", "['x.bin']"))
    checked = codeout("check", "page.md")
    assert checked.exit_code == 0
    assert checked.stdout == (
        "pages: 1 true, 0 differ, 0 failed\n1 block run; 1 output line compared\n"
        "stand-in: x.bin is not the true file; make.py made it, of the same form\n"
    )


NO_PAGES = (
    "codeout: no pages are named\n"
    "  hint: name some, or set `pages` in [tool.codeout] of pyproject.toml\n"
)
UNKNOWN = "unknown key `pags` in [tool.codeout]\n  hint: did you mean `pages`?\n"
REFUSED = {
    "no pages": ("", ["run"], NO_PAGES),
    "a missing path": ("", ["check", "no.md"], "codeout: no.md: no such file or folder\n"),
    "a broken configuration": (
        "[tool.codeout]\npags = []\n",
        ["status"],
        "codeout: pyproject.toml:2: " + UNKNOWN,
    ),
}


@pytest.mark.parametrize(("settings", "arguments", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_ends_with_2(
    folder: Folder, settings: str, arguments: list[str], message: str
) -> None:
    folder.write("pyproject.toml", settings)
    found = codeout(*arguments)
    assert found.stderr == message
    assert (found.exit_code, found.stdout) == (2, "")


@pytest.mark.parametrize(
    "arguments", [["run", "--al"], ["run", "--jobs", "0"], ["chek"]], ids=" ".join
)
def test_a_wrong_use_ends_with_2(folder: Folder, arguments: list[str]) -> None:
    folder.page("page.md", ("1", "1"))
    found = codeout(*arguments)
    assert found.stderr.startswith("Usage: codeout ")
    assert (found.exit_code, found.stdout) == (2, "")


def test_the_program_needs_no_configuration(folder: Folder) -> None:
    folder.page("some/page.md", ("print('안녕')", ""))
    ran = program("run", "some/page.md")
    assert ran.stderr == ""
    assert ran.stdout == (
        "pages: 1 written, 0 unchanged, 0 failed, 0 fresh and not run\n"
        "1 block run; 1 output line compared\n"
    )
    assert ran.returncode == 0
    assert folder.read("some/page.md") == tabs("print('안녕')", "안녕")
    files = [file for file in folder.root.rglob("*.*") if file.is_file()]
    kept = folder.root / ".cache/statuses"
    assert [file for file in files if file.parent != kept] == [folder.root / "some/page.md"]
    refused = program("run", "none.md")
    assert (refused.returncode, refused.stdout) == (2, "")


@pytest.mark.usefixtures("ctrl_c")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "kill"])
def test_stopping_ends_with_130_and_what_is_finished(folder: Folder, number: int) -> None:
    folder.write("pyproject.toml", SETTINGS)
    sign = folder.root / "sign"
    endless = (
        "import os, pathlib, subprocess, time\n"
        "child = subprocess.Popen(['sleep', '1000'])\n"
        f"pathlib.Path({str(sign)!r}).write_text(f'{{os.getpid()}}.')\n"
        "time.sleep(1000)"
    )
    done = folder.page("docs/done.md", ("1 + 1", "3"))
    running = folder.page("docs/running.md", (endless, "as it was"))
    waiting = folder.page("docs/waiting.md", ("1 + 1", "3"))
    before = running.read_bytes(), waiting.read_bytes()
    process = subprocess.Popen(
        [PROGRAM, "run", "--jobs", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    wait_for(lambda: sign.exists() and sign.read_text().endswith("."))
    assert done.read_text(encoding="utf-8") == tabs("1 + 1", "2"), "written as soon as it is done"
    (os.killpg if number == signal.SIGINT else os.kill)(process.pid, number)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert out == ""
    assert err == "stopped; finished pages are written, the others are as they were\n"
    assert (running.read_bytes(), waiting.read_bytes()) == before
    assert '["docs/done.md"]' in folder.read("codeout.lock")
    page = int(sign.read_text().rstrip("."))
    wait_for(lambda: not members(process.pid, page))


def test_ctrl_c_counts_at_any_time(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    page = folder.page("page.md", ("1 + 1", "3"))
    for moment in ("write", "plans"):
        monkeypatch.setattr(Project, moment, interrupt)
        assert codeout("run", str(page)).exit_code == 130, moment


def test_problems_reach_a_file_while_the_bar_is_on_the_terminal(folder: Folder) -> None:
    folder.page("page.md", ("1 + 1", "3"))
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [PROGRAM, "check", "page.md"], stdout=subprocess.PIPE, stderr=theirs, text=True
    ) as process:
        os.close(theirs)
        bar = "".join(terminal(ours))
        assert process.stdout is not None
        out = process.stdout.read()
    assert out == (
        "page.md:9: the output differs\n  hint: `codeout run` writes it\n"
        f"{DIFF}pages: 0 true, 1 differ, 0 failed\n1 block run; 1 output line compared\n"
    )
    assert "1/1 blocks" in bar
    assert "differs" not in bar


def terminal(descriptor: int) -> Iterator[str]:
    """What appears on a terminal until nobody has it open any more."""
    with contextlib.suppress(OSError):
        while data := os.read(descriptor, 4096):
            yield data.decode(errors="replace")
    os.close(descriptor)


def wait_for(fact: Callable[[], bool], seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < until
        time.sleep(0.02)


def members(*sessions: int) -> list[int]:
    """The processes that still live in some sessions: pages, and the server that forks them."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, _, _, session = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(session) in sessions and state not in "ZX":
            found.append(int(folder.name))
    return found


URL = "https://data.invalid/a.csv"
REACHES_OUT = f"import urllib.request\nurllib.request.urlopen({URL!r})"
REFUSED = (
    f"page.md:3: tried to reach {URL}, and the network is off\n"
    "  hint: declare the file in [[tool.codeout.assets]], or allow the network with `--online`\n"
    "pages: {}1 failed\n"
)


def test_check_refuses_the_network_and_names_the_url(folder: Folder) -> None:
    folder.page("page.md", (REACHES_OUT, ""))
    result = codeout("check", "page.md")
    assert (result.exit_code, result.stdout) == (1, REFUSED.format("0 true, 0 differ, "))
    assert "raised urllib.error.URLError" in codeout("check", "page.md", "--online").stdout


def test_run_allows_the_network_unless_told_otherwise(folder: Folder) -> None:
    folder.page("page.md", (REACHES_OUT, ""))
    assert "raised urllib.error.URLError" in codeout("run", "page.md").stdout
    assert codeout("run", "page.md", "--offline").stdout.startswith(REFUSED.partition("pages")[0])


@needs_bwrap
def test_a_hint_in_the_sandbox_is_at_what_lets_the_page_out_of_it(folder: Folder) -> None:
    folder.page("page.md", (REACHES_OUT, ""))
    told = codeout("run", "page.md", "--sandbox", "--online").stdout
    assert "and the network is off\n" in told
    assert "or run without `--sandbox`\n" in told
    assert "raised urllib.error.URLError" in codeout("run", "page.md").stdout

    told = codeout("check", "page.md", "--sandbox").stdout
    assert "or run with `--online` instead of `--sandbox`\n" in told
    assert "raised urllib.error.URLError" in codeout("check", "page.md", "--online").stdout


@needs_bwrap
def test_sandbox_writes_the_same_page(folder: Folder) -> None:
    folder.page("page.md", ("x = 1; x", "2"), ("1 + 1", "3"))
    assert codeout("run", "page.md", "--sandbox").exit_code == 0
    assert folder.read("page.md").endswith(tabs("1 + 1", "2"))


def test_pages_elsewhere_do_not_run_in_the_sandbox(folder: Folder) -> None:
    folder.write("project/pyproject.toml", "[tool.codeout]\n")
    folder.page("other.md", ("1 + 1", "3"))
    os.chdir(folder.root / "project")
    told = codeout("run", "--sandbox", "../other.md")
    assert told.exit_code == 1
    assert "../other.md: lies outside of the project" in told.stdout
    assert folder.read("other.md") == tabs("1 + 1", "3")


def test_no_block_takes_longer_than_the_caller_allows(folder: Folder) -> None:
    """Whatever its page says."""
    folder.page("page.md", ("while True: pass", ""), comment="<!-- codeout: timeout=99 -->")
    told = codeout("run", "--timeout", "0.5", "page.md")
    assert told.exit_code == 1
    assert "still running after 0.5 s" in told.stdout
