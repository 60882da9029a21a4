"""What an export makes of a page: golden cases, and laws over all pages and generated ones.

``takeaway/`` is a project with a folder a case: ``page.md`` or ``page.ipynb``, and beside it
``expected.py`` and ``expected.ipynb``. ``CODEOUT_ACCEPT=1 pytest
tests/codeout/export/test_export.py`` writes what the export does into them. Read each one before
you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest
from codeout.config.settings import Config
from codeout.engine.plan import Plan
from codeout.engine.planning import plan_page
from codeout.engine.project import Project
from codeout.errors import ConfigError
from codeout.export.cells import Code, Prose, export
from codeout.export.files import FORMS, exported
from codeout.export.flatten import flatten
from codeout.export.prose import beside
from codeout.formats import parse
from codeout.page.layout import Layout
from codeout.page.model import Block
from codeout.run.environment import ENVIRONMENT
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.documents import documents, tabbed_documents
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from tests.support.folder import Folder

CASES = Path(__file__).parent / "takeaway"
PAGES = sorted(CASES.glob("*/page.*"))
LESSONS = [*sorted(ROOT.glob("docs/basics/*.md")), *sorted(ROOT.glob("docs/labs/*.ipynb"))]
ACCEPT = os.environ.get("CODEOUT_ACCEPT") == "1"

every_form = pytest.mark.parametrize("form", FORMS)
every_lesson = pytest.mark.parametrize("file", LESSONS, ids=lambda file: str(file.stem))


@every_form
@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.parent.name))
def test_a_case_is_exported_as_expected(page: Path, form: str) -> None:
    project = Project.open(CASES)
    plan = plan_page(project.config, page)
    text = exported(project, plan, form, beside("https://example.org/docs/page.md"))
    file = page.with_name(f"expected.{form}")
    if ACCEPT:
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@settings(deadline=None, max_examples=100)
@given(st.one_of(documents(), tabbed_documents()))
def test_every_block_is_there_once_and_in_order(source: bytes) -> None:
    page = parse(source)
    items = [*flatten(page, Layout(), lambda text: text)]
    assert [item for item in items if isinstance(item, Block)] == [*page.blocks]


@every_lesson
def test_a_lesson_keeps_its_code_and_no_hidden_block(file: Path) -> None:
    project = Project.open(ROOT)
    plan = plan_page(project.config, file)
    first, *cells = export(plan, project.config, project.lock.get(plan.path), beside(""))
    assert isinstance(first, Code)
    assert "torch" in first.source
    left = [cell.source for cell in cells if isinstance(cell, Code)]
    directives = [plan.page.blocks[at].directive for at in plan.blocks]
    for cell, directive in zip(plan.cells, directives, strict=True):
        if not directive.hidden or directive.check:
            assert left.pop(0) == cell.code.strip("\n")
    assert not left


@every_lesson
def test_a_lesson_leaves_nothing_that_only_its_site_renders(file: Path) -> None:
    project = Project.open(ROOT)
    plan = plan_page(project.config, file)
    cells = export(plan, project.config, None, beside(""))
    prose = "\n".join(cell.text for cell in cells if isinstance(cell, Prose))
    for mark in ('=== "', "!!! ", "??? ", "{ data-", "<!--", "--8<--", "](../", ".md)", "\n---\nh"):
        assert mark not in prose


@every_form
@every_lesson
def test_settings_of_runs_do_not_leak_into_a_lesson(file: Path, form: str) -> None:
    """Neither the project's, such as where the data is, nor those that all pages have."""
    project = Project.open(ROOT)
    text = exported(project, plan_page(project.config, file), form, beside(""))
    assert "TORCH_HOME" in project.config.environment
    leaked = {name for name in (*project.config.environment, *ENVIRONMENT) if name in text}
    assert leaked == set()


@every_lesson
def test_a_lesson_is_a_valid_notebook_of_the_same_bytes_each_time(file: Path) -> None:
    project = Project.open(ROOT)
    plan = plan_page(project.config, file)
    text, again = (exported(project, plan, "ipynb", beside("")) for _ in range(2))
    assert text == again
    book = nbformat.reads(text, as_version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]
    nbformat.validate(book)  # type: ignore[no-untyped-call]
    assert len({cell.id for cell in book.cells}) == len(book.cells)
    assert all(not cell.get("outputs") for cell in book.cells)
    assert text == nbformat.writes(book) + "\n"  # type: ignore[no-untyped-call]


def test_a_page_that_cannot_run_is_not_exported(folder: Folder) -> None:
    file = folder.write("page.md", '```python\n--8<-- "missing.py"\n```\n')
    plan = plan_page(Config(folder.root), file)
    with pytest.raises(ConfigError, match=r"page\.md:2: snippet"):
        export(plan, Config(folder.root), None, beside(""))


def test_a_piece_that_prose_lacks_is_told(folder: Folder) -> None:
    file = folder.write("page.md", 'Text.\n\n--8<-- "missing.md"\n')
    plan = plan_page(Config(folder.root), file)
    with pytest.raises(ConfigError, match=r"page\.md:3: .*missing\.md"):
        export(plan, Config(folder.root), None, beside(""))


def test_the_word_assert_beside_a_magic_is_no_assertion(folder: Folder) -> None:
    block = "<!-- codeout: hidden\n```python\n%time x = 'assert'\n```\n-->\n"
    plan = plan_page(Config(folder.root), folder.write("page.md", block))
    assert export(plan, Config(folder.root), None, beside("")) == (Code("%time x = 'assert'"),)


def test_hidden_blocks_that_only_check_a_page_can_be_left_out(folder: Folder) -> None:
    blocks = [
        "<!-- codeout: hidden\n```python\nn = 3\nassert n\n```\n-->\n",
        "<!-- codeout: hidden check\n```python\ndef check(n):\n    assert n\n```\n-->\n",
        "```python\n1\n```\n",
    ]
    config = Config(folder.root, export_hidden=False)
    plan = plan_page(config, folder.write("page.md", "\n".join(blocks)))
    seen = Code("def check(n):\n    assert n"), Code("1")
    assert export(plan, config, None, beside("")) == seen
    assert export(plan, Config(folder.root), None, beside("")) == (Code("n = 3"), *seen)


def test_a_page_without_needs_has_no_first_cell(folder: Folder) -> None:
    plan = plan_page(Config(folder.root), folder.write("page.md", "```python\n1\n```\n"))
    assert export(plan, Config(folder.root), None, beside("")) == (Code("1"),)
    assert export(Plan("a.md", folder.root), Config(folder.root), None, beside("")) == ()
