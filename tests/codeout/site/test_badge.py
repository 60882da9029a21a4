"""A badge: how many outputs of a project are true."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests.codeout.cli.test_main import codeout

if TYPE_CHECKING:
    from tests.support.folder import Folder

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def project(folder: Folder) -> Folder:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    folder.page("docs/one.md", ("import click\nprint('a\\nb')", "a\nb"))
    folder.page("docs/two.md", ("print(3)", "3"))
    return folder


def endpoint(*words: str) -> dict[str, object]:
    told: dict[str, object] = json.loads(codeout("badge", "--json", "-o", "-", *words).stdout)
    return told


@pytest.mark.usefixtures("project")
def test_pages_that_have_not_run_are_stale() -> None:
    assert endpoint() == {
        "schemaVersion": 1,
        "label": "docs",
        "message": "2 pages stale",
        "color": "orange",
    }


@pytest.mark.usefixtures("project")
def test_it_counts_the_lines_of_output_that_are_compared() -> None:
    codeout("run")
    assert endpoint()["message"] == "3 output lines true"
    assert endpoint()["color"] == "brightgreen"
    told = str(endpoint("--package", "click", "--label", "course")["message"])
    assert told.startswith("3 output lines true, click 8.")
    assert endpoint("--package", "nothing")["message"] == "3 output lines true"


def test_it_tells_the_environments_where_pages_hold(project: Folder) -> None:
    codeout("run")
    assert endpoint("--matrix")["message"] == "3 output lines true"
    own = '{ date = 2026-11-30, environment = "e1", result = "true" }'
    lines = ('outputs = "', f'matrix."torch-2.6" = {own}\nmatrix."torch-2.8" = {own}\noutputs = "')
    project.write("codeout.lock", project.read("codeout.lock").replace(*lines))
    assert endpoint("--matrix")["message"] == "3 output lines true, also with torch 2.6 to 2.8"
    assert endpoint()["message"] == "3 output lines true"


def test_pages_without_outputs_boast_of_nothing(folder: Folder) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['page.md']\n")
    folder.write("page.md", "Prose.\n")
    assert endpoint()["message"] == "no output compared"


def test_the_picture_says_the_same_to_those_who_do_not_see_it(project: Folder) -> None:
    codeout("run")
    done = codeout("badge", "--label", "문서 <b>")
    assert (done.exit_code, done.stdout) == (0, "badge.svg\n")
    picture = ET.fromstring(project.read("badge.svg"))  # noqa: S314  # ours
    assert picture.get("aria-label") == "문서 <b>: 3 output lines true"
    assert [text.text for text in picture.iter(f"{SVG}text")] == ["문서 <b>", "3 output lines true"]
    wide = [float(box.get("width") or 0) for box in picture.iter(f"{SVG}rect")]
    assert wide[0] == wide[1] + wide[2]
