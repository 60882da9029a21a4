"""The bench of commands: sums that are right, a report that says them, an edit that is one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from codeout.page.document import parse

from bench import kept, page_parts, speed_cases
from bench.builds import BUILDS, unpack
from bench.engines import CODEBLOCKS, ROOT
from bench.measure import BenchError
from bench.page_parts import PARTS
from bench.speed import JSON, SITE, TIMED, VERSION, WARM, SpeedRuns, measure_parts
from bench.speed_cases import FULL_SPEED, PEERS, QUICK_SPEED
from bench.speed_report import fastest_peer, speed_section, speed_targets

if TYPE_CHECKING:
    from pathlib import Path

CASES = (
    *("status, real", "run, real", "status, repository"),
    *("status, small", "run, small", "check"),
)
UNCHANGED = ("check --stale", "check --since HEAD", "status --exit-code")


def runs(**more: float) -> SpeedRuns:
    """Results in which all took a second with the build of now, and ten with the earlier one."""
    seconds = {f"{case}, {build}": 1.0 for case in CASES for build in BUILDS}
    seconds |= {f"{case}, earlier": 10.0 for case in CASES}
    seconds |= {JSON: 0.25, VERSION: 0.5, WARM: 1.0, SITE: 110.0}
    seconds |= dict.fromkeys(UNCHANGED, 0.5)
    seconds |= {f"run after an edit, {build}": 10.0 for build in BUILDS}
    seconds |= {CODEBLOCKS.name: 0.1} | {peer.name: 1.0 for peer in PEERS} | more
    each = {name: (value,) for name, value in seconds.items()}
    pages = {"long.md": 100.0, "short.md": 30.0}
    parts = {name: dict.fromkeys(PARTS, 0.002) for name in TIMED}
    del parts["check"]["write"]
    return SpeedRuns(FULL_SPEED, {"CPU": "one"}, each, pages, parts, 0.125)


def test_targets_follow_from_the_figures() -> None:
    assert [target.value for target in speed_targets(runs())] == pytest.approx(
        [0.1, 0.1, 0.1, 4, 4, 0.1, 1, 0.1, 0.5, 0.5, 0.5, 1.1, 1.1]
    )
    assert all(target.met for target in speed_targets(runs()))
    slow = runs(
        **{f"{case}, now": 6.0 for case in CASES},
        **dict.fromkeys(UNCHANGED, 1.5),
        **{WARM: 2.0, SITE: 120.0},
    )
    assert not any(target.met for target in speed_targets(slow))


def test_the_peer_is_the_one_that_takes_the_shortest_time() -> None:
    names = [peer.name for peer in PEERS]
    assert fastest_peer(runs(**{names[1]: 0.5})) == names[1]
    assert fastest_peer(runs(**{names[1]: 1.5})) == names[0]


def test_the_report_shows_the_longest_page_and_every_case() -> None:
    section = speed_section(runs())
    assert "| `long.md` | 100.0 |" in section
    assert "at least 100.0 s" in section
    for name in runs().seconds:
        assert f"| `{name}` |" in section
    assert "$" not in section
    assert not parse(section.encode()).blocks


def test_the_report_shows_where_time_goes() -> None:
    section = speed_section(runs())
    assert "| fork | 2.0\u00a0ms | 2.0\u00a0ms |" in section
    assert "| write | 2.0\u00a0ms | — |" in section
    assert "| all | 18.0\u00a0ms | 16.0\u00a0ms |" in section
    assert "| the start of Python | 250.0\u00a0ms |" in section
    assert "| the blocks of the page | 125.0\u00a0ms |" in section
    assert "| all else: its process, reading and writing it | 375.0\u00a0ms |" in section


def test_clocks_find_all_parts_of_a_page(tmp_path: Path) -> None:
    began = time.monotonic()
    found = measure_parts(tmp_path, QUICK_SPEED)
    whole = time.monotonic() - began
    assert [*found] == ["run", "check"]
    assert [*found["run"]] == [*PARTS]
    assert {*found["run"]} - {*found["check"]} == {"write"}
    assert all(seconds > 0 for parts in found.values() for seconds in parts.values())
    assert sum(sum(parts.values()) for parts in found.values()) * QUICK_SPEED.pages < whole


def test_a_clock_for_what_is_no_more() -> None:
    with pytest.raises(AttributeError):
        page_parts.put_clocks({"codeout.run.worker:a_function_that_was": "shell"})


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
    copies = [*(tmp_path / "real").rglob("*.md")]
    assert len(copies) == count
    assert not any(parse(copy.read_bytes()).blocks for copy in copies)


def test_a_commit_that_is_not_here(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="is not here"):
        unpack("0" * 40, tmp_path)
