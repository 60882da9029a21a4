"""What people and machines are told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from codeout.cli.console import (
    Tally,
    annotate,
    annotation,
    close,
    junit,
    tell,
)
from codeout.data.assets import Asset, Fetched
from codeout.engine.plan import Plan
from codeout.engine.update import Update
from codeout.errors import Problem
from codeout.page.model import Block, Page, Text
from codeout.run.job import Cell

if TYPE_CHECKING:
    from tests.support.folder import Folder

PAGE = Page(
    "docs/a.md",
    (Block("", 3, "x"), Text("…"), Block("", 10, "y"), Block("", 20, "skipped")),
)
PLAN = Plan("docs/a.md", Path("docs/a.md"), page=PAGE, blocks=(0, 1), cells=(Cell("", 1),) * 2)
DIFFERS = Problem("docs/a.md", 14, "the output differs", "`codeout run` writes it", "-1\n+2")
FAILED = Problem("docs/a.md", 11, "raised KeyError: 1", "", "Traceback…")
WHOLE = Problem("docs/a.md", 0, "cannot be written: Permission denied")


def test_problems_are_printed_with_their_hint_and_detail(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell([DIFFERS, WHOLE, Problem("a[b].md", 1, "[red]no markup[/red]" + " and no wrapping" * 20)])
    assert capsys.readouterr().out == (
        "docs/a.md:14: the output differs\n"
        "  hint: `codeout run` writes it\n"
        "  -1\n"
        "  +2\n"
        "docs/a.md: cannot be written: Permission denied\n"
        f"a[b].md:1: [red]no markup[/red]{' and no wrapping' * 20}\n"
    )


def test_on_github_lines_are_annotated(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    annotate([WHOLE])
    assert capsys.readouterr().out == (
        "::error file=docs/a.md,line=1,title=codeout::cannot be written: Permission denied\n"
    )
    monkeypatch.delenv("GITHUB_ACTIONS")
    annotate([WHOLE])
    assert not capsys.readouterr().out, "elsewhere nobody reads them"


@pytest.mark.parametrize(
    ("problem", "command"),
    [
        pytest.param(
            DIFFERS,
            "::error file=docs/a.md,line=14,title=codeout::"
            "the output differs%0A`codeout run` writes it%0A-1%0A+2\n",
            id="lines",
        ),
        pytest.param(
            Problem("a:b,c%.md", 2, "100%: a, b\r"),
            "::error file=a%3Ab%2Cc%25.md,line=2,title=codeout::100%25: a, b␍\n",
            id="marks of the format",
        ),
    ],
)
def test_an_annotation_is_escaped(problem: Problem, command: str) -> None:
    assert annotation(problem) == command


def test_junit_has_a_suite_a_page_and_a_case_a_block(folder: Folder) -> None:
    odd = Problem("docs/a.md", 11, "printed \x00\x1b[0m\ud800 <b>&", detail="a\tb\nc\x08\uffff")
    updates = [
        Update(PLAN, b"", problems=(odd,)),
        Update(PLAN, b"", changes=(Problem("docs/a.md", 1, "bad comment"),)),
        Update(PLAN, b""),
    ]
    file = folder.root / "reports" / "junit.xml"
    junit(updates, file)
    root = ET.parse(file).getroot()  # noqa: S314 - written above
    counts = [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in root]
    assert counts == [
        ("docs/a.md", "2", "1"),
        ("docs/a.md", "3", "1"),
        ("docs/a.md", "2", "0"),
    ]
    cases = [[case.get("name") for case in suite] for suite in root]
    assert cases == [["line 3", "line 10"], ["line 3", "line 10", "page"], ["line 3", "line 10"]]
    for suite, count in zip(root, counts, strict=True):
        assert len(suite) == int(count[1] or "")
        assert len(suite.findall("testcase[failure]")) == int(count[2] or "")
    (failure,) = root[0].iter("failure")
    assert failure.get("message") == "printed ␀␛[0m\ufffd <b>&"
    assert failure.text == ("docs/a.md:11: printed ␀␛[0m\ufffd <b>&\n  a\tb\n  c␈\ufffd")


def test_the_last_line_counts_pages(capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally(fresh=4)
    tally.count((), changed=False)
    tally.count((), changed=True)
    tally.count((), changed=True)
    tally.count([WHOLE], changed=True)
    assert tally.written() == "2 written, 1 unchanged, 1 failed, 4 fresh and not run"
    assert tally.checked() == "1 true, 2 differ, 1 failed"
    asset = Asset("data/w.pth", "0" * 64, (), "standins/w.py")
    close(tally.checked(), [Fetched(asset, Path("x"), stand_in=True)])
    assert capsys.readouterr().out == (
        "pages: 1 true, 2 differ, 1 failed\n"
        "stand-in: data/w.pth is not the true file; standins/w.py made it, of the same form\n"
    )
