"""The bench of commands: sums that are right, a report that says them, an edit that is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.page.document import parse

from bench import kept, speed_cases
from bench.engines import ROOT
from bench.measure import BenchError
from bench.speed import JSON, SITE, WARM, SpeedRuns
from bench.speed_cases import BUILDS, FULL_SPEED, PEERS
from bench.speed_report import speed_section, speed_targets

if TYPE_CHECKING:
    from pathlib import Path

CASES = ("status, real", "status, repository", "status, small", "run, small", "check")


def runs(**more: float) -> SpeedRuns:
    """Results in which all took a second with the build of now, and ten with the earlier one."""
    seconds = {f"{case}, {build}": 1.0 for case in CASES for build in BUILDS}
    seconds |= {f"{case}, earlier": 10.0 for case in CASES}
    seconds |= {JSON: 0.25, WARM: 1.0, "check --stale": 0.5, SITE: 110.0}
    seconds |= {f"run after an edit, {build}": 10.0 for build in BUILDS}
    seconds |= {peer.name: 1.0 for peer in PEERS} | more
    each = {name: (value,) for name, value in seconds.items()}
    return SpeedRuns(FULL_SPEED, {"CPU": "one"}, each, {"long.md": 100.0, "short.md": 30.0})


def test_targets_follow_from_the_figures() -> None:
    assert [target.value for target in speed_targets(runs())] == pytest.approx(
        [0.1, 0.1, 4, 4, 0.1, 1, 0.1, 0.5, 1.1, 1.1]
    )
    assert all(target.met for target in speed_targets(runs()))
    slow = runs(**{f"{case}, now": 6.0 for case in CASES}, **{WARM: 2.0, SITE: 120.0})
    assert [target.met for target in speed_targets(slow)] == [False] * 7 + [True, False, False]


def test_the_report_shows_the_longest_page_and_every_case() -> None:
    section = speed_section(runs())
    assert "| `long.md` | 100.0 |" in section
    assert "at least 100.0 s" in section
    for name in runs().seconds:
        assert f"| `{name}` |" in section
    assert "$" not in section
    assert not parse(section.encode()).blocks


def test_results_are_kept_as_they_are(tmp_path: Path) -> None:
    found = kept.Kept(speed=runs())
    kept.write(found, tmp_path / "results.json")
    assert kept.read(tmp_path / "results.json") == found


def test_an_edit_makes_a_page_another_one(tmp_path: Path) -> None:
    made = speed_cases.edited_case(tmp_path, "run", "now")
    page = made.folder / "docs" / "autograd.md"
    texts = [page.read_text(encoding="utf-8")]
    for _ in range(2):
        made.prepare(made.folder)
        texts.append(page.read_text(encoding="utf-8"))
    assert len({*texts}) == 3
    codes = [parse(text.encode()).blocks[0].code for text in texts]
    assert [code.count("# edited") for code in codes] == [0, 1, 2]


def test_copies_are_as_many_as_asked_for(tmp_path: Path) -> None:
    count = len([*(ROOT / "docs").rglob("*.md")]) + 1
    speed_cases.copy_pages(tmp_path / "real", count)
    assert len([*(tmp_path / "real").rglob("*.md")]) == count


def test_a_commit_that_is_not_here(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="is not here"):
        speed_cases.unpack("0" * 40, tmp_path)
