"""The command ``bitext`` and its settings."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from bitext.cli import main
from click.testing import CliRunner

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from click.testing import Result

    from tests.support.folder import Folder

GLOSSARY = "[[term]]\nkorean = '텐서'\nenglish = 'tensor'\n"


def bitext(*words: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, words)


def test_pages_that_agree(folder: Folder) -> None:
    folder.write("docs/a.md", "글\n\n> Text\n\n둘\n\n> two\n")
    folder.write("docs/b/c.md", "English alone\n")
    result = bitext("check", "docs")
    assert result.output == "2 pages, 2 pairs, nothing to report\n"
    assert result.exit_code == 0


def test_a_page_that_does_not(folder: Folder) -> None:
    folder.write("docs/a.md", "글은 3개\n\n> 4 texts\n")
    result = bitext("check", "docs")
    assert result.output.splitlines() == [
        "docs/a.md:1: the numbers differ: only in the Korean 3; only in the English 4",
        "  ko: 글은 3개",
        "  en: 4 texts",
        "  hint: say the same in both languages",
        "",
        "1 page, 1 pair, 1 finding",
    ]
    assert result.exit_code == 1


def test_on_github_lines_are_annotated(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def annotations() -> list[str]:
        told = bitext("check", "docs").output.splitlines()
        return [line for line in told if line.startswith("::")]

    folder.write("docs/a,100%.md", "글\n\n> Text\n\n글은 3개\n\n> 4 texts\n")
    cells = [{"cell_type": "code", "source": "x"}, {"cell_type": "markdown", "source": "글"}]
    folder.write("docs/b.ipynb", json.dumps({"cells": cells}))
    assert not annotations(), "elsewhere nobody reads them"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    numbers, notebook = annotations()
    assert numbers == (
        "::error file=docs/a%2C100%25.md,line=5,title=bitext::the numbers differ: "
        "only in the Korean 3; only in the English 4%0Asay the same in both languages"
    )
    assert notebook.startswith(
        "::error file=docs/b.ipynb,line=1,title=bitext::docs/b.ipynb: cell 2, line 1: no English"
    )


def test_pages_are_found_once_and_in_order(folder: Folder) -> None:
    for name in ("b.md", "a.md", "a.txt", ".hidden/c.md", ".ipynb_checkpoints/d.ipynb"):
        folder.write(f"docs/{name}", "글\n")
    result = bitext("check", "docs/b.md", "docs")
    assert [line for line in result.output.splitlines() if line.startswith("docs")] == [
        "docs/b.md:1: no English follows this Korean",
        "docs/a.md:1: no English follows this Korean",
    ]


def test_notebooks_name_the_cell(folder: Folder) -> None:
    cells = [
        {"cell_type": "code", "source": "x"},
        {"cell_type": "markdown", "source": ["글\n", "\n", "> Text\n"]},
        {"cell_type": "markdown", "source": "> Text\n\n---\n\n```\nx\n```\n\n글"},
    ]
    folder.write("a.ipynb", json.dumps({"cells": cells}))
    told = bitext("check", "a.ipynb").output.splitlines()
    assert told[0].startswith("a.ipynb: cell 3, line 1: no Korean")
    assert told[4].startswith("a.ipynb: cell 3, line 9: no English")


def test_titles_of_the_navigation(folder: Folder) -> None:
    folder.write("mkdocs.yml", "site_name: x\nnav:\n  - 홈 · Home: a.md\n- 둘: b.md\ntheme: x\n")
    told = bitext("check", "mkdocs.yml").output.splitlines()
    assert told[0] == "mkdocs.yml:4: this title has no English"
    assert told[-1] == "1 page, 1 pair, 1 finding"


def test_glossary_of_the_folder(folder: Folder) -> None:
    folder.write("a.md", "텐서\n\n> Tensor\n")
    assert bitext("check", "a.md").exit_code == 0
    folder.write("glossary.toml", GLOSSARY)
    assert "write `텐서(tensor)`" in bitext("check", "a.md").output


def test_glossary_of_the_settings_and_of_the_command(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("docs/a.md", "텐서\n\n> Tensor\n")
    folder.write("terms.toml", GLOSSARY)
    folder.write("none.toml", "")
    folder.write("pyproject.toml", '[tool.bitext]\nglossary = "terms.toml"\n')
    monkeypatch.chdir(folder.root / "docs")
    assert bitext("check", "a.md").exit_code == 1
    assert bitext("check", "a.md", "--glossary", "../none.toml").exit_code == 0


def test_first_uses_where_the_settings_want_them(folder: Folder) -> None:
    for name in ("lessons/a.md", "guide/a.md", "index.md"):
        folder.write(f"docs/{name}", "텐서\n\n> Tensor\n")
    folder.write("glossary.toml", GLOSSARY)
    folder.write("pyproject.toml", '[tool.bitext]\nfirst-use = ["docs/lessons", "docs/index.md"]\n')
    told = bitext("check", "docs").output.splitlines()
    assert [line.partition(":")[0] for line in told if line.startswith("docs")] == [
        "docs/index.md",
        "docs/lessons/a.md",
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["check"], "Missing argument"),
        (["check", "none.md"], "'none.md' does not exist"),
        (["check", "empty"], "no page at empty"),
        (["check", "a.md", "--glossary", "none.toml"], "'none.toml' does not exist"),
        (["check", "a.md", "--glossary", "a.md"], "a.md: "),
        (["check", "latin.md"], "latin.md: "),
        (["check", "list.ipynb"], "list.ipynb: this is no notebook"),
        (["check", "text.ipynb"], "text.ipynb: this is no notebook"),
        (["check", "cell.ipynb"], "cell.ipynb: this is no notebook"),
        (["chekc"], "No such command"),
    ],
)
def test_misuse(folder: Folder, words: list[str], told: str) -> None:
    folder.write("a.md", "글\n\n> Text\n")
    (folder.root / "empty").mkdir()
    (folder.root / "latin.md").write_bytes("é".encode("latin-1"))
    folder.write("list.ipynb", "[]")
    folder.write("text.ipynb", "x")
    folder.write("cell.ipynb", '{"cells": [{"cell_type": "markdown", "source": 3}]}')
    result = bitext(*words)
    assert told in result.output
    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("glosary = 'a'", "has no `glosary`; it has glossary, first-use"),
        ("glossary = 1", "`glossary` in [tool.bitext] is the path of a file"),
        ("first-use = 'docs'", "`first-use` in [tool.bitext] is a list of paths"),
        ("first-use = [1]", "`first-use` in [tool.bitext] is a list of paths"),
        ("glossary = 'none.toml'", "none.toml"),
        ("glossary", "line 2"),
    ],
)
def test_settings_that_cannot_be_used(folder: Folder, table: str, told: str) -> None:
    folder.write("a.md", "글\n")
    folder.write("pyproject.toml", f"[tool.bitext]\n{table}\n")
    result = bitext("check", "a.md")
    assert told in result.output
    assert result.exit_code == 2


def test_it_runs_as_a_module(folder: Folder) -> None:
    file = folder.write("a.md", "글\n\n> Text\n")
    words = [sys.executable, "-m", "bitext", "check", str(file)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, check=True)
    assert done.stdout == b"1 page, 1 pair, nothing to report\n"
    assert not done.stderr
