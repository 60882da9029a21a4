"""The live bench: edits that prove themselves, times from the save on, a report of what is kept."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from codeout.page.document import parse

from bench import __main__ as command
from bench import formats, kept, sitting
from bench.cases import FULL
from bench.corpus import Page
from bench.engines import ROOT, SIDE_BY_SIDE
from bench.live import FULL_LIVE, Edits, Live, rests
from bench.live_engines import LIVE, WATCH, LiveEngine
from bench.live_figure import draw
from bench.live_memory import Footprint
from bench.live_pages import Edit, code_edit, prose_edit, twenty, working
from bench.live_report import live_targets, section
from bench.measure import BenchError, Figure
from bench.processes import PROC
from bench.report import Results, write
from bench.sitting import sit_down

if TYPE_CHECKING:
    from pathlib import Path

LINUX = pytest.mark.skipif(not (PROC / "self" / "smaps_rollup").exists(), reason="needs Linux")
TOY = Page("live", "Live page, wording 1", ("word = 'edit {1}'\n", "print(6 * 7)\n"), "42")


# The pages


def test_the_work_fills_its_seconds_whatever_the_number_of_blocks() -> None:
    for parts in (1, 6):
        blocks = working(60.0, parts).blocks
        assert len(blocks) == parts + 2
        assert sum(f"train({60.0 / parts})" in block for block in blocks) == parts


def test_the_last_block_proves_that_the_work_was_done_in_its_session(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = working(4.0, 2)  # a busy machine gets there too
    session: dict[str, object] = {}
    for block in page.blocks:
        exec(block, session)  # noqa: S102
    printed = capsys.readouterr().out
    (found,) = _matches(page.proof, printed)
    assert 0 <= float(found) < 10
    assert not _matches(page.proof, printed.replace("after 2 blocks", "after 1 blocks"))


def test_a_live_page_has_twenty_blocks() -> None:
    blocks = twenty().blocks
    assert len(blocks) == 20
    for block in blocks:
        compile(block, "page", "exec")


@pytest.mark.parametrize("engine", LIVE, ids=lambda engine: engine.name)
def test_every_engine_is_given_a_page_that_can_be_edited_and_holds_no_proof(
    engine: LiveEngine,
) -> None:
    text = engine.files([working(60.0, 6)])[engine.page]
    for number in (1, 2):
        for edit in (code_edit(number, 6), prose_edit(number)):
            assert not _matches(edit.proof, text)
            text = edit.apply(text)
    assert "edit {3} after" in text
    assert "wording 3" in text


def test_an_edit_that_finds_nothing_to_change_is_refused() -> None:
    with pytest.raises(BenchError, match="does not hold 'one' once"):
        Edit("one", "two", "").apply("none or one and one")


def _matches(pattern: str, text: str) -> list[str]:
    return re.findall(pattern, text)


# A sitting


COPY = """
import time
from pathlib import Path
page, word = Path("docs/live.md"), ""
while True:
    text = page.read_text()
    if text.count("{") == 1 and (new := text.partition("{")[2].partition("}")[0]) != word:
        word = new
        time.sleep(0.3)
        page.write_text(f"{text}shown: {word}")
    time.sleep(0.01)
"""
SERVE = """
import re, sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
port = int(re.search("dev_addr: 127.0.0.1:([0-9]+)", Path("mkdocs.yml").read_text())[1])
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        word = re.search("{([0-9]+)}", Path("docs/live.md").read_text())[1]
        self.wfile.write(f"<b>shown:</b> {word} at {self.path}".encode())
HTTPServer(("127.0.0.1", port), Handler).serve_forever()
"""


def toy(program: str, *, serves: bool = False) -> LiveEngine:
    """Make an engine out of a short program."""
    return LiveEngine("toy", formats.as_site_of_code_tabs, ("-c", program), serves=serves)


def folder_in(place: Path) -> Path:
    folder = place / "project"
    folder.mkdir()
    return folder


def test_the_time_is_that_from_the_save_until_the_file_shows_it(tmp_path: Path) -> None:
    with sit_down(toy(COPY), folder_in(tmp_path), TOY) as here:
        here.see("shown: 1")
        seconds, found = here.save(Edit("{1}", "{2}", "shown: (2)"))
    assert 0.3 <= seconds < 5
    assert found[1] == "2"
    assert here.process.returncode is not None


def test_what_is_served_counts_without_its_tags(tmp_path: Path) -> None:
    with sit_down(toy(SERVE, serves=True), folder_in(tmp_path), TOY) as here:
        here.see("shown: 1 at /live/")
        assert here.save(Edit("{1}", "{2}", "shown: 2"))[0] < 5


def test_saves_are_spread_over_the_time_between_two_looks() -> None:
    assert rests(5) == pytest.approx([1.0, 1.1, 1.2, 1.3, 1.4])
    assert rests(1) == [1.0]


def test_an_engine_that_ends_is_told_with_what_it_printed(tmp_path: Path) -> None:
    engine = toy("print('so far'); raise SystemExit(3)")
    with (
        sit_down(engine, folder_in(tmp_path), TOY) as here,
        pytest.raises(BenchError, match=r"toy: exit status 3\nso far"),
    ):
        here.see("shown")


def test_an_edit_that_never_comes_through_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitting, "TIMEOUT", 0.1)
    with (
        sit_down(toy("import time; time.sleep(60)"), folder_in(tmp_path), TOY) as here,
        pytest.raises(BenchError, match=r"toy: not shown within 0\.1 s: shown"),
    ):
        here.see("shown")


# What is seen from inside


def drive(program: str, folder: Path, page: Page, argument: str) -> dict[str, object]:
    """Run one of the programs on a page that needs nothing loaded ahead."""
    replace(WATCH, files=formats.as_bare_code_tabs).lay_out(folder, page, 0)
    file = folder / "docs" / f"{page.name}.md"
    run = subprocess.run(
        [sys.executable, "-m", program, str(file), argument],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, object] = json.loads(run.stdout)
    return found


def test_prose_is_settled_with_nothing_run(tmp_path: Path) -> None:
    found = drive("bench.live_prose", folder_in(tmp_path), TOY, "2")
    assert found["ran"] == 0
    assert isinstance(found["seconds"], list)
    assert len(found["seconds"]) == 2
    assert all(0 < seconds < 5 for seconds in found["seconds"])


@LINUX
@pytest.mark.parametrize(("how", "processes"), [("live", 5), ("ordinary", 2)])
def test_a_live_page_has_a_guard_and_a_process_for_each_state(
    how: str, processes: int, tmp_path: Path
) -> None:
    page = Page("live", "Page", ("import time\n", "1\n", "time.sleep(1)\n"), "")
    found = drive("bench.live_memory", folder_in(tmp_path), page, how)
    assert found["processes"] == processes
    assert isinstance(found["page"], int)
    assert isinstance(found["whole"], int)
    assert 1e6 < found["page"] < found["whole"] < 1e9
    assert isinstance(found["between"], list)
    assert len(found["between"]) == 2
    assert all(seconds < 0.9 for seconds in found["between"])


# The report


def live(watched: Edits | None = None, ran: int = 0) -> Live:
    """Make results in which each engine took a second an edit, and codeout what is said."""
    edits = {engine.name: Edits((61.0, 63.0), (1.0, 1.0), (60.0,)) for engine in LIVE}
    edits[WATCH.name] = watched or Edits((1.2, 1.3, 1.5), (1.0, 1.0, 1.0), (0.1, 0.1, 0.3))
    footprints = Footprint(22, 2**29, 2**30, (0.02, 0.03)), Footprint(2, 2**28, 2**29, (0.001,))
    bare = Footprint(1, 2**28, 2**28, ())
    earlier = Footprint(22, 2**30, 2**30, (0.02,))
    return Live(FULL_LIVE, {"CPU": "two"}, edits, ran, *footprints, bare, earlier)


def whole_runs() -> Results:
    """Make results in which every whole run took a second."""
    names = [*(engine.name for engine in SIDE_BY_SIDE), "one block", "many blocks"]
    sizes = ("small", "large", "repository")
    names += [f"{command}, {size}" for command in ("status", "run") for size in sizes]
    names += ["import torch, torchvision"]
    return Results(FULL, {"CPU": "one"}, {name: Figure((1.0,)) for name in names}, ("run, small",))


def test_what_is_added_is_the_middle_of_the_differences() -> None:
    assert Edits((3.0, 2.0, 9.0), (1.0, 1.5, 1.0), ()).added == 2.0


def test_live_targets_follow_from_the_figures() -> None:
    assert [target.met for target in live_targets(live())] == [True, True, True, False]
    slow = live(Edits((1.6,), (1.0,), (0.3,)), ran=1)
    assert [target.met for target in live_targets(slow)] == [False, False, False, False]
    small = replace(live(), kept=Footprint(22, 2**28, 8 * 2**30 // 10, (0.02,)))
    assert live_targets(small)[-1].met
    assert len(live_targets(replace(small, earlier=None))) == 3


def test_the_section_shows_each_engine_and_what_a_live_page_takes() -> None:
    text = section(live())
    assert (
        "| `codeout watch` | 1.30\u00a0s | 1.20 to 1.50\u00a0s | 1.000\u00a0s | 0.300\u00a0s "
        "| 0.10\u00a0s | 0.10 to 0.30\u00a0s |"
    ) in text
    assert "| `import torch, torchvision` | 1 | 256\u00a0MiB | 256\u00a0MiB | — |" in text
    assert "| `codeout watch`, before | 22 | 1,024\u00a0MiB | 1,024\u00a0MiB |" in text
    assert "this is 0.25 of what one took before" in text
    assert "keep (256\u00a0MiB), and 26\u00a0MiB for each checkpoint" in text
    for engine in LIVE:
        assert f"| `{engine.name}` |" in text
    assert "| `codeout watch` | 22 | 512\u00a0MiB | 1,024\u00a0MiB | 25.0\u00a0ms |" in text
    assert "| `codeout run` | 2 | 256\u00a0MiB | 512\u00a0MiB | 1.0\u00a0ms |" in text
    assert "$" not in text


def test_the_page_has_the_section_once_it_was_measured() -> None:
    before, after = write(whole_runs()), write(whole_runs(), live())
    assert section(live()) in after
    assert "| CPU | one |" in before
    assert "| CPU | one | two |" in after
    assert (
        after.replace(f"{section(live())}\n", "").partition("## The Machine")[0]
        == (before.partition("## The Machine")[0])
    )
    assert not parse(after.encode()).blocks


def test_what_is_kept_comes_back_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    assert kept.read(file) == kept.Kept()
    for found in (kept.Kept(whole_runs()), kept.Kept(whole_runs(), live())):
        kept.write(found, file)
        assert kept.read(file) == found


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have results, page and figure in a folder of the test, and measure nothing."""
    monkeypatch.setattr(kept, "KEPT", tmp_path / "results.json")
    monkeypatch.setattr(command, "PAGE", tmp_path / "benchmarks.md")
    monkeypatch.setattr(command, "FIGURE", tmp_path / "assets" / "live.svg")
    monkeypatch.setattr(command, "compare", lambda *_: whole_runs())
    monkeypatch.setattr(command, "edit", lambda *_: live(ran=7))
    return tmp_path


def test_a_part_that_is_not_measured_again_stays_as_it_was(repository: Path) -> None:
    before = replace(whole_runs(), machine={"CPU": "long ago"})
    kept.write(kept.Kept(before), kept.KEPT)
    command.run(["live"], FULL)
    assert kept.read(kept.KEPT) == kept.Kept(before, live(ran=7))
    command.run(["comparison"], FULL)
    assert kept.read(kept.KEPT) == kept.Kept(whole_runs(), live(ran=7))
    page = (repository / "benchmarks.md").read_text(encoding="utf-8")
    assert page == write(whole_runs(), live(ran=7))
    assert (repository / "assets" / "live.svg").read_text(encoding="utf-8") == draw(live())


def test_a_report_needs_whole_runs_but_keeps_what_was_measured(repository: Path) -> None:
    with pytest.raises(BenchError, match="no whole runs are kept"):
        command.run(["live"], FULL)
    assert not (repository / "benchmarks.md").exists()
    assert kept.read(kept.KEPT).live == live(ran=7)


def test_a_quick_run_writes_nothing(repository: Path) -> None:
    assert command.try_out(["live"], FULL) == section(live(ran=7))
    assert command.try_out(["comparison", "live"], FULL) == write(whole_runs(), live(ran=7))
    assert not list(repository.iterdir())


@pytest.mark.skipif(not kept.KEPT.exists(), reason="nothing has been measured yet")
def test_the_page_and_the_figure_show_what_is_kept() -> None:
    found = kept.read(kept.KEPT)
    assert found.comparison
    written = write(found.comparison, found.live, found.cluster, found.speed)
    assert command.PAGE.read_text(encoding="utf-8") == written
    if found.live:
        assert _texts(command.FIGURE.read_text(encoding="utf-8")) == _texts(draw(found.live))


# The figure


def test_the_figure_is_the_same_every_time() -> None:
    assert draw(live()) == draw(live())


def test_the_figure_names_each_engine_with_its_time_and_marks_the_target() -> None:
    texts = _texts(draw(live()))
    names = [engine.name for engine in LIVE]
    assert [text for text in texts if text in names] == names
    assert [text for text in texts if text.endswith("0 s")] == [
        *("1.30 s", "62.00 s", "62.00 s", "62.00 s"),
        "target: 1.50 s",
    ]


def test_each_colour_of_the_figure_has_another_for_dark_screens() -> None:
    drawn, _, dark = draw(live()).partition("<style>@media (prefers-color-scheme: dark)")
    used = set(re.findall("(fill|stroke): (#[0-9a-f]{6})", drawn))
    assert len({colour for _, colour in used}) == 6
    for kind, colour in used:
        (other,) = re.findall(
            rf'\[style\*="{kind}: {colour}"\] {{ {kind}: (#\w+) !important }}', dark
        )
        assert other != colour


def _texts(svg: str) -> list[str]:
    found = ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")  # noqa: S314  # it is ours
    return [text.text or "" for text in found]
