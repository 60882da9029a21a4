"""Each golden case that runs is exported as a script that comes to its end."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from codeout.engine.plan import plan_page
from codeout.engine.project import Project
from codeout.export.files import exported
from codeout.export.prose import beside

from tests.codeout.test_cases import CASES, PAGES

if TYPE_CHECKING:
    from pathlib import Path

# Cases whose pages fail, and those that need what only a page has.
NOT_ALONE = {
    "child-that-outlives-its-page": "it leaves a process behind",
    "display-that-is-updated": "it imports display from IPython, which gives no handle elsewhere",
    "fixed-environment": "it shows the variables that runs of codeout have",
    "last-value": "`_` is IPython's",
    "magics": "`%%writefile` is IPython's",
    "notebook-magics": "`%%capture` is IPython's",
    "process-that-breaks": "it leaves a process behind",
    "pickle-of-a-class-of-the-page": "the class is looked up in __main__ by its name there",
}
NAMES = sorted(
    name
    for name, page in PAGES.items()
    if not (CASES / name / "expected.txt").exists() and name not in NOT_ALONE
)


@pytest.mark.parametrize("name", NAMES)
def test_the_script_of_a_case_comes_to_its_end(name: str, tmp_path: Path) -> None:
    own = (CASES / name / "pyproject.toml").exists()
    project = Project.open(CASES / name if own else CASES)
    plan = plan_page(project.config, PAGES[name])
    if plan.problems or not plan.cells:
        pytest.skip("nothing to export")
    (tmp_path / "page.py").write_text(exported(project, plan, "py", beside("")), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "page.py"],
        cwd=tmp_path,
        env=os.environ | {"MPLBACKEND": "agg"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
