"""``codeout check --json``: the results for machines."""

from __future__ import annotations

import json
import platform
from typing import TYPE_CHECKING, Any

from tests.codeout.cli.test_main import codeout

if TYPE_CHECKING:
    from tests.support.folder import Folder


def checked(*words: str) -> tuple[int, list[dict[str, Any]]]:
    done = codeout("check", "--json", *words)
    return done.exit_code, json.loads(done.stdout)


def test_each_page_has_its_result(folder: Folder) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    folder.page("docs/a.md", ("import click\nprint(1)", "1"))
    folder.page("docs/b.md", ("print(2)", "3"))
    folder.write("docs/c.md", "```python\n1 / 0\n```\n")
    folder.write("docs/d.md", "Prose.\n")
    status, pages = checked()
    assert status == 1
    assert [(page["page"], page["result"], page["says"]) for page in pages] == [
        ("docs/a.md", "true", ""),
        ("docs/b.md", "differs", "3 → 2"),
        ("docs/c.md", "fails", "raised ZeroDivisionError: division by zero"),
        ("docs/d.md", "nothing to run", ""),
    ]
    true, differs, fails, _ = pages
    assert (true["lines"], true["compared"], true["problems"]) == (1, 1, [])
    assert (true["python"], [*true["versions"]]) == (platform.python_version(), ["click"])
    assert "-3\n+2" in differs["problems"][0]["detail"]
    assert [page["block"] for page in pages] == [0, 1, 1, 0]
    moved = {"output": 0, "line": 9, "versions": "", "text": "    ```\n    2\n    ```\n"}
    assert [page["outputs"] for page in pages] == [[], [moved], [], []]
    assert fails["problems"][0]["hint"].startswith("if the page means to show this")


def test_a_check_in_which_all_is_true_ends_with_0(folder: Folder) -> None:
    folder.page("page.md", ("print(1)", "1"))
    status, (page,) = checked("page.md")
    assert (status, page["result"], page["gaps"]) == (0, "true", [])


def test_what_a_terminal_might_obey_is_escaped(folder: Folder) -> None:
    folder.write("page.md", "```python\nraise ValueError('\\x1b[31m')\n```\n")
    told = codeout("check", "--json", "page.md").stdout
    assert "\x1b" not in told
    assert json.loads(told)[0]["result"] == "fails"
