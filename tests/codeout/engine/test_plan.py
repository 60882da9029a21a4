"""The plan: what of a page would run, and that finding out is cheap."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from codeout.config.settings import Config
from codeout.engine.planning import plan_page
from codeout.errors import Problem
from codeout.lock.lockfile import Lock
from codeout.run.job import Cell

if TYPE_CHECKING:
    from tests.support.folder import Folder

PAGE = """\
<!-- codeout: timeout=5 raises=KeyError -->

```python
--8<-- "net.py"
```

<!-- codeout: skip -->

```python
never
```

<!-- pytest.mark.xfail -->

```python
last
```
"""


def test_cells_are_the_blocks_that_run(folder: Folder) -> None:
    folder.write("snippets/net.py", "net = 1")
    plan = plan_page(Config(folder.root, timeout=9.0), folder.write("page.md", PAGE))
    assert plan.problems == ()
    assert plan.blocks == (0, 2)
    assert plan.cells == (
        Cell("net = 1\n", 5.0, raises="KeyError"),
        Cell("last\n", 9.0, may_fail=True),
    )
    assert list(plan.inputs.includes) == ["snippets/net.py"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(
            'x\n\n```python\n\n--8<-- "none.py"\n```\n',
            Problem(
                "page.md",
                5,
                "snippet at path 'none.py' could not be found",
                "includes are looked for in: snippets, .",
            ),
            id="a missing include",
        ),
        pytest.param(
            '=== "Code"\n\n    ```python\n    1\n    ```\n\n=== "Out"\n\n'
            "    ```\n    1\n    ```\n\n    So it is one.\n",
            Problem(
                "page.md",
                13,
                "text in an output tab that codeout did not write",
                "an output tab holds output alone; move this text out of it",
            ),
            id="prose in an output tab",
        ),
        pytest.param(
            "<!-- codeout: volatil -->\n\n```python\n1\n```\n",
            Problem("page.md", 1, "unknown word 'volatil'", "did you mean 'volatile'?"),
            id="an unknown word",
        ),
    ],
)
def test_what_keeps_a_page_from_running(folder: Folder, text: str, problem: Problem) -> None:
    plan = plan_page(Config(folder.root), folder.write("page.md", text))
    assert plan.problems == (problem,)


def test_a_page_outside_the_root_can_be_planned(folder: Folder) -> None:
    file = folder.page("other/page.md", ("1", "1"))
    plan = plan_page(Config(folder.root / "project"), file)
    assert (plan.path, plan.problems) == ("../other/page.md", ())


def test_a_page_that_cannot_be_read_is_told(folder: Folder) -> None:
    plan = plan_page(Config(folder.root), folder.root / "none.md")
    hint = "it has to be a file that you may read"
    problem = Problem("none.md", 0, "cannot be read: No such file or directory", hint)
    assert plan.problems == (problem,)


def test_the_digest_of_the_code_takes_note_of(folder: Folder) -> None:
    def code(text: str, **settings: Any) -> str:
        return plan_page(Config(folder.root, **settings), folder.write("a.md", text)).inputs.code

    block = "```python\n1\n```\n"
    same = [code(block), code(f"Prose.\n\n{block}"), code(block, timeout=1.0, jobs=2)]
    others = [
        code(block.replace("1", "2")),
        code(f"<!-- codeout: rtol=1 -->\n\n{block}"),
        code(block * 2),
        code(block, environment={"A": "1"}),
    ]
    assert len(set(same)) == 1
    assert len({*same, *others}) == 5


def test_the_digest_of_the_outputs_takes_note_of_pictures_and_not_of_line_endings(
    folder: Folder,
) -> None:
    text = '=== "Code"\n\n    ```python\n    1\n    ```\n\n=== "Out"\n\n    ![](a.png)\n'
    file = folder.write("page.md", text)

    def outputs() -> str:
        return plan_page(Config(folder.root), file).outputs

    missing = outputs()
    folder.write("a.png", "drawn")
    drawn = outputs()
    file.write_bytes(text.replace("\n", "\r\n").encode())
    assert outputs() == drawn != missing


def test_a_page_without_code_is_never_stale(folder: Folder) -> None:
    plan = plan_page(Config(folder.root), folder.write("a.md", "Prose.\n"))
    assert plan.reasons(Lock(None)) == ()


CHEAP = """\
import sys
from codeout.engine.project import Project
project = Project.open()
print([project.status(plan).reasons for plan in project.plans()])
heavy = {"torch", "IPython", "nbformat", "pooch", "rich", "PIL", "multiprocessing"}
print(heavy & {*sys.modules})
"""


def test_to_see_what_is_stale_imports_nothing_heavy(folder: Folder) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['.']\npreload = ['torch']\n")
    folder.page("page.md", ("import torch", ""))
    folder.notebook("page.ipynb", ("import torch", ""))
    command = [sys.executable, "-c", CHEAP]
    ran = subprocess.run(command, capture_output=True, check=True, text=True)
    assert ran.stdout == "[('never ran',), ('never ran',)]\nset()\n"


def test_an_include_does_not_lead_out_of_the_project(
    folder: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Otherwise a stranger's link would show any file of mine."""
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.py"
    secret.write_text("secret = 1")
    (folder.root / "snippets").mkdir()
    (folder.root / "snippets/net.py").symlink_to(secret)
    (problem,) = plan_page(Config(folder.root), folder.write("page.md", PAGE)).problems
    assert problem.message == "includes snippets/net.py, which leads out of the project"


def test_a_page_that_is_no_file_is_told_at_once(folder: Folder) -> None:
    os.mkfifo(folder.root / "page.md")
    (problem,) = plan_page(Config(folder.root), folder.root / "page.md").problems
    assert problem.message == "cannot be read: it is no regular file"
