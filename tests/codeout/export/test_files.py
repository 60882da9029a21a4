"""``codeout export``: where it writes, what it never overwrites, and that it all runs."""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
from codeout.engine.project import Project
from codeout.export.files import chosen, exported, file_names
from codeout.export.prose import beside

from tests.codeout.cli.test_main import codeout
from tests.support.paths import ROOT
from tests.support.takeaway_runs import differences, lend_data, run_notebook, run_script

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.folder import Folder

needs_torch = pytest.mark.skipif(not find_spec("torch"), reason="lessons need torch")


@pytest.mark.parametrize("form", ["ipynb", "py"])
def test_it_writes_into_the_current_folder(folder: Folder, form: str) -> None:
    folder.page("docs/page.md", ("1 + 1", "2"))
    done = codeout("export", "docs/page.md", "--to", form)
    assert (done.exit_code, done.stdout) == (0, f"page.{form}\n")
    written = folder.read(f"page.{form}")
    assert "1 + 1" in written
    assert codeout("export", "docs/page.md", "--to", form, "-o", "-").stdout == written
    (folder.root / "new").mkdir()
    codeout("export", "docs/page.md", "--to", form, "-o", "new/other.txt")
    assert folder.read("new/other.txt") == written


def test_links_lead_from_the_base(folder: Folder) -> None:
    folder.write("page.md", "A [link](other.md).\n")
    base = "https://example.org/docs/page.md"
    told = codeout("export", "page.md", "--to", "py", "-o", "-", "--base", base).stdout
    assert told == "# %% [markdown]\n# A [link](https://example.org/docs/other.md).\n"


def test_a_page_is_never_overwritten(folder: Folder) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    folder.page("docs/page.md", ("1 + 1", "2"))
    lab = folder.notebook("docs/lab.ipynb", ("1 + 1", "2"))
    before = lab.read_bytes()
    for page in ("docs/lab.ipynb", "docs/page.md"):
        done = codeout("export", page, "--to", "ipynb", "-o", "docs/lab.ipynb")
        assert done.exit_code == 2
        assert "docs/lab.ipynb: this is a page" in done.stderr
    assert lab.read_bytes() == before


def test_what_cannot_be_exported_says_why(folder: Folder) -> None:
    folder.write("page.md", "<!-- codeout: skipp -->\n```python\n```\n")
    done = codeout("export", "page.md", "--to", "py")
    assert done.exit_code == 2
    assert done.stderr.startswith(
        "codeout: page.md: cannot be exported\npage.md:1: unknown word 'skipp'"
    )
    assert not (folder.root / "page.py").exists()
    folder.write("page.md", "Text.\n")
    done = codeout("export", "page.md", "--to", "py", "-o", "page.md/x.py")
    assert (done.exit_code, done.stderr.partition(":")[0]) == (2, "codeout")


@pytest.mark.parametrize("form", ["ipynb", "py"])
def test_half_a_character_in_the_prose_of_a_notebook_is_a_question_mark(
    folder: Folder, form: str
) -> None:
    lab = folder.notebook("lab.ipynb", ("1 + 1", "2"))
    book = json.loads(lab.read_bytes())
    book["cells"].insert(0, {"cell_type": "markdown", "metadata": {}, "source": "a \ud800 b"})
    lab.write_text(json.dumps(book), encoding="ascii")
    assert codeout("export", "lab.ipynb", "--to", form, "-o", "other").exit_code == 0
    assert "a ? b" in folder.read("other")


def test_patterns_choose_pages() -> None:
    assert chosen("basics/tensors.md", ["labs/*", "basics/*"])
    assert not chosen("engine/design.md", ["labs/*", "basics/*"])
    assert file_names("docs/a.b.md") == {"ipynb": "a.b.ipynb", "py": "a.b.py"}


@needs_torch
@pytest.mark.parametrize("lesson", ["autograd", "tensors", "save-and-load"])
def test_a_notebook_gives_the_outputs_of_its_page(
    lesson: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is in the files that stand in for data."""
    monkeypatch.setenv("CODEOUT_STAND_IN_SEED", "1")
    project = Project.open(ROOT)
    (plan,) = project.plans([ROOT / f"docs/basics/{lesson}.md"])
    lend_data(project, plan, tmp_path)
    _, *cells = run_notebook(exported(project, plan, "ipynb", beside("")), tmp_path)
    assert differences(project, plan, cells, tmp_path) == []


@needs_torch
def test_a_script_runs_through_the_errors_that_its_page_shows(tmp_path: Path) -> None:
    project = Project.open(ROOT)
    (plan,) = project.plans([ROOT / "docs/basics/autograd.md"])
    lend_data(project, plan, tmp_path)
    done = run_script(exported(project, plan, "py", beside("")), tmp_path)
    assert done.returncode == 0, done.stderr
    assert "RuntimeError: Trying to backward through the graph a second time" in done.stdout
