"""The action and the hooks for other repositories, step by step on a small one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.codeout.cli.test_main import codeout
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from tests.support.folder import Folder

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = [step for step in ACTION["runs"]["steps"] if "run" in step]
IDENTITY = ["-c", "user.name=a", "-c", "user.email=a@example.org"]


@pytest.fixture
def repository(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """Two pages that have run, under version control; ``codeout`` is on the path."""
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    folder.page("docs/one.md", ("print(1)", "1"))
    folder.page("docs/two.md", ("print(2)", "2"))
    assert codeout("run").exit_code == 0
    git(folder, "init", "--initial-branch=main")
    git(folder, "add", ".")
    git(folder, "commit", "--message=Begin")
    return folder


def git(folder: Folder, *words: str) -> None:
    subprocess.run(["git", *IDENTITY, *words], cwd=folder.root, check=True, capture_output=True)


def run(folder: Folder, **inputs: str) -> tuple[list[str], str]:
    """Run the steps of the action as GitHub does: the names of those that failed, the summary."""
    temporary = Path(tempfile.mkdtemp(dir=folder.root))
    values = {name: given["default"] for name, given in ACTION["inputs"].items()} | inputs
    around = {
        **os.environ,
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_OUTPUT": str(temporary / "output.txt"),
        "GITHUB_STEP_SUMMARY": str(temporary / "summary.md"),
        "RUNNER_TEMP": str(temporary),
    }
    failed: list[str] = []
    outcomes: dict[str, str] = {}
    for step in STEPS:
        if taken(step, values, failed, outcomes):
            own = {name: value_of(text, values) for name, text in step.get("env", {}).items()}
            words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
            done = subprocess.run(words, cwd=folder.root, env=around | own, check=False)
            failed += [step["name"]] if done.returncode else []
            outcomes[step.get("id", "")] = "failure" if done.returncode else "success"
    return failed, (temporary / "summary.md").read_text(encoding="utf-8")


def taken(
    step: dict[str, Any], values: dict[str, str], failed: list[str], outcomes: dict[str, str]
) -> bool:
    """Whether a step runs. Here codeout is installed already, and in a way that others need."""
    if step["name"] == "Install codeout":
        return False
    condition = step.get("if", "")
    if condition == "always()":
        return True
    if condition == "!cancelled() && steps.data.outcome == 'success'":
        return outcomes.get("data") == "success"
    assert condition in {"", "inputs.status == 'true'"}
    return not failed and (not condition or values["status"] == "true")


def value_of(text: str, values: dict[str, str]) -> str:
    return values[text.removeprefix("${{ inputs.").removesuffix(" }}")]


def test_true_pages_pass_and_are_summarized(repository: Folder) -> None:
    failed, summary = run(repository)
    assert failed == []
    assert summary == (
        "| page | result |\n| --- | --- |\n"
        "| <code>docs/one.md</code> | true |\n| <code>docs/two.md</code> | true |\n"
    )


def test_a_page_that_is_not_true_fails_and_is_named(repository: Folder) -> None:
    text = repository.read("docs/two.md").replace("    2\n", "    3\n")
    repository.write("docs/two.md", text)
    failed, summary = run(repository)
    assert failed == ["Look whether pages are stale", "Check the pages"]
    row = "| <code>docs/two.md</code> | ❌ <code>docs/two.md:9: the output differs</code> |\n"
    assert summary.endswith(
        f"{row}\nStale pages; `codeout run` runs them:\n\n"
        "- <code>docs/two.md</code>: <code>output edited by hand</code>\n"
    )
    failed, summary = run(repository, status="false")
    assert failed == ["Check the pages"]
    assert summary.endswith(row)


def test_a_stale_page_fails_even_if_it_is_true(repository: Folder) -> None:
    repository.write(
        "docs/two.md", repository.read("docs/two.md").replace("print(2)", "print(3-1)")
    )
    failed, summary = run(repository)
    assert failed == ["Look whether pages are stale"]
    assert "| <code>docs/two.md</code> | true |\n\nStale pages" in summary
    assert summary.endswith("- <code>docs/two.md</code>: <code>code changed</code>\n")


def test_a_page_that_cannot_run_is_named_with_its_problem(repository: Folder) -> None:
    repository.write("docs/two.md", "```python\n1\n")
    failed, summary = run(repository)
    assert failed == ["Look whether pages are stale", "Check the pages"]
    assert summary.endswith(
        "- <code>docs/two.md</code>: <code>docs/two.md:1: a fence that does not close</code>\n"
    )


def test_no_page_is_checked_without_its_data(repository: Folder) -> None:
    settings = repository.read("pyproject.toml")
    asset = '{ path = "data.csv", sha256 = "%s", sources = ["file:///nowhere.csv"] }' % ("0" * 64)
    repository.write("pyproject.toml", f"{settings}assets = [{asset}]\n")
    failed, summary = run(repository)
    assert failed == ["Fetch the data"]
    assert summary.startswith("No page was checked: an earlier step failed")


def test_it_takes_some_of_the_pages(repository: Folder) -> None:
    _, summary = run(repository, paths="docs/one.md", status="false")
    assert "two.md" not in summary
    _, summary = run(repository, shard="1/2")
    assert summary.count("| true |") == 1
    repository.write("docs/two.md", repository.read("docs/two.md") + "\nMore.\n")
    _, summary = run(repository, since="HEAD")
    assert summary.endswith("| --- | --- |\n| <code>docs/two.md</code> | true |\n")


def test_the_results_can_be_uploaded(repository: Folder) -> None:
    repository.write("docs/two.md", repository.read("docs/two.md").replace("    2\n", "    3\n"))
    failed, _ = run(repository, status="false")
    assert failed == ["Check the pages"]
    (output,) = repository.root.glob("*/output.txt")
    name, _, file = output.read_text(encoding="utf-8").strip().partition("=")
    assert ACTION["outputs"][name]["value"] == f"${{{{ steps.check.outputs.{name} }}}}"
    (log,) = json.loads(Path(file).read_text(encoding="utf-8"))["runs"]
    assert [result["ruleId"] for result in log["results"]] == ["output-differs"]


def test_nothing_is_uploaded_if_no_page_was_checked(repository: Folder) -> None:
    repository.write("pyproject.toml", "[tool.codeout]\npages = 1\n")
    failed, _ = run(repository, status="false")
    assert "Check the pages" not in failed[:-1]
    assert not [*repository.root.glob("*/output.txt")]


@pytest.mark.parametrize(
    ("hook", "status"), [("codeout-status", 0), ("codeout-check", 0), ("codeout-status", 1)]
)
def test_the_hooks_run_under_pre_commit(repository: Folder, hook: str, status: int) -> None:
    if status:
        repository.write("docs/two.md", repository.read("docs/two.md").replace("2", "3"))
        git(repository, "add", ".")
    entry = next(each for each in hooks() if each["id"] == hook)
    local = {"repos": [{"repo": "local", "hooks": [entry]}]}
    repository.write(".pre-commit-config.yaml", yaml.safe_dump(local))
    words = [sys.executable, "-m", "pre_commit", "run", "--all-files", hook]
    done = subprocess.run(words, cwd=repository.root, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stdout
    assert ("docs/two.md" in done.stdout) == bool(status)


def hooks() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(
        (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    )
    return found
