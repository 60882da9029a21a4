"""The language server is tested where its library is installed."""

from __future__ import annotations

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("pygls") else ["test_*.py"]
