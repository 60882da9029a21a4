"""Checks pages in an environment of the matrix, by the ``codeout`` that is installed there."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from codeout.engine.verdict import NOT_INSTALLABLE
from codeout.errors import CodeoutError
from codeout.lock.tested import Tested
from codeout.matrix.keeping import Moved

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_DONE: Final = (0, 1)
_VERSION: Final = (
    "import sys; from codeout.engine.installed_outputs import version_here as version; "
    "print(version(sys.argv[1]))"
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a page gives in an environment.

    Attributes:
        tested: For its record.
        moved: Its outputs that are others there.
    """

    tested: Tested
    moved: tuple[Moved, ...] = ()


def check(
    python: Path, root: Path, pages: Sequence[str], digest: str, jobs: int = 0
) -> Mapping[str, Checked]:
    """What pages give in an environment, by their names.

    Args:
        python: The Python of the environment.
        root: The folder of the project.
        pages: The names of the pages.
        digest: Of the settings of the environment.
        jobs: How many pages run at the same time; 0 means one per core.

    Raises:
        CodeoutError: The check did not come to its end.
    """
    at_once = ["--jobs", str(jobs)] if jobs else []
    command = [str(python), "-m", "codeout", "check", "--json", *at_once, *pages]
    with subprocess.Popen(  # noqa: S603  # the same codeout
        command,
        cwd=root,
        env=_surroundings(python),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    ) as process:
        try:
            found, errors = process.communicate()
        except BaseException:
            process.terminate()  # not killed: it ends its pages first
            process.wait()
            raise
    if process.returncode not in _DONE:
        raise CodeoutError(f"the check ended with status {process.returncode}: {_said(errors)}")
    return {page["page"]: _checked(page, digest) for page in json.loads(found)}


def version_there(python: Path, package: str) -> str:
    """The version of a package, or of Python, as a run in an environment finds it; may be empty."""
    command = [str(python), "-P", "-c", _VERSION, package]
    around = _surroundings(python)
    done = subprocess.run(command, env=around, capture_output=True, text=True, check=True)  # noqa: S603  # the same codeout
    return done.stdout.strip()


def _said(errors: str) -> str:
    """The line that says why a check did not come to its end: its own, or else the last."""
    lines = errors.strip().splitlines() or ["without a word"]
    own = (line.removeprefix("codeout: ") for line in lines if line.startswith("codeout: "))
    return next(own, lines[-1])


def not_installable(pages: Sequence[str], digest: str) -> Mapping[str, Tested]:
    """What pages give in an environment that cannot be had."""
    return {page: Tested(digest, NOT_INSTALLABLE, _today()) for page in pages}


def _checked(page: Mapping[str, Any], digest: str) -> Checked:
    moved = (Moved(each["output"], each["versions"], each["text"]) for each in page["outputs"])
    return Checked(_tested(page, digest), tuple(moved))


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def _tested(page: Mapping[str, Any], digest: str) -> Tested:
    return Tested(
        environment=digest,
        result=page["result"],
        date=_today(),
        line=page["line"],
        says=page["says"],
        block=page["block"],
        python=page["python"] or "",
        versions=page["versions"],
    )


def _surroundings(python: Path) -> dict[str, str]:
    """The variables of an activated environment, without those that lead out of it."""
    names = {"VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "PYTHONSAFEPATH"}
    around = {name: value for name, value in os.environ.items() if name not in names}
    path = os.pathsep.join([str(python.parent), os.environ.get("PATH", "")])
    return {**around, "VIRTUAL_ENV": str(python.parent.parent), "PATH": path}
