"""Builds a site with MkDocs, strictly."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_NOTICES = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


def build(
    root: Path,
    *words: str,
    generator: str = "mkdocs",
    environment: Mapping[str, str] | None = None,
) -> None:
    """Build the site of a folder; a warning is an error.

    Never with ``--quiet``: it silences the warnings that ``--strict`` counts.

    Raises:
        AssertionError: It does not build; with what MkDocs says.
    """
    done = subprocess.run(
        [sys.executable, "-m", generator, "build", "--strict", *words],
        cwd=root,
        env=os.environ | _NOTICES | (environment or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
