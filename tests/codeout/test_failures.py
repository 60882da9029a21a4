"""Pages that fail, through the command itself: one message, the right status, nothing lost."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"
PROGRAM = Path(sys.executable).with_name("codeout")
FAILING = {
    case.name: case
    for case in sorted(CASES.iterdir())
    if case.name.startswith(("failure-", "comment-unknown", "include-missing"))
    and (case / "expected.txt").is_file()
    and not (case / "pyproject.toml").exists()
}
SETTINGS = '[tool.codeout]\npages = ["*/page.md"]\nsnippets = ["snippets"]\nfigures = "."\n'
WRONG = '=== "Code"\n\n    ```python\n    1 + 1\n    ```\n\n=== "Out"\n\n    ```\n    3\n    ```\n'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All failing cases in one project, and a page whose output is merely out of date."""
    root = tmp_path_factory.mktemp("site")
    for name, case in FAILING.items():
        shutil.copytree(case, root / name)
    (root / "snippets").mkdir()
    (root / "out-of-date").mkdir()
    (root / "out-of-date" / "page.md").write_text(WRONG, encoding="utf-8")
    (root / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def told(site: Path) -> subprocess.CompletedProcess[str]:
    """What one run over all of them tells."""
    return subprocess.run(
        [PROGRAM, "run"], cwd=site, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_the_run_fails_and_writes_the_other_page(
    site: Path, told: subprocess.CompletedProcess[str]
) -> None:
    assert told.returncode == 1
    assert f"pages: 1 written, 0 unchanged, {len(FAILING)} failed" in told.stdout
    assert "    2\n" in (site / "out-of-date" / "page.md").read_text(encoding="utf-8")
    assert "Traceback" not in told.stderr, "none of codeout's own"


@pytest.mark.parametrize("name", FAILING)
def test_a_failing_page_is_told_of_and_left_alone(
    name: str, site: Path, told: subprocess.CompletedProcess[str]
) -> None:
    place = (FAILING[name] / "expected.txt").read_text(encoding="utf-8").splitlines()[0]
    assert place.startswith(f"{name}/page.md:")
    assert place in told.stdout.splitlines()
    assert (site / name / "page.md").read_bytes() == (FAILING[name] / "page.md").read_bytes()
