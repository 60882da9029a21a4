"""A verdict: the result of a check in one word, and the first place that is not true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.engine.outcome_of import outcome_of
from codeout.engine.project import Project
from codeout.engine.update import Update
from codeout.engine.verdict import DIFFERS, FAILS, Verdict, verdict_of

if TYPE_CHECKING:
    from tests.support.folder import Folder

LONG = "a" * 300


def cell(code: str, shown: str) -> str:
    return f"<!-- codeout: out -->\n```python\n{code}\n```\n\n```\n{shown}\n```\n"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Prose.\n", Verdict("nothing to run")),
        (cell("print(1)", "1"), Verdict("true")),
        (cell("print(1)", "1") + cell("print(2)", "3"), Verdict(DIFFERS, 14, "3 → 2", 2)),
        (cell("print('a\\nb')", "a\nc"), Verdict(DIFFERS, 6, "c → b", 1)),
        (cell("print('a')", "a\nb"), Verdict(DIFFERS, 6, "b → (nothing)", 1)),
        (
            cell(f"print('{'a' * 99}b{'c' * 99}')", f"{'a' * 99}d"),
            Verdict(DIFFERS, 6, f"…{'a' * 30}d → …{'a' * 30}b{'c' * 59}…", 1),
        ),
        (cell("1 / 0", "1"), Verdict(FAILS, 3, "raised ZeroDivisionError: division by zero", 1)),
        (
            cell(f"assert 0, '{LONG}'", ""),
            Verdict(FAILS, 3, f"raised AssertionError: {LONG[:176]}…", 1),
        ),
    ],
)
def test_it_tells_the_first_place(folder: Folder, text: str, verdict: Verdict) -> None:
    folder.write("page.md", text)
    project = Project.open()
    (plan,) = project.plans([folder.root / "page.md"])
    (update,) = (event for event in project.execute([plan]) if isinstance(event, Update))
    assert verdict_of(update, outcome_of(plan)) == verdict
