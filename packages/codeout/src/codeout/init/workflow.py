"""The workflow for GitHub Actions that checks the pages of a project."""

from __future__ import annotations

import json
import re
import shlex
import sys
from importlib import resources
from importlib.metadata import Distribution, PackageNotFoundError
from typing import TYPE_CHECKING, Any, Final

from codeout.config.toml import read_toml

if TYPE_CHECKING:
    from pathlib import Path

UNKNOWN: Final = "git+ADDRESS#subdirectory=packages/codeout"
_ADDRESS: Final = re.compile(r"[\w.:/@%+~-]+")
_PYTHON: Final = '"3.11"'
_INSTALL: Final = "      - run: pip install codeout\n"


def workflow(root: Path, source: str) -> str:
    """The text of the workflow.

    Args:
        root: The project, of which is installed what it says it needs.
        source: Where to install codeout from, as pip takes it.
    """
    text = (resources.files("codeout.init") / "workflow.yml").read_text(encoding="utf-8")
    words = [*_needs(root), [source]]
    steps = (f"      - run: pip install {shlex.join(each)}\n" for each in words)
    version = f'"{sys.version_info.major}.{sys.version_info.minor}"'
    return text.replace(_INSTALL, "".join(steps)).replace(_PYTHON, version)


def installed_from() -> str:
    """What pip takes to install this codeout again; ``UNKNOWN`` if a folder was installed.

    Of a repository it is the commit that is installed here, so that CI has the same one.
    """
    try:
        distribution = Distribution.from_name("codeout")
    except PackageNotFoundError:
        return UNKNOWN
    recorded = distribution.read_text("direct_url.json")
    if recorded is None:
        return f"codeout=={distribution.version}"
    return _address_of(json.loads(recorded))


def _address_of(origin: dict[str, Any]) -> str:
    """The address in a record of PEP 610."""
    git = origin.get("vcs_info", {})
    if git.get("vcs") != "git" or not _ADDRESS.fullmatch(origin["url"]):
        return UNKNOWN
    folder = origin.get("subdirectory", "")
    return f"git+{origin['url']}@{git['commit_id']}" + f"#subdirectory={folder}" * bool(folder)


def _needs(root: Path) -> list[list[str]]:
    """What pip has to install for the pages, by what the project has."""
    needs = []
    if (root / "requirements.txt").is_file():
        needs.append(["--requirement", "requirements.txt"])
    settings = read_toml(root / "pyproject.toml", "fix the file at this line")
    if settings and "project" in settings:
        needs.append(["."])
    return needs
