"""Each golden case that runs is exported as a script and a notebook that come to their ends."""

from __future__ import annotations

import ast
import json
from typing import TYPE_CHECKING

import pytest
from codeout.engine.planning import plan_page
from codeout.engine.project import Project
from codeout.export.files import exported
from codeout.export.prose import beside

from tests.codeout.export.test_export import CASES as TAKEAWAY
from tests.codeout.test_cases import CASES, PAGES
from tests.support.takeaway_runs import run_notebook, run_script

if TYPE_CHECKING:
    from pathlib import Path

# Cases whose pages fail, and those that need what only a page has.
NOT_ALONE = {
    "child-that-outlives-its-page": "it leaves a process behind",
    "fixed-environment": "it shows the variables that runs of codeout have",
    "process-that-breaks": "it leaves a process behind",
    "sessions": "its sessions take turns",
}
OURS = {f"takeaway-{page.parent.name}": page for page in TAKEAWAY.glob("*/page.*")}
NAMES = sorted(
    name
    for name, page in PAGES.items()
    if not (CASES / name / "expected.txt").exists()
    and name not in NOT_ALONE
    and page.suffix != ".py"  # a module is no lesson: it is not exported
)


def export(name: str, form: str) -> str:
    """The export of a case."""
    own = (CASES / name / "pyproject.toml").exists()
    root = TAKEAWAY if name in OURS else CASES / name if own else CASES
    project = Project.open(root)
    plan = plan_page(project.config, OURS.get(name) or PAGES[name])
    if plan.problems or not plan.cells:
        pytest.skip("nothing to export")
    return exported(project, plan, form, beside(""))


def is_more_than_python(code: str) -> bool:
    """Whether a script has to replace something in a cell."""
    try:
        compile(code, "<cell>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return True
    names = {node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)}
    return bool(names & {"display", "get_ipython"})


@pytest.mark.parametrize("name", [*NAMES, *sorted(OURS)])
def test_the_script_of_a_case_comes_to_its_end(name: str, tmp_path: Path) -> None:
    done = run_script(export(name, "py"), tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", [*NAMES, *sorted(OURS)])
def test_the_notebook_of_a_case_comes_to_its_end(name: str, tmp_path: Path) -> None:
    """Only where a cell is more than Python: the script has run what is in the others."""
    text = export(name, "ipynb")
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    if not any(is_more_than_python("".join(cell["source"])) for cell in cells):
        pytest.skip("all of it is Python")
    run_notebook(text, tmp_path)
