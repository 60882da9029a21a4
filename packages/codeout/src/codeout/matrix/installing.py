"""Makes an environment of the matrix with uv: a Python, the packages asked for, and codeout."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from importlib import metadata, util
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeout.errors import CodeoutError, ConfigError
from codeout.fs.digest import digest, digest_file
from codeout.fs.rmtree import remove

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeout.config.matrix import Environment

_READY: Final = "ready"
_FILE: Final = "-r "
_DRAWING: Final = re.compile("[\N{MULTIPLICATION SIGN}\N{BOX DRAWINGS LIGHT VERTICAL}╰─▶]")
_LONGEST: Final = 500


class NotInstallableError(CodeoutError):
    """An environment cannot be had: a release, or a Python, does not exist here."""


def digest_of(environment: Environment, root: Path) -> str:
    """What decides the packages of an environment, also those in files that it names.

    Args:
        environment: Its settings.
        root: The folder that the files are relative to.

    Raises:
        ConfigError: A file is not there.
    """
    parts = [environment.python, *environment.requirements]
    for requirement in environment.requirements:
        if requirement.startswith(_FILE):
            file = root / requirement.removeprefix(_FILE).strip()
            if not file.is_file():
                hint = "name a file that is there, from the folder of pyproject.toml"
                raise ConfigError(f"{environment.name}: no file {file.name} to install", hint)
            parts.append(digest_file(file))
    return digest(*parts)


def install(environment: Environment, folder: Path, root: Path) -> Path:
    """Make an environment, unless the folder holds it already.

    Args:
        environment: Its settings.
        folder: Where it is made; its name says what it is made of.
        root: The folder that names in its requirements are relative to.

    Returns:
        Its Python.

    Raises:
        ConfigError: There is no uv.
        NotInstallableError: It cannot be had.
    """
    try:
        return _install(environment, folder, root)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotInstallableError(f"it cannot be made: {error}") from error


def _install(environment: Environment, folder: Path, root: Path) -> Path:
    python = python_in(folder)
    if not (folder / _READY).is_file():
        remove(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        _uv(["venv", "--python", environment.python or sys.executable, str(folder)], root)
        _uv(["pip", "install", "--python", str(python), *_words(environment), *_needs()], root)
        (folder / _READY).touch()
    _copy_codeout(python)
    return python


def python_in(folder: Path) -> Path:
    """The Python of an environment."""
    return folder / "bin" / "python"


def _words(environment: Environment) -> Iterator[str]:
    """The requirements as arguments: an option and its value are two."""
    for requirement in environment.requirements:
        yield from requirement.split(None, 1) if requirement.startswith("-") else [requirement]


def _needs() -> list[str]:
    """What codeout needs, without its extras."""
    return [each for each in metadata.requires("codeout") or () if "extra ==" not in each]


def _copy_codeout(python: Path) -> None:
    """Put the codeout that runs here into an environment, so that both are the same."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.run(  # noqa: S603  # what uv has made
        [python, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    copy = Path(packages.strip()) / "codeout"
    remove(copy)
    caches = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(__file__).parents[1], copy, ignore=caches)


def _uv(words: list[str], root: Path) -> None:
    """Call uv.

    Raises:
        ConfigError: There is none.
        NotInstallableError: It cannot do what it is asked for.
    """
    program = _program()
    names = {"VIRTUAL_ENV", "UV_PYTHON", "PYTHONPATH", "PYTHONHOME"}
    around = {name: value for name, value in os.environ.items() if name not in names}
    done = subprocess.run(  # noqa: S603  # uv
        [program, *words, "--quiet", "--no-progress"],
        cwd=root,
        env=around,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise NotInstallableError(_reason(done.stderr))


def _program() -> str:
    with contextlib.suppress(ImportError, FileNotFoundError):
        if util.find_spec("uv"):
            import uv

            return str(uv.find_uv_bin())
    if found := shutil.which("uv"):
        return found
    raise ConfigError("uv makes the environments, and it is not there", "pip install uv")


def _reason(told: str) -> str:
    """What uv says, on one line, without its drawing."""
    words = _DRAWING.sub(" ", told).removeprefix("error:").split()
    line = " ".join(words) or "uv failed without a word"
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
