"""The pytest plugin: a test a block, one run a page, and other files left to pytest-codeblocks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.folder import Folder
from tests.support.records import RECORD, lock_of

if TYPE_CHECKING:
    from collections.abc import Sequence

pytest_plugins = ["pytester"]
WORKER = re.compile(r"\[gw\d\] \[ *\d+%\] (\w+) (.+?) *$")
PLUGINS = ("-p", "pytest_codeblocks.plugin", "-p", "codeout.integrations.pytest")


@pytest.fixture
def folder(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """The folder in which pytester runs pytest."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # others take seconds to load
    return Folder(pytester.path)


def run(pytester: pytest.Pytester, *arguments: str) -> tuple[list[str], pytest.RunResult]:
    """Run pytest over code blocks; also the tests, in order, with what came of them."""
    result = pytester.runpytest_inprocess(*PLUGINS, "--codeblocks", "-v", *arguments)
    outcomes = ("PASSED", "FAILED", "SKIPPED", "XFAIL")
    told = [line.partition("[")[0].strip() for line in result.outlines]
    return [line for line in told if line.partition(" (")[0].endswith(outcomes)], result


@pytest.fixture
def pages(folder: Folder) -> Folder:
    """A project with a page that is right up to its last block, and one that fails."""
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    log = folder.root / "log"
    folder.page(
        "docs/a.md",
        (f"x = 1\nlog = open({str(log)!r}, 'a')\nlog.write('ran ')\nlog.close()", ""),
        ("x + 1", "2"),
        ("x + 2", "4"),
    )
    folder.page("docs/b.md", ("1", "1"), ("1 / 0", ""), ("2", "2"))
    folder.write("other.md", "```python\nassert True\n```\n\n```python\nx\n```\n")
    return folder


def test_every_block_is_a_test(pages: Folder, pytester: pytest.Pytester) -> None:
    tests, result = run(pytester)
    assert tests == [
        "docs/a.md::line 3 PASSED",
        "docs/a.md::line 18 PASSED",
        "docs/a.md::line 30 FAILED",
        "docs/b.md::line 3 SKIPPED (not compared: the page failed at line 15)",
        "docs/b.md::line 15 FAILED",
        "docs/b.md::line 27 SKIPPED (not compared: the page failed at line 15)",
        "other.md::line 1 PASSED",
        "other.md::line 5 FAILED",
    ]
    result.stdout.fnmatch_lines(
        [
            "docs/a.md:36: the output differs",
            "  hint: `codeout run` writes it",
            "  --- in the page",
            "  +++ from the run",
            "  @@ -1,3 +1,3 @@",
            "   ```",
            "  -4",
            "  +3",
            "   ```",
            "*",
            "docs/b.md:16: raised ZeroDivisionError: division by zero",
            "*",
        ]
    )
    assert pages.read("log") == "ran ", "each page is executed once"
    assert "    4\n" in pages.read("docs/a.md"), "nothing is written"


@pytest.mark.parametrize(
    ("arguments", "tests"),
    [
        pytest.param(["docs/a.md::line 18"], ["docs/a.md::line 18 PASSED"], id="by name"),
        pytest.param(["docs", "-k", "a.md and 18"], ["docs/a.md::line 18 PASSED"], id="by -k"),
        pytest.param(
            ["other.md"], ["other.md::line 1 PASSED", "other.md::line 5 FAILED"], id="another file"
        ),
    ],
)
def test_only_pages_with_selected_blocks_run(
    pages: Folder, pytester: pytest.Pytester, arguments: Sequence[str], tests: list[str]
) -> None:
    assert run(pytester, *arguments)[0] == tests
    assert (pages.root / "log").exists() == (tests[0] == "docs/a.md::line 18 PASSED")


def test_collecting_runs_nothing(pages: Folder, pytester: pytest.Pytester) -> None:
    _, result = run(pytester, "docs/a.md", "--collect-only", "-q")
    result.stdout.fnmatch_lines(["*line 3>", "*line 18>", "*line 30>"])
    assert not (pages.root / "log").exists()


def test_a_page_that_cannot_run_is_told(folder: Folder, pytester: pytest.Pytester) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['.']\n")
    folder.write("a.md", "<!-- codeout: skipp -->\n\n```python\n1\n```\n")
    folder.write("b.md", "").write_bytes(b"\xff\n")
    folder.write("c.md", "<!-- codeout: raises=KeyError -->\n\n```py title='t'\n{}[1]\n```\n")
    tests, result = run(pytester)
    assert tests == ["a.md::line 3 FAILED", "b.md::page FAILED", "c.md::line 3 PASSED"]
    result.stdout.fnmatch_lines(["a.md:1: unknown word 'skipp'", "*", "b.md:1: not UTF-8 *"])
    assert result.outlines.count("b.md:1: not UTF-8 (byte 0xff)") == 1


def test_a_page_of_python_that_does_not_run_is_told(
    folder: Folder, pytester: pytest.Pytester
) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    folder.write("docs/typed.md", "```ipython\n1\n```\n")
    folder.write("docs/words.md", "Nothing to run.\n")
    tests, result = run(pytester, "docs")
    assert tests == ["docs/typed.md::page SKIPPED (nothing on the page runs)"]
    result.stdout.fnmatch_lines(["docs/typed.md:1: not run: fence `ipython`*"])


def test_every_cell_of_a_notebook_is_a_test(folder: Folder, pytester: pytest.Pytester) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    folder.notebook("docs/a.ipynb", ("x = 1", ""), ("print(x)", "2\n"), ("print(x + 1)", "2\n"))
    folder.notebook("other.ipynb", ("1 / 0", ""))
    folder.write("docs/c.ipynb", "")
    tests, result = run(pytester)
    assert tests == [
        "docs/a.ipynb::cell 1 PASSED",
        "docs/a.ipynb::cell 2 FAILED",
        "docs/a.ipynb::cell 3 PASSED",
        "docs/c.ipynb::page FAILED",
    ]
    result.stdout.fnmatch_lines(
        ["docs/a.ipynb:25: cell 2: the output differs", "*", "  -2", "  +1"]
    )


def test_without_a_configuration_all_is_left_to_pytest_codeblocks(
    folder: Folder, pytester: pytest.Pytester
) -> None:
    folder.write("a.md", "```python\nx = 1\n```\n\n```python\nx\n```\n")
    assert run(pytester)[0] == ["a.md::line 1 PASSED", "a.md::line 5 FAILED"]


def test_on_github_lines_are_annotated(
    pages: Folder, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    def annotations(*arguments: str) -> list[str]:
        return [line for line in run(pytester, *arguments)[1].outlines if line.startswith("::")]

    assert not annotations("docs"), "elsewhere nobody reads them"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    told = annotations("docs")
    assert [line.partition("::")[2].partition(",title")[0] for line in told] == [
        "error file=docs/a.md,line=36",
        "error file=docs/b.md,line=16",
    ]
    assert "the output differs" in told[0]
    assert annotations("-p", "xdist", "-n", "1", "docs") == told, "from a worker, too"
    assert len(pages.root.joinpath("log").read_text().split()) == 3


def test_without_the_option_nothing_is_collected(pages: Folder, pytester: pytest.Pytester) -> None:
    result = pytester.runpytest_inprocess(*PLUGINS)
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    assert not (pages.root / "log").exists()


def test_a_broken_configuration_is_a_usage_error(folder: Folder, pytester: pytest.Pytester) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npags = []\n")
    _, result = run(pytester)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        [
            "ERROR: codeout: pyproject.toml:2: unknown key `pags` in [[]tool.codeout]",
            "  hint: did you mean `pages`?",
        ]
    )
    assert Path.cwd() == folder.root


def test_the_network_is_off_unless_it_is_allowed(folder: Folder, pytester: pytest.Pytester) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    code = "import socket, contextlib\nwith contextlib.suppress(OSError):\n    "
    folder.page("docs/a.md", (f"{code}socket.gethostbyname('data.invalid')", ""))
    tests, result = run(pytester)
    assert tests == ["docs/a.md::line 3 FAILED"]
    result.stdout.fnmatch_lines(["*tried to reach data.invalid, and the network is off"])
    assert run(pytester, "--codeblocks-online")[0] == ["docs/a.md::line 3 PASSED"]


def test_a_page_that_lost_its_blocks_is_told(folder: Folder, pytester: pytest.Pytester) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['.']\n")
    lock_of({"a.md": RECORD}, folder.root / "codeout.lock").write()
    folder.write("a.md", "# A page\n")
    tests, result = run(pytester)
    assert tests == ["a.md::page FAILED"]
    assert "a.md: 3 blocks ran before, and none is left" in result.outlines


@pytest.mark.parametrize("dist", ["load", "loadfile"])
def test_workers_of_xdist_find_what_one_process_finds(
    pages: Folder, pytester: pytest.Pytester, dist: str
) -> None:
    pytest.importorskip("xdist")
    alone, _ = run(pytester)
    (pages.root / "log").unlink()
    result = pytester.runpytest_subprocess(
        *("-p", "xdist", "-n", "2", "--dist", dist), *PLUGINS, "--codeblocks", "-v"
    )
    told = (WORKER.match(line) for line in result.outlines)
    found = sorted(f"{each[2]} {each[1]}" for each in told if each)
    assert found == sorted(line.partition(" (")[0] for line in alone)
    result.stdout.fnmatch_lines(["*- pages -*", "6 blocks run; 4 output lines compared"])
    runs = pages.read("log").count("ran")
    assert runs == 1 if dist == "loadfile" else runs in {1, 2}


def test_names_of_tests_are_the_same_in_every_process(
    pages: Folder, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker of xdist that collects in another order than the others stops the run."""
    del pages
    collect = (*PLUGINS, "--codeblocks", "--collect-only", "-q")
    seen: set[tuple[str, ...]] = set()
    for seed in ("0", "1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        lines = pytester.runpytest_subprocess(*collect).outlines
        seen.add(tuple(line for line in lines if "::" in line))
    assert len(seen) == 1
    assert len(seen.pop()) == 8
