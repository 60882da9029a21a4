"""The table of all pages: what is counted, and that nothing in a block breaks the counting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.engine.project import Project
from codeout.site.verification import count_assertions, verify

from tests.codeout.integrations.mkdocs.test_plugin import codeout_run

if TYPE_CHECKING:
    from tests.support.folder import Folder

CODES = {
    "none": ("1 + 1", 0),
    "one": ("assert True", 1),
    "in functions and classes": ("class A:\n    def f(self):\n        assert self, 'x'\n", 1),
    "several on a line": ("assert a; assert b", 2),
    "in a string or a comment": ("'assert'\n# assert\n'''\nassert x\n'''", 0),
    "with await": ("await f()\nassert x", 1),
    "line magics": ("%matplotlib inline\nassert x\nif a:\n    !ls\n    assert y", 2),
    "assigned magics": ("a = !ls\nb, c = %time f()\nassert a", 1),
    "a command of several lines": ("!ls \\\n  -l\nassert x", 1),
    "what looks like a magic in a string": ("s = '''\n%time'''\n%time s\nassert s", 1),
    "given to a magic": ("%time assert x", 1),
    "help": ("str.join?\nassert a\nstr??", 1),
    "a modulo on a line of its own": ("x = (5\n% 3)\nassert x", 1),
    "cell magic over Python": ("%%time\nassert x", 1),
    "cell magic over something else": ("%%bash\nassert x is y, but this is not Python", 0),
    "not Python": ("assert (", 0),
    "a backslash that Python warns of": ("'\\d'\nassert x", 1),
    "nul": ("assert x\0", 0),
    "empty": ("", 0),
}


@pytest.mark.parametrize(("code", "count"), CODES.values(), ids=CODES)
def test_assertions_are_counted(code: str, count: int) -> None:
    assert count_assertions(code) == count


def test_every_page_that_runs_has_a_row_and_all_come_to_totals(folder: Folder) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['.']\nsnippets = ['pieces']\n")
    folder.write("pieces/check.py", "assert 1\nassert 2\n")
    folder.page("a.md", ('--8<-- "check.py"\nassert 3', ""), ("4", ""))
    folder.page("b.md", ("1 / 0", ""), comment="<!-- codeout: raises=ZeroDivisionError -->")
    folder.notebook("c.ipynb", ("assert 5", ""), ("1 / 0", ""), tags=["raises-exception"])
    folder.page("d.md", ("print(6)", "6"), comment="<!-- codeout: volatile -->")
    folder.write("prose.md", "Nothing runs.\n")
    codeout_run()
    folder.page("e.md", ("6", ""))

    project = Project.open()
    found = verify((plan, project.status(plan)) for plan in project.plans())
    rows = found.rows
    assert [(row.path, row.blocks, row.assertions, row.errors, row.fresh) for row in rows] == [
        ("a.md", 2, 3, 0, True),
        ("b.md", 1, 0, 1, True),
        ("c.ipynb", 2, 1, 2, True),
        ("d.md", 1, 0, 0, True),
        ("e.md", 1, 0, 0, False),
    ]
    assert [row.record for row in rows] == [project.lock.get(row.path) for row in rows]
    assert rows[-1].record is None
    assert (found.blocks, found.assertions, found.errors, found.stale) == (7, 4, 3, 1)
    assert [str(row.coverage) for row in rows] == ["100 %", "100 %", "100 %", "0 %", "–"]
    assert str(found.coverage) == "90 %"
    assert found.seconds == sum(row.record.seconds for row in rows if row.record)


def test_a_page_that_cannot_be_understood_is_stale(folder: Folder) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['.']\n")
    folder.write("a.md", "<!-- codeout: skip -->\n\nProse.\n")
    project = Project.open()
    (row,) = verify((plan, project.status(plan)) for plan in project.plans()).rows
    assert (row.blocks, row.fresh) == (0, False)
