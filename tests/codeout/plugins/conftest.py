"""The example packages, built and installed by pip."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent / "examples"
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
OFFLINE = ["--no-deps", "--no-index"]


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a wheel of each example."""
    root = tmp_path_factory.mktemp("examples")
    shutil.copytree(EXAMPLES, root / "sources", ignore=shutil.ignore_patterns("__pycache__"))
    sources = sorted((root / "sources").iterdir())
    build = [*PIP, "wheel", *OFFLINE, "--no-build-isolation", "--wheel-dir", root / "wheels"]
    subprocess.run([*build, *sources], check=True)
    return root / "wheels"


@pytest.fixture(scope="session")
def target(wheels: Path) -> Path:
    """A folder where all of them are installed."""
    folder = wheels.parent / "installed"
    subprocess.run(
        [*PIP, "install", *OFFLINE, "--target", folder, *sorted(wheels.iterdir())], check=True
    )
    return folder


@pytest.fixture
def installed(target: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same folder, which Python knows: also this one."""
    monkeypatch.setenv("PYTHONPATH", str(target), prepend=os.pathsep)
    monkeypatch.syspath_prepend(str(target))
    return target
