"""Outputs of another environment, kept on a page as those of a range of versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.config.settings import Config
from codeout.engine.project import Project
from codeout.matrix.keeping import ChangedOutput, keep

from tests.codeout.cli.test_main import codeout
from tests.support.records import RECORD

if TYPE_CHECKING:
    from codeout.engine.update import Update

    from tests.support.folder import Folder

FENCE = "<!-- codeout: out -->\n```python\nprint(1)\n```\n\n```\n1\n```"
OTHER = "\n\n<!-- codeout: out pip<1 -->\n```\n0\n```\n"


def kept(folder: Folder, text: str, *changed: ChangedOutput, name: str = "page.md") -> Update:
    """The update of a page that keeps some outputs."""
    folder.write("pyproject.toml", f"[tool.codeout]\npages = ['{name}']\n")
    file = folder.write(name, text)
    plan = Project.open(folder.root).plan(file)
    return keep(plan, Config(folder.root), RECORD, changed, "pip<1")


@pytest.mark.parametrize("end", ["", "\n", "\n\nMore.\n", "\n```python\n2\n```\n"])
def test_the_output_stands_below_the_main_one(folder: Folder, end: str) -> None:
    update = kept(folder, FENCE + end, ChangedOutput(0, "", "```\n0\n```\n"))
    assert update.problems == ()
    text = update.after.decode()
    assert text.startswith(FENCE + OTHER)
    assert text.removeprefix(FENCE + OTHER) == end.removeprefix("\n")
    assert update.record
    assert not update.record.matrix
    folder.write("page.md", text)
    assert codeout("run").exit_code == 0
    assert folder.read("page.md") == text


def test_a_range_that_has_a_place_is_written_there(folder: Folder) -> None:
    update = kept(folder, FENCE + OTHER, ChangedOutput(0, "pip<1", "```\n2\n```\n"))
    assert update.after.decode() == FENCE + OTHER.replace("0", "2")


def test_an_output_of_another_range_is_not_replaced(folder: Folder) -> None:
    before = FENCE + OTHER.replace("pip<1", "pip<0.5")
    update = kept(folder, before, ChangedOutput(0, "pip<0.5", "```\n2\n```\n"))
    assert [str(each) for each in update.problems] == [
        (
            "page.md:11: the output of `pip<0.5` differs there\n"
            "  hint: make that range smaller by hand, or name it, so that its output is replaced"
        )
    ]
    assert update.after.decode() == before


def test_a_range_that_meets_another_one_is_refused(folder: Folder) -> None:
    before = FENCE + OTHER.replace("pip<1", "pip<0.5")
    update = kept(folder, before, ChangedOutput(0, "", "```\n2\n```\n"))
    assert [each.message for each in update.problems] == [
        "`pip<0.5` and `pip<1` have versions in common"
    ]
    assert update.after.decode() == before


def test_an_output_that_would_be_read_as_something_else_is_refused(folder: Folder) -> None:
    update = kept(folder, FENCE, ChangedOutput(0, "", f"```\n0\n```\n\n{FENCE}\n"))
    assert [each.message for each in update.problems] == [
        "with these outputs, the page would be read as another one"
    ]
