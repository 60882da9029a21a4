"""What ``run`` and ``check`` print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from codeout.cli.console import Tally, print_problems, print_summary
from codeout.data.assets import Asset, Fetched
from codeout.errors import Problem

if TYPE_CHECKING:
    import pytest

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
    tally.count((), changed=False)
    tally.count((), changed=True)
    tally.count((), changed=True)
    tally.count([WHOLE], changed=True)
    assert tally.written() == "2 written, 1 unchanged, 1 failed, 4 fresh and not run"
    assert tally.checked() == "1 true, 2 differ, 1 failed"
    asset = Asset("data/w.pth", "0" * 64, (), "standins/w.py")
    print_summary(tally.checked(), [Fetched(asset, Path("x"), stand_in=True)])
    assert capsys.readouterr().out == (
        "pages: 1 true, 2 differ, 1 failed\n"
        "stand-in: data/w.pth is not the true file; standins/w.py made it, of the same form\n"
    )
