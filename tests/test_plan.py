"""The plan: which pages there are, what would run, and that finding out is cheap."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from codeout.assets import Asset
from codeout.cell import Cell
from codeout.config import Config
from codeout.lock import Lock
from codeout.plan import assets_of, find_pages, plan_page
from codeout.problem import ConfigError, Problem

if TYPE_CHECKING:
    from folder import Folder


@pytest.fixture
def tree(folder: Folder) -> Folder:
    """Some pages, and files that are none."""
    for name in (
        "README.md",
        "docs/index.md",
        "docs/old/one.md",
        "docs/old/two.markdown",
        "docs/old/lab.ipynb",
        "docs/old/.ipynb_checkpoints/lab-checkpoint.ipynb",
        "docs/note.txt",
        "docs/.drafts/three.md",
        ".venv/four.md",
    ):
        folder.write(name, "")
    return folder


def names(folder: Folder, config: Config, *paths: str) -> list[str]:
    found = find_pages(config, [folder.root / path for path in paths])
    return [file.relative_to(folder.root).as_posix() for file in found]


ALL = [
    "README.md",
    "docs/index.md",
    "docs/old/lab.ipynb",
    "docs/old/one.md",
    "docs/old/two.markdown",
]


@pytest.mark.parametrize(
    ("pages", "exclude", "found"),
    [
        pytest.param(["README.md"], [], ["README.md"], id="file"),
        pytest.param(["docs/note.txt"], [], ["docs/note.txt"], id="file with any ending"),
        pytest.param(["docs"], [], ALL[1:], id="folder, hidden ones left out"),
        pytest.param(["*.md", "docs/*/*.md"], [], ["README.md", "docs/old/one.md"], id="patterns"),
        pytest.param(["**/*one.md"], [], [ALL[3]], id="pattern"),
        pytest.param(["**/*.ipynb"], [], [ALL[2]], id="pattern, hidden folders left out"),
        pytest.param(["docs/o*"], [], ALL[2:], id="folders"),
        pytest.param(["docs", "docs/index.md", "README.md"], [], ALL, id="each once, sorted"),
        pytest.param(["."], ["docs/old/*"], ["README.md", "docs/index.md"], id="exclude"),
    ],
)
def test_configured_pages(
    tree: Folder, pages: list[str], exclude: list[str], found: list[str]
) -> None:
    config = Config(tree.root, pages=tuple(pages), exclude=tuple(exclude))
    assert names(tree, config) == found


def test_paths_narrow_the_configuration(tree: Folder) -> None:
    config = Config(tree.root, pages=("docs",), exclude=("docs/old/*",))
    assert names(tree, config, "docs/old", "README.md") == ["README.md"]
    assert names(tree, config, "docs/old/one.md") == ["docs/old/one.md"], "named, so not excluded"


@pytest.mark.parametrize(
    ("pages", "paths", "message"),
    [
        ((), (), "no pages are named"),
        (
            ("none.md",),
            (),
            "pyproject.toml: `pages` in [tool.codeout] names none.md: no such file or folder",
        ),
        (
            ("*.rst",),
            (),
            "pyproject.toml: `pages` in [tool.codeout] names *.rst: no such file or folder",
        ),
        ((), ("none.md",), "none.md: no such file or folder"),
    ],
)
def test_pages_that_are_not_there_are_told(
    tree: Folder, pages: tuple[str, ...], paths: tuple[str, ...], message: str
) -> None:
    with pytest.raises(ConfigError) as error:
        names(tree, Config(tree.root, pages=pages), *paths)
    assert error.value.message == message


def test_a_page_outside_the_root_has_a_name(folder: Folder) -> None:
    file = folder.page("other/page.md", ("1", "1"))
    plan = plan_page(Config(folder.root / "project"), file)
    assert (plan.path, plan.problems) == ("../other/page.md", ())


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


def test_assets_are_for_the_pages_that_they_name() -> None:
    every = Asset("a", "0" * 64, ())
    some = replace(every, path="b", pages=("docs/*.md",))
    config = Config(Path(), assets=(every, some))
    assert assets_of(config, "docs/a.md") == (every, some)
    assert assets_of(config, "README.md") == (every,)


def test_a_page_without_code_is_never_stale(folder: Folder) -> None:
    plan = plan_page(Config(folder.root), folder.write("a.md", "Prose.\n"))
    assert plan.reasons(Lock(None)) == ()


CHEAP = """\
import sys
from codeout.project import Project
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
