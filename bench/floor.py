"""The floor: one process that imports torch once and runs every block of every page."""

import json
import sys
from importlib import import_module
from pathlib import Path

for package in ("torch", "torchvision"):
    import_module(package)

for blocks in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")):
    session = {"__name__": "__main__"}
    for block in blocks:
        exec(block, session)  # noqa: S102
