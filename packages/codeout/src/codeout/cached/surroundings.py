"""What all statuses depend on beside the files of a project: the interpreter and its packages."""

from __future__ import annotations

import os
import sys

from codeout.fs.state import state_of

_PACKAGE = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120


def surroundings(root: str) -> list[str]:
    """The interpreter, the user, and the states of codeout and of all folders of packages.

    A folder of packages changes when one is installed, upgraded or removed. Of a project, only
    whether it has a folder `docs` is among them: by that, the place of its figures is chosen.

    Args:
        root: The folder of the project.
    """
    folders = [f"{folder} {state_of(folder or os.curdir)}" for folder in sys.path]
    home = os.path.expanduser("~")  # noqa: PTH111
    docs = str(os.path.isdir(os.path.join(root, "docs")))  # noqa: PTH112, PTH118
    return [
        sys.version,
        sys.executable,
        str(os.getuid()),
        home,
        docs,
        *folders,
        *_sources(_PACKAGE),
    ]


def _sources(folder: str) -> list[str]:
    """The states of the modules of codeout: whoever develops it has the same version for long."""
    found: list[str] = []
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            if entry.name.endswith(".py"):
                found.append(f"{entry.name} {state_of(entry.path)}")
            elif entry.is_dir() and not entry.name.startswith("_"):
                found += _sources(entry.path)
    return found
