"""The workflow: valid, and it installs this codeout and what the project needs."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import Distribution
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from codeout.init.workflow import UNKNOWN, installed_from, workflow

if TYPE_CHECKING:
    from tests.support.folder import Folder

COMMIT = "0" * 40
GIT = {"vcs": "git", "commit_id": COMMIT}
URL = "https://example.org/owner/name.git"


def commands(text: str) -> list[str]:
    """The commands that a workflow runs."""
    steps = yaml.safe_load(text)["jobs"]["check"]["steps"]
    return [step["run"] for step in steps if "run" in step]


def test_it_installs_what_the_project_says_it_needs(folder: Folder) -> None:
    folder.write("requirements.txt", "numpy\n")
    folder.write("pyproject.toml", "[project]\nname = 'a'\n")
    assert commands(workflow(folder.root, "codeout==1")) == [
        "pip install --requirement requirements.txt",
        "pip install .",
        "pip install codeout==1",
        "codeout fetch",
        "codeout check",
    ]


def test_a_folder_without_anything_needs_nothing_else(folder: Folder) -> None:
    folder.write("pyproject.toml", "[tool.ruff]\n")
    assert commands(workflow(folder.root, UNKNOWN)) == [
        f"pip install '{UNKNOWN}'",
        "codeout fetch",
        "codeout check",
    ]


def test_it_runs_the_python_that_is_used_here(folder: Folder) -> None:
    _, python = yaml.safe_load(workflow(folder.root, UNKNOWN))["jobs"]["check"]["steps"][:2]
    assert python["with"]["python-version"] == "{}.{}".format(*sys.version_info)


def test_github_takes_it(folder: Folder) -> None:
    program = Path(sys.executable).with_name("check-jsonschema")
    if not program.exists():
        pytest.skip("check-jsonschema is not installed")
    file = folder.write("requirements.txt", "").with_name("codeout.yml")
    file.write_text(workflow(folder.root, UNKNOWN), encoding="utf-8")
    schema = ["--builtin-schema", "vendor.github-workflows"]
    done = subprocess.run([program, *schema, file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("origin", "source"),
    [
        (None, "codeout==1.2"),
        ({"url": URL, "vcs_info": GIT}, f"git+{URL}@{COMMIT}"),
        (
            {"url": URL, "vcs_info": GIT, "subdirectory": "packages/codeout"},
            f"git+{URL}@{COMMIT}#subdirectory=packages/codeout",
        ),
        ({"url": "file:///home/me/codeout", "dir_info": {}}, UNKNOWN),
        ({"url": "https://example.org/a\nb", "vcs_info": GIT}, UNKNOWN),
    ],
)
def test_codeout_comes_from_where_it_came_from(
    origin: object, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded = None if origin is None else json.dumps(origin)
    monkeypatch.setattr(Distribution, "from_name", lambda _: Recorded(recorded))
    assert installed_from() == source


class Recorded:
    """A distribution with a record of where it came from."""

    version = "1.2"

    def __init__(self, recorded: str | None) -> None:
        self.recorded = recorded

    def read_text(self, name: str) -> str | None:
        """The file of PEP 610."""
        assert name == "direct_url.json"
        return self.recorded
