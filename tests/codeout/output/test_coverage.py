"""Verification coverage: which lines of a page's outputs count as compared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from codeout.config.settings import Config
from codeout.engine.planning import plan_page
from codeout.engine.project import Project
from codeout.output.counting import coverage_of
from codeout.output.coverage import Coverage

from tests.support.folder import cell

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.folder import Folder

PICTURE = "![figure 1](assets/out/page/1.png)"
HTML = '<div class="codeout-html"><table></table></div>'
PAGES = {
    "nothing to run": ("Prose.\n", (0, 0)),
    "no output": ("```python\n1\n```\n", (0, 0)),
    "all lines": ("[]\n1\n2\n3\n", (3, 3)),
    "elisions": ("[]\n1\n...\n3\n  ...  \n5\n", (5, 3)),
    "dots among words": ("[]\n1 ...\n....\n", (2, 2)),
    "a blank line": ("[]\n1\n\n3\n", (3, 3)),
    "volatile": ("[<!-- codeout: volatile -->]\n1\n2\n", (2, 0)),
    "another comment": ("[<!-- codeout: rtol=1e-1 -->]\n1.5\n", (1, 1)),
    "skipped": ("[<!-- codeout: skip -->]\n1\n", (0, 0)),
}


def written(text: str) -> str:
    """A page out of a comment in brackets and the lines that stand in its output tab."""
    if not text.startswith("["):
        return text
    comment, *lines = text.splitlines()
    body = "".join(f"    {line}\n" for line in ["```", *lines, "```"])
    code = f"    {comment[1:-1]}\n    ```python\n    pass\n    ```\n"
    return f'=== "Code"\n\n{code}\n=== "Out"\n\n{body}'


def covered(file: Path) -> Coverage:
    plan = plan_page(Config(file.parent), file)
    assert not plan.problems
    return coverage_of(plan.page, plan.shown)


@pytest.mark.parametrize(("text", "counts"), PAGES.values(), ids=PAGES)
def test_lines_are_counted(folder: Folder, text: str, counts: tuple[int, int]) -> None:
    assert covered(folder.write("page.md", written(text))) == Coverage(*counts)


def test_pictures_and_html_count_as_a_line_each(folder: Folder) -> None:
    out = f"```\n    1\n    2\n    ```\n\n    {PICTURE}\n\n    {HTML}"
    tabs = f'=== "Code"\n\n    ```python\n    f()\n    ```\n\n=== "Out"\n\n    {out}\n'
    assert covered(folder.write("page.md", tabs)) == Coverage(4, 4)
    volatile = tabs.replace("    ```python", "    <!-- codeout: volatile -->\n    ```python")
    assert covered(folder.write("page.md", volatile)) == Coverage(4, 0)


def test_one_volatile_block_makes_its_whole_output_so(folder: Folder) -> None:
    fences = "    ```python\n    1\n    ```\n\n    <!-- codeout: volatile -->\n"
    fences += "    ```python\n    2\n    ```\n"
    page = f'=== "Code"\n\n{fences}\n=== "Out"\n\n    ```\n    1\n    2\n    ```\n'
    assert covered(folder.write("page.md", page)) == Coverage(2, 0)


def test_a_notebook_counts_alike(folder: Folder) -> None:
    folder.notebook("a.ipynb", ("f()", "1\n...\n3\n"), ("g()", ""))
    assert covered(folder.root / "a.ipynb") == Coverage(3, 2)
    book = json.loads(folder.read("a.ipynb"))
    book["cells"].append(cell("h()", "4\n5\n", ["codeout:volatile"]))
    assert covered(folder.write("a.ipynb", json.dumps(book))) == Coverage(5, 2)


def test_the_share_is_rounded_down() -> None:
    assert str(Coverage(0, 0)) == "–"
    assert str(Coverage(1000, 999)) == "99 %"
    assert str(Coverage(3, 3) + Coverage(1, 0)) == "75 %"
    assert str(Coverage(2, 0)) == "0 %"


LEFT_OUT = [
    "fence `ipython`",
    "`...` in an output",
    "skipped code",
    "volatile output",
    "`...` in an output",
]


def test_the_course_is_compared_line_by_line(pytestconfig: pytest.Config) -> None:
    """What readers see is held to the truth: 95 lines in a hundred, on every page.

    But for the page that shows what is not compared, and how to leave something out.
    """
    project = Project.open(pytestconfig.rootpath)
    found = {status.path: status.outcome for status in map(project.status, project.plans())}
    shown = [gap.what for gap in found.pop("docs/engine/writing.md").gaps]
    assert shown == LEFT_OUT
    assert sum((each.coverage for each in found.values()), Coverage()).lines > 500
    weak = {path for path, each in found.items() if each.coverage.percent in range(95)}
    assert not weak
