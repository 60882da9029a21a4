"""Builds of codeout: the one of now, and an earlier one that it is measured beside."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from typing import TYPE_CHECKING

from bench.engines import ROOT, environment
from bench.measure import BenchError

if TYPE_CHECKING:
    from pathlib import Path

BUILDS = ("now", "earlier")

EARLIER = "ee1ab928536a1cec64b0ce36e084ea2de5d9d804"
"""The commit before commands were made faster, and live pages smaller."""


def unpack(commit: str, folder: Path) -> None:
    """Write the files of a commit into a new folder.

    Raises:
        BenchError: This is no repository with that commit.
    """
    made = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=False)
    if made.returncode:
        raise BenchError(f"the commit {commit} is not here: {made.stderr.decode()}")
    with tarfile.open(fileobj=io.BytesIO(made.stdout)) as files:
        files.extractall(folder, filter="data")


def variables(place: Path, build: str = "now") -> dict[str, str]:
    """The environment of a build, with a cache of its own.

    Args:
        place: The folder that holds the files of the earlier build.
        build: Which build.
    """
    found = {**environment(), "CODEOUT_CACHE": str(place / f"cache-{build}")}
    if build != "now":
        source = str(place / build / "packages" / "codeout" / "src")
        found["PYTHONPATH"] = os.pathsep.join([source, found["PYTHONPATH"]])
    return found
