"""The benchmark: pages that never change, runs that prove themselves, sums that are right."""

from __future__ import annotations

import io
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import nbformat
import pytest
from codeout.page.document import parse
from pytest_codeblocks.main import extract_from_buffer

from bench import formats
from bench.cases import FULL, Settled, run_all
from bench.corpus import course, trivial
from bench.engines import CODEBLOCKS, SIDE_BY_SIDE, Engine
from bench.measure import BenchError, Figure, Run, execute, measure
from bench.processes import PROC
from bench.report import Results, per_block, ratio, targets, write
from bench.tables import Target

if TYPE_CHECKING:
    from pathlib import Path

COURSE = course()
ONE_SESSION_A_PAGE = """
import json
for blocks in json.load(open("pages.json")):
    session = {}
    for block in blocks:
        exec(block, session)
"""


def runner(program: str) -> Engine:
    """Make an engine out of a short program that reads ``pages.json``."""
    return Engine("short", formats.as_lists, ("-c", program))


# The corpus


def test_the_course_is_nine_pages_of_twelve_blocks_that_print() -> None:
    assert len({page.name for page in COURSE}) == 9
    for page in COURSE:
        assert len(page.blocks) == 12
        for block in page.blocks:
            compile(block, page.name, "exec")
            assert "print(" in block


def test_the_corpus_is_the_same_every_time() -> None:
    assert course() == COURSE
    assert trivial(3, 2) == trivial(3, 2)


def test_trivial_pages_have_the_size_asked_for() -> None:
    pages = trivial(1000, 3, opening="import torch\n")
    assert len({page.name for page in pages}) == 1000
    assert {len(page.blocks) for page in pages} == {3}
    assert [block.count("import torch") for block in pages[0].blocks] == [1, 0, 0]


# The formats: each engine is given the same code


def test_codeout_reads_every_block() -> None:
    files = formats.as_code_tabs(COURSE)
    for page in COURSE:
        blocks = parse(files[f"docs/{page.name}.md"].encode()).blocks
        assert tuple(block.code for block in blocks) == page.blocks


def test_notebooks_are_valid_and_hold_every_block() -> None:
    files = formats.as_notebooks(COURSE)
    for page in COURSE:
        notebook = nbformat.reads(files[f"docs/{page.name}.ipynb"], as_version=4)  # type: ignore[no-untyped-call]
        nbformat.validate(notebook)
        code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
        assert tuple(code) == page.blocks


def test_pytest_markdown_docs_goes_on_with_all_but_the_first_block() -> None:
    for page, text in zip(COURSE, formats.as_continued_fences(COURSE).values(), strict=True):
        assert re.findall(r"^```(\w.*)$", text, re.MULTILINE) == [
            "python",
            *["python continuation"] * 11,
        ]
        assert all(f"\n{block}```\n" in text for block in page.blocks)


def test_pytest_codeblocks_reads_each_page_as_one_block() -> None:
    files = formats.as_merged_fences(COURSE)
    for page in COURSE:
        (block,) = extract_from_buffer(io.StringIO(files[f"docs/{page.name}.md"]))
        assert block.code == "".join(page.blocks)
        assert f"::line {block.lineno} PASSED" in CODEBLOCKS.proof(page)


@pytest.mark.parametrize("engine", SIDE_BY_SIDE, ids=lambda engine: engine.name)
def test_no_source_contains_its_proof(engine: Engine) -> None:
    sources = "".join(engine.files(COURSE).values())
    assert not [page.name for page in COURSE if engine.proof(page) in sources]


# The proof: only a run of every block counts


def test_a_run_of_every_block_counts(tmp_path: Path) -> None:
    run = run_all(runner(ONE_SESSION_A_PAGE), trivial(2, 3), tmp_path)
    assert run.seconds > 0
    assert "page-0002: 3 of 3 blocks" in run.printed


def test_a_run_that_leaves_out_a_page_does_not_count(tmp_path: Path) -> None:
    program = ONE_SESSION_A_PAGE.replace('"))', '"))[:1]')
    with pytest.raises(BenchError, match=r"short: blocks did not run on page-0002$"):
        run_all(runner(program), trivial(2, 3), tmp_path)


def test_a_run_that_leaves_out_a_block_does_not_count(tmp_path: Path) -> None:
    program = ONE_SESSION_A_PAGE.replace("in blocks", "in blocks[:1] + blocks[2:]")
    with pytest.raises(BenchError, match=r"blocks did not run on page-0001$"):
        run_all(runner(program), trivial(1, 3), tmp_path)


def test_outputs_are_looked_for_in_the_files_of_the_engine(tmp_path: Path) -> None:
    engine = Engine("files", formats.as_lists, (), "docs/*.md")
    (page,) = trivial(1)
    (tmp_path / "docs").mkdir()
    assert engine.unproved(tmp_path, page.proof, [page]) == [page.name]
    (tmp_path / "docs" / "page.md").write_text(page.proof)
    assert engine.unproved(tmp_path, "", [page]) == []


# The measuring


def test_a_failing_command_is_told_with_the_end_of_what_it_printed(tmp_path: Path) -> None:
    command = (sys.executable, "-c", "print('so far'); raise SystemExit(3)")
    with pytest.raises(BenchError, match=r"exit status 3\nso far"):
        execute(command, tmp_path, {})


def test_an_endless_command_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.measure.TIMEOUT", 0.1)
    with pytest.raises(BenchError, match="exit status None"):
        execute((sys.executable, "-c", "while True: pass"), tmp_path, {})


@pytest.mark.skipif(not (PROC / "self" / "smaps_rollup").exists(), reason="needs Linux")
def test_memory_is_that_of_the_process_and_its_children(tmp_path: Path) -> None:
    child = "import time; held = bytearray(b'x') * 100_000_000; time.sleep(1)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    run = execute((sys.executable, "-c", parent), tmp_path, {}, watch=True)
    assert 100e6 < run.memory < 200e6


def test_cases_take_turns_and_the_first_round_is_not_timed() -> None:
    seen: list[tuple[str, bool]] = []

    @dataclass(frozen=True)
    class Fake:
        name: str
        seconds: float

        def run(self, *, watch: bool) -> Run:
            seen.append((self.name, watch))
            return Run(self.seconds + watch, 1000 * watch, "")

    figures = measure([Fake("a", 1.0), Fake("b", 2.0)], 2, lambda _: None)
    turns = [("a", True), ("b", True), ("a", False), ("b", False), ("a", False), ("b", False)]
    assert seen == turns
    assert figures == {"a": Figure((1.0, 1.0), 1000), "b": Figure((2.0, 2.0), 1000)}


@pytest.mark.parametrize(("module", "found"), [("torch", True), ("json", False)])
def test_an_import_of_torch_is_noticed(module: str, found: object, tmp_path: Path) -> None:
    (tmp_path / "torch.py").write_text("")
    command = (sys.executable, "-c", f"import {module}")
    assert Settled("case", command, tmp_path).imports_torch() is found


# The sums


def results(**seconds: float) -> Results:
    """Make results in which the cases took a second each, or what is said."""
    names = [*(engine.name for engine in SIDE_BY_SIDE), "one block", "many blocks"]
    sizes = ("small", "large", "repository")
    names += [f"{command}, {size}" for command in ("status", "run") for size in sizes]
    names += ["import torch, torchvision"]
    figures = {name: Figure((seconds.get(name, 1.0),)) for name in names}
    return Results(FULL, {"CPU": "one"}, figures)


def test_ratios_are_of_medians() -> None:
    figures = {"slow": Figure((10.0, 12.0, 90.0)), "fast": Figure((1.0, 3.0, 9.0))}
    assert ratio(figures, "slow", "fast") == 4


def test_the_cost_of_a_block_is_what_the_others_add() -> None:
    found = per_block(results(**{"one block": 0.5, "many blocks": 1.5}))
    assert found == pytest.approx(1000 * 1.0 / (FULL.many - 1))


@pytest.mark.parametrize(
    ("value", "least", "met"),
    [(1.3, False, True), (1.31, False, False), (1.3, True, True), (1.29, True, False)],
)
def test_a_target_is_met_up_to_its_limit(value: float, least: object, met: object) -> None:
    target = Target("", value, 1.3, "x", least=bool(least))
    assert target.met is met
    assert (target.row()[-1] == "met") is met


def test_the_targets_follow_from_the_figures() -> None:
    good = results(**{"mkdocs-jupyter": 10.0, "markdown-exec": 2.0})
    assert [target.met for target in targets(good)] == [True] * len(targets(good))
    bad = Results(FULL, {}, results(floor=0.5, **{"many blocks": 9.0}).figures, ("run, large",))
    assert [target.value for target in targets(bad)] == [2, 1, 1, 1, 16]
    assert not any(target.met for target in targets(bad))


def test_the_page_shows_the_figures_and_runs_nothing() -> None:
    page = write(results(codeout=1.25))
    assert "| `codeout` | 1.25\u00a0s | 1.25 to 1.25\u00a0s | 1.25x | 1.00x | — |" in page
    assert "| CPU | one |" in page
    assert "$" not in page
    assert not parse(page.encode()).blocks
    assert re.findall(r"^#+ .+$", page, re.MULTILINE)[0].startswith("# Benchmarks")
