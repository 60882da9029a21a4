"""The versions that decide what a page prints, here and on workers."""

from __future__ import annotations

import ast
import platform
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeout.fs.digest import digest
from codeout.lock.versions import installed_version, versions_of
from codeout.run.imports import ImportCollector

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from codeout.run.job import Job

_PYTHON: Final = "Python"
_ENGINE: Final = "codeout"
_SHELL: Final = "ipython"


def versions_for(jobs: Collection[Job], preload: Iterable[str]) -> dict[str, str]:
    """What workers must have for some pages: the versions on this machine, by name.

    Args:
        jobs: The pages; what they import is read from their code. The outputs of ranges of versions
            were chosen by those on this machine, so these packages count as well.
        preload: Modules that are loaded before them.
    """
    modules = {name.partition(".")[0] for name in preload}
    for code in {cell.code for job in jobs for cell in job.cells if "import" in cell.code}:
        modules |= _imports(code)
    names = versions_of(modules)
    named = dict.fromkeys(name for job in jobs for name in (*job.plugins, *job.packages))
    return {**names, **versions_here((_PYTHON, _ENGINE, _SHELL, *named))}


def versions_here(names: Iterable[str]) -> dict[str, str]:
    """The versions of some names in this process; empty for what is not installed."""
    own: Mapping[str, Callable[[], str]] = {_PYTHON: platform.python_version, _ENGINE: _engine}
    return {name: own[name]() if name in own else installed_version(name) for name in names}


def differing(wanted: Mapping[str, str]) -> dict[str, str]:
    """Those of some versions that are others in this process."""
    return {name: found for name, found in versions_here(wanted).items() if found != wanted[name]}


@cache
def _engine() -> str:
    """The version of codeout; its source tells apart checkouts of the same version."""
    folder = Path(__file__).parents[1]  # the whole package
    files = sorted(folder.rglob("*.py"))
    source = digest(*(part for file in files for part in (file.name, file.read_bytes())))
    return f"{installed_version(_ENGINE)} ({source})"


def _imports(code: str) -> set[str]:
    found: set[str] = set()
    try:
        ImportCollector(found).visit(ast.parse(code))
    except (SyntaxError, ValueError, RecursionError):  # a command for a shell, or an error to show
        return set()
    return found
