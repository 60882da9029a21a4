"""A release, as far as it goes without an index: built, checked, tried out."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = ROOT / ".github/release.py"
WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))
JOBS: dict[str, Any] = WORKFLOW["jobs"]
VERSION = re.search(
    r'^version = "(.+)"$', (ROOT / "packages/codeout/pyproject.toml").read_text(), re.MULTILINE
)


def release(*words: str | Path, script: Path = SCRIPT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, script, *words], capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The distributions, after all steps."""
    pytest.importorskip("twine")
    folder = tmp_path_factory.mktemp("release") / "dist"
    done = release("all", folder, "--borrow")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(": works") == 4
    assert done.stdout.count("PASSED") == 4
    return folder


def test_everything_is_built_checked_and_tried_out(dist: Path) -> None:
    assert VERSION
    names = {
        f"{name}-{VERSION[1]}{end}"
        for name in ("bitext", "codeout")
        for end in ("-py3-none-any.whl", ".tar.gz")
    }
    assert {each.name for each in dist.iterdir()} == names


def test_a_wheel_without_a_file_is_not_published(dist: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(dist, tmp_path / "dist")
    (wheel,) = copy.glob("codeout-*.whl")
    with zipfile.ZipFile(dist / wheel.name) as full, zipfile.ZipFile(wheel, "w") as less:
        for each in full.infolist():
            if not each.filename.endswith("workflow.yml"):
                less.writestr(each, full.read(each))
    done = release("check", copy)
    assert done.returncode == 1
    assert (
        done.stderr
        == f"{wheel.name}: not the files of the sources: ['codeout/init/workflow.yml']\n"
    )


def test_a_source_distribution_with_a_file_too_many_is_not_published(
    dist: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(dist, tmp_path / "dist")
    (archive,) = copy.glob("bitext-*.tar.gz")
    with tarfile.open(dist / archive.name) as full, tarfile.open(archive, "w:gz") as more:
        for each in full:
            more.addfile(each, full.extractfile(each) if each.isfile() else None)
        each = tarfile.TarInfo(f"{archive.name.removesuffix('.tar.gz')}/src/bitext/secret.txt")
        more.addfile(each)
    done = release("check", copy)
    assert done.returncode == 1
    assert "['bitext/secret.txt']" in done.stderr


def test_another_version_than_the_packages_name_is_not_built() -> None:
    assert release("version").returncode == 0
    done = release("version", "--of", "9.9.9")
    assert done.returncode == 1
    assert "to be released: 9.9.9" in done.stderr


def test_the_workflow_does_the_steps_that_are_tested_here() -> None:
    steps = [step["run"] for job in JOBS.values() for step in job["steps"] if "run" in step]
    called = [line.split()[2] for line in steps if line.startswith("python .github/release.py")]
    assert called == ["version", "build", "check", "try"]


def test_only_a_protected_environment_may_publish() -> None:
    allowed = {name: {*job.get("permissions", {}).items()} for name, job in JOBS.items()}
    assert WORKFLOW["permissions"] == {}
    assert allowed["publish"] == {("id-token", "write")}
    for name, rights in allowed.items():
        writes = any(value == "write" for _, value in rights)
        assert writes == (JOBS[name].get("environment") == "release")
    assert [JOBS[name].get("needs") for name in JOBS] == [None, "build", "try", "tag"]
