"""What ``run`` and ``check`` print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from codeout.cli.console import Tally, print_problems, print_summary, suffices
from codeout.data.assets import Asset, Fetched
from codeout.engine.outcome import Outcome
from codeout.engine.summary import gap_notes
from codeout.errors import Problem
from codeout.output.coverage import Coverage
from codeout.page.gap import Gap

if TYPE_CHECKING:
    import pytest

TYPED = Gap(3, "fence `pycon`", "`python`, without prompts"), Gap(9, "fence `pycon`", "`python`")
ALL = Outcome("a.md", 2, Coverage(10, 10))
SOME = Outcome("b.md", 3, Coverage(4, 3), (Gap(7, "volatile output", output=True),))
NONE = Outcome("c.md", 1, Coverage())
NOT_RUN = Outcome("d.md", 0, Coverage(2, 0), TYPED)
NOTHING = Outcome("e.md", 0, Coverage())
DIFFERS = Problem("docs/a.md", 14, "the output differs", "`codeout run` writes it", "-1\n+2")
WHOLE = Problem("docs/a.md", 0, "cannot be written: Permission denied")


def test_problems_are_printed_with_their_hint_and_detail(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_problems(
        [DIFFERS, WHOLE, Problem("a[b].md", 1, "[red]no markup[/red]" + " and no wrapping" * 20)]
    )
    assert capsys.readouterr().out == (
        "docs/a.md:14: the output differs\n"
        "  hint: `codeout run` writes it\n"
        "  -1\n"
        "  +2\n"
        "docs/a.md: cannot be written: Permission denied\n"
        f"a[b].md:1: [red]no markup[/red]{' and no wrapping' * 20}\n"
    )


def test_the_last_line_counts_pages(capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally(fresh=4)
    tally.count((), ALL, changed=False)
    tally.count((), ALL, changed=True)
    tally.count((), ALL, changed=True)
    tally.count([WHOLE], ALL, changed=True)
    assert tally.written() == "2 written, 1 unchanged, 1 failed, 4 fresh and not run"
    assert tally.checked() == "1 true, 2 differ, 1 failed"
    for outcome in (SOME, NONE, NOT_RUN, NOT_RUN, NOTHING):
        tally.count((), outcome, changed=False)
    assert tally.checked() == (
        "1 true, 2 differ, 1 failed; 1 partly; 1 ran, nothing compared; 2 not run; 1 nothing to run"
    )
    assert tally.written() == (
        "2 written, 3 unchanged, 1 failed, 4 fresh and not run; 2 not run; 1 nothing to run"
    )
    asset = Asset("data/w.pth", "0" * 64, (), "standins/w.py")
    stand_in = Fetched(asset, Path("x"), stand_in=True)
    print_summary("1 true", [ALL, SOME, NONE, NOT_RUN, NOT_RUN], [stand_in])
    assert capsys.readouterr().out == (
        "pages: 1 true\n"
        "6 blocks run; 13 output lines compared; not compared: volatile output; "
        "not run: 4 times fence `pycon`\n"
        "stand-in: data/w.pth is not the true file; standins/w.py made it, of the same form\n"
    )


def test_gaps_are_told_by_kind_with_their_lines() -> None:
    many = tuple(Gap(line, "skipped code") for line in range(1, 8))
    assert [*map(str, gap_notes(Outcome("d.md", 0, Coverage(), (*many, *TYPED))))] == [
        "d.md:1: not run: skipped code (7 times, lines 1, 2, 3, 4, 5, …)",
        "d.md:3: not run: fence `pycon`; nearest: `python`, without prompts",
        "d.md:9: not run: fence `pycon`; nearest: `python`",
    ]


def test_a_share_can_be_required(capsys: pytest.CaptureFixture[str]) -> None:
    assert suffices([ALL, SOME], 92)
    assert suffices([NOTHING], 0)
    assert not suffices([ALL, SOME], 93)
    assert not suffices([NONE], 1)
    assert capsys.readouterr().out == (
        "compared: 13 of 14 lines that the pages show; --require-compared asks for 93 %\n"
        "compared: 0 of 0 lines that the pages show; --require-compared asks for 1 %\n"
    )
