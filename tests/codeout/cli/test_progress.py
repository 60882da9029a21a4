"""What people see while pages run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from codeout.cli.progress import count, progress
from codeout.engine.plan import Plan
from codeout.engine.update import Update
from codeout.output.model import Ran
from codeout.page.model import Block, Page, Text
from codeout.run.events import Finished, Lasting, Started
from codeout.run.job import Cell

Read = pytest.CaptureFixture[str]


def plan(path: str, name: str = "") -> Plan:
    """Of a page with blocks on lines 3, 10 and 20, of which the second does not run."""
    blocks = (Block("", 3, "x"), Block("", 10, "skipped"), Block("", 20, "y", name=name))
    page = Page(path, (blocks[0], Text("…"), *blocks[1:]))
    return Plan(path, Path(path), page=page, blocks=(0, 2), cells=(Cell("", 1),) * 2)


def end(path: str, index: int) -> Finished:
    return Finished(path, index, Ran((), 0, 0, frozenset()))


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard error is taken for a terminal of 120 columns."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")


def test_the_bar_says_nothing_where_nobody_looks(capsys: Read) -> None:
    page = plan("a[/b].md")
    with progress([page]) as follow:
        follow(Started("a[/b].md", 0))
        follow(end("a[/b].md", 0))
        follow(Update(page, b""))
    assert capsys.readouterr() == ("", "")


@pytest.mark.usefixtures("terminal")
def test_the_bar_takes_no_page_for_markup(capsys: Read) -> None:
    with progress([plan("docs/[/draft].md")]) as follow:
        follow(Started("docs/[/draft].md", 0))
    assert "docs/[/draft].md" in capsys.readouterr().err


@pytest.mark.usefixtures("terminal")
def test_github_gets_no_bar_even_where_colors_are_forced(
    capsys: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step of it would be a line of the log, with the name of a page in it."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    with progress([plan("a.md")]) as follow:
        follow(Started("a.md", 0))
    with count("runs", 2) as step:
        step()
    assert capsys.readouterr() == ("", "")


def test_a_block_that_runs_long_is_told_at_once_by_its_place(capsys: Read) -> None:
    with progress([plan("docs/a.md"), plan("docs/b.ipynb", name="cell 3")]) as follow:
        follow(Started("docs/a.md", 0))
        follow(Lasting("docs/a.md", 0, 5))
        assert capsys.readouterr() == ("", "docs/a.md:3: still running after 5 s\n")
        follow(end("docs/a.md", 0))
        follow(Lasting("docs/a.md", 1, 10))
        assert capsys.readouterr() == ("", "docs/a.md:20: still running after 10 s\n")
        follow(Lasting("docs/b.ipynb", 1, 40))
        assert capsys.readouterr().err == "docs/b.ipynb:20: cell 3: still running after 40 s\n"


@pytest.mark.usefixtures("terminal")
def test_on_a_terminal_it_is_told_above_the_bar(capsys: Read) -> None:
    with progress([plan("docs/a.md")]) as follow:
        follow(Started("docs/a.md", 0))
        follow(Lasting("docs/a.md", 0, 10))
        told = capsys.readouterr().err
    lines = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", told).replace("\r", "").split("\n")
    *_, above, bar = lines
    assert above.endswith("docs/a.md:3: still running after 10 s")
    assert bar.startswith("0/1 pages")


@pytest.mark.parametrize("looks", ["a pipe", "a terminal"])
def test_nothing_in_a_name_acts(looks: str, capsys: Read, request: pytest.FixtureRequest) -> None:
    if looks == "a terminal":
        request.getfixturevalue("terminal")
    path = f"a[/b]\x1b]0;title\x07\n\u202e{'long ' * 50}.md"
    with progress([plan(path)]) as follow:
        follow(Lasting(path, 0, 5))
        told = capsys.readouterr().err
    name = f"a[/b]␛]0;title␇␊\\u202e{'long ' * 50}.md:3"
    assert name in told.replace("\x1b[1m", "")
    assert "\x1b]" not in told


def test_no_name_is_a_command_to_github(capsys: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    paths = ["::add-mask::e/a.md", "##[add-path]a.md", "docs/a.md"]
    with progress([*map(plan, paths)]) as follow:
        for path in paths:
            follow(Lasting(path, 0, 5))
    lines = capsys.readouterr().err.splitlines()
    told = [f"{path}:3: still running after 5 s" for path in paths]
    assert [line for line in lines if line in told] == told
    for at in map(lines.index, told[:2]):
        word = lines[at - 1].removeprefix("::stop-commands::")
        assert lines[at + 1] == f"::{word}::"
        assert len(word) == 32
    assert len(lines) == 3 + 2 * 2, "nothing is stopped for a name that is none"
