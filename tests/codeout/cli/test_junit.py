"""The results of a check as JUnit's XML."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from codeout.cli.junit import write_junit
from codeout.engine.annotation import annotation
from codeout.engine.plan import Plan
from codeout.engine.project import Project
from codeout.engine.update import Update
from codeout.errors import Problem
from codeout.page.gap import Gap
from codeout.page.model import Block, Page, Text
from codeout.run.job import Cell

if TYPE_CHECKING:
    from tests.support.folder import Folder

PAGE = Page(
    "docs/a.md",
    (Block("", 3, "x"), Text("…"), Block("", 10, "y"), Block("", 20, "skipped")),
)
PLAN = Plan("docs/a.md", Path("docs/a.md"), page=PAGE, blocks=(0, 1), cells=(Cell("", 1),) * 2)


def test_junit_has_a_suite_a_page_and_a_case_a_block(folder: Folder) -> None:
    odd = Problem("docs/a.md", 11, "printed \x00\x1b[0m\ud800 <b>&", detail="a\tb\nc\x08\uffff")
    updates = [
        Update(PLAN, b"", problems=(odd,)),
        Update(PLAN, b"", changes=(Problem("docs/a.md", 1, "bad comment"),)),
        Update(PLAN, b""),
    ]
    file = folder.root / "junit.xml"
    write_junit(updates, file, folder.root)
    root = ET.parse(file).getroot()  # noqa: S314 - written above
    counts = [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in root]
    assert counts == [
        ("docs/a.md", "2", "1"),
        ("docs/a.md", "3", "1"),
        ("docs/a.md", "2", "0"),
    ]
    cases = [[case.get("name") for case in suite.iter("testcase")] for suite in root]
    assert cases == [["line 3", "line 10"], ["line 3", "line 10", "page"], ["line 3", "line 10"]]
    for suite, count in zip(root, counts, strict=True):
        assert len(suite.findall("testcase")) == int(count[1] or "")
        assert len(suite.findall("testcase[failure]")) == int(count[2] or "")
    (failure,) = root[0].iter("failure")
    assert failure.get("message") == "printed ␀␛[0m\ufffd <b>&"
    assert failure.text == ("docs/a.md:11: printed ␀␛[0m\ufffd <b>&\n  a\tb\n  c␈\ufffd")


def test_what_is_left_out_is_skipped_and_keeps_a_page_from_being_true(folder: Folder) -> None:
    gaps = Gap(5, "volatile output", output=True), Gap(30, "fence `pycon`", "`python`")
    plan = replace(PLAN, page=replace(PAGE, gaps=gaps))
    file = folder.root / "junit.xml"
    write_junit([Update(plan, b"")], file, folder.root)
    (suite,) = ET.parse(file).getroot()  # noqa: S314 - written above
    assert suite.get("tests") == "4"
    told = {
        case.get("name"): skipped.get("message")
        for case in suite.iter("testcase")
        for skipped in case
    }
    assert told == {
        "line 5: volatile output": "not compared",
        "line 30: fence `pycon`": "not run; nearest: `python`",
    }
    assert [each.get("value") for each in suite.iter("property")] == ["ran, nothing compared"]


def test_the_end_of_what_a_failing_block_printed_is_told(folder: Folder) -> None:
    """In a file for JUnit and in an annotation for GitHub, as in the terminal."""
    code = "print('connecting to port 5432')\nimport os; os.system('echo no such host >&2')\n1 / 0"
    folder.page("page.md", (code, ""))
    project = Project.open(folder.root)
    ran = project.execute(project.plans([folder.root / "page.md"]))
    (update,) = (event for event in ran if isinstance(event, Update))
    (problem,) = update.problems
    printed = ["| connecting to port 5432", "| no such host", "Traceback"]
    assert "\n  ".join(printed) in str(problem)
    assert "%0A".join(printed) in annotation(problem)
    write_junit([update], file := folder.root / "junit.xml", folder.root)
    (failure,) = ET.parse(file).getroot().iter("failure")  # noqa: S314 - written above
    assert failure.text == str(problem)


def test_the_suites_have_the_order_of_the_pages(folder: Folder) -> None:
    """However the pages ended."""
    names = ("c.md", "a.md", "b.md")
    updates = [Update(replace(PLAN, path=name), b"") for name in names]
    write_junit(updates, folder.root / "junit.xml", folder.root)
    suites = ET.parse(folder.root / "junit.xml").getroot()  # noqa: S314 - written above
    assert [suite.get("name") for suite in suites] == ["a.md", "b.md", "c.md"]
