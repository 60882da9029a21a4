"""The folder of the cache, where files are kept that can be made again."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path:
    """The folder of the cache: ``CODEOUT_CACHE``, or ``codeout`` in the user's cache."""
    if chosen := os.environ.get("CODEOUT_CACHE"):
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "codeout"
