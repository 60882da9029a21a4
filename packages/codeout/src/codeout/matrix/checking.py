"""Checks pages in an environment of the matrix, by the ``codeout`` that is installed there."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from codeout.engine.verdict import FAILS, NOT_CHECKED, NOT_INSTALLABLE
from codeout.errors import CodeoutError
from codeout.lock.tested import Tested
from codeout.matrix.keeping import ChangedOutput
from codeout.run.reasons import OUT_OF_MEMORY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import IO, Self

POLL_SECONDS: Final = 0.1
"""How often to look whether a check has ended."""

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
        changed: Its outputs that are others there.
    """

    tested: Tested
    changed: tuple[ChangedOutput, ...] = ()


class CheckFailedError(CodeoutError):
    """A check did not come to its end, so it says nothing of the pages."""


class Check:
    """Pages that are being checked in an environment, in a process of its own.

    Args:
        python: The Python of the environment.
        root: The folder of the project.
        pages: The names of the pages.
        digest: Of the settings of the environment.
        jobs: How many pages run at the same time; 0 means one per core.
    """

    def __init__(
        self, python: Path, root: Path, pages: Sequence[str], digest: str, jobs: int = 0
    ) -> None:
        """Start it."""
        self._digest = digest
        at_once = ["--jobs", str(jobs)] if jobs else []
        self._found, self._errors = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115  # until `close`
        self._process = subprocess.Popen(  # noqa: S603  # the same codeout
            [str(python), "-P", "-m", "codeout", "check", "--json", *at_once, *pages],
            cwd=root,
            env=_surroundings(python),
            stdin=subprocess.DEVNULL,
            stdout=self._found,
            stderr=self._errors,
        )

    def __enter__(self) -> Self:
        """The check itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """End it, unless it has ended."""
        self.close()

    @property
    def ended(self) -> bool:
        """Whether all pages have run."""
        return self._process.poll() is not None

    def result(self) -> Mapping[str, Checked]:
        """What the pages give, by their names; waits for the end.

        Raises:
            CheckFailedError: The check did not come to its end.
        """
        while not self.ended:
            time.sleep(POLL_SECONDS)
        found, errors = _read(self._found), _read(self._errors)
        if self._process.returncode in _DONE and found:
            return {page["page"]: _checked(page, self._digest) for page in json.loads(found)}
        raise CheckFailedError(_why(self._process.returncode, errors))

    def stop(self) -> None:
        """Ask it to end, unless it has ended, and its pages with it."""
        self._process.terminate()  # not killed: it ends its pages first

    def close(self) -> None:
        """End it, unless it has ended, and wait until it has."""
        self.stop()
        self._process.wait()
        self._found.close()
        self._errors.close()


def check(
    python: Path, root: Path, pages: Sequence[str], digest: str, jobs: int = 0
) -> Mapping[str, Checked]:
    """What pages give in an environment, by their names; see ``Check``.

    Raises:
        CheckFailedError: The check did not come to its end.
    """
    with Check(python, root, pages, digest, jobs) as running:
        return running.result()


def version_there(python: Path, package: str) -> str:
    """The version of a package, or of Python, as a run in an environment finds it; may be empty."""
    command = [str(python), "-P", "-c", _VERSION, package]
    around = _surroundings(python)
    done = subprocess.run(command, env=around, capture_output=True, text=True, check=True)  # noqa: S603  # the same codeout
    return done.stdout.strip()


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


def _why(status: int, errors: str) -> str:
    """Why a check did not come to its end: in its own words, or else by its last line."""
    lines = errors.strip().splitlines() or ["without a word"]
    own = [line.removeprefix("codeout: ") for line in lines if line.startswith("codeout: ")]
    return own[0] if own else f"the check ended with status {status}: {lines[-1]}"


def not_installable(pages: Sequence[str], digest: str) -> Mapping[str, Tested]:
    """What pages give in an environment that cannot be had."""
    return {page: Tested(digest, NOT_INSTALLABLE, _today()) for page in pages}


def not_checked(pages: Sequence[str], digest: str) -> Mapping[str, Tested]:
    """What pages give in an environment in which a check did not come to its end."""
    return {page: Tested(digest, NOT_CHECKED, _today()) for page in pages}


def out_of_memory(tested: Tested) -> bool:
    """Whether a page failed only since memory ran out."""
    return tested.result == FAILS and OUT_OF_MEMORY.message in tested.says


def _checked(page: Mapping[str, Any], digest: str) -> Checked:
    changed = (
        ChangedOutput(each["output"], each["versions"], each["text"]) for each in page["outputs"]
    )
    return Checked(_tested(page, digest), tuple(changed))


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
