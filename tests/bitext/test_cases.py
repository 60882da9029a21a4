"""Golden cases: what ``bitext check`` reports for a page.

``tests/bitext/cases/`` has a folder for each case: a ``page.md``, ``page.ipynb`` or ``page.yml``,
and the report as ``expected.txt``; a case without one is clean. All share ``glossary.toml``.

``CODEOUT_ACCEPT=1 pytest tests/bitext/test_cases.py`` writes the reports into the expectations.
Read each one before you commit it: it must be right, not merely what happens.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from bitext import check, load, read_glossary
from bitext.cli import main
from click.testing import CliRunner

from tests.support.paths import ROOT

CASES = ROOT / "tests" / "bitext" / "cases"
ACCEPT = os.environ.get("CODEOUT_ACCEPT") == "1"
PAGES = {page.parent.name: page for page in sorted(CASES.glob("*/page.*"))}
GLOSSARY = read_glossary(CASES / "glossary.toml")
FILES = sorted((ROOT / "docs").rglob("*.md")) + sorted((ROOT / "docs").rglob("[!.]*.ipynb"))
SITE = ["mkdocs.yml", *(str(file.relative_to(ROOT)) for file in FILES)]


@pytest.mark.parametrize("name", PAGES)
def test_findings_are_as_expected(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PAGES[name].parent)
    report = report_on(Path(PAGES[name].name))
    expected = Path("expected.txt")
    if ACCEPT and report:
        expected.write_text(report, encoding="utf-8")
    elif ACCEPT:
        expected.unlink(missing_ok=True)
    assert report == (expected.read_text(encoding="utf-8") if expected.exists() else "")


@pytest.mark.parametrize("page", SITE)
def test_both_languages_of_the_site_agree(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(main, ["check", page])
    assert result.exit_code == 0, result.output


def report_on(file: Path) -> str:
    """The report on a page, without the counts."""
    page = load(file)
    findings = check(page, GLOSSARY).findings
    return "\n".join(f"{finding.format(page.locate(finding.line))}\n" for finding in findings)
