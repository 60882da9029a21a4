"""The scripts that draw interactive figures: copied from the packages that are installed.

They are found without an import of any of these packages. A name tells the content, so that a file
with the right name is known to be ours, and to be whole.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeout.errors import CodeoutError, describe_oserror
from codeout.fs.digest import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER: Final = "scripts"
"""The folder of scripts, beside the folders for the figures of pages."""

NAME: Final = re.compile(r"(?P<stem>[a-z][a-z0-9.-]{0,40})-(?P<digest>[0-9a-f]{16})\.js")
_PLOTLY: Final = "package_data/plotly.min.js"
_BOKEH: Final = "server/static/js"
_MORE_OF_BOKEH: Final = ("bokeh-gl", "bokeh-widgets", "bokeh-tables")
_MODEL: Final = re.compile(r'"name":"(\w+)"')
_HELD: Final = re.compile(r'__name__="(\w+)"')
_SCHEMA: Final = re.compile(r'"\$schema":"[^"]*/vega-lite/v(\d+\.\d+)')
_BUNDLE: Final = """
import sys, vl_convert
version = sys.argv[1] if sys.argv[1] in vl_convert.get_vegalite_versions() else None
sys.stdout.buffer.write(vl_convert.javascript_bundle(vl_version=version).encode())
"""
_PATIENCE: Final = 120
_HEAD: Final = 10_000
"""How much of the file of a figure is looked at: its scripts come before its data."""

_INSTALL: Final = "install it again, in the environment of codeout"


@dataclass(frozen=True, slots=True)
class Script:
    """A script.

    Attributes:
        name: The name of its file.
        data: Its bytes.
    """

    name: str
    data: bytes


def scripts_of(library: str, data: str, folder: Path) -> tuple[Script, ...]:
    """The scripts that draw a figure, in the order to load them.

    Args:
        library: One of ``interactive.LIBRARIES``.
        data: The data of the figure.
        folder: Where scripts are; those that would have to be made are taken from there.

    Raises:
        CodeoutError: A package that was there for the page is not there for codeout.
    """
    match library:
        case "plotly":
            return (_named("plotly", _read(_package("plotly") / _PLOTLY)),)
        case "bokeh":
            return tuple(_of_bokeh(data))
        case "altair":
            schema = _SCHEMA.search(data)
            return (_vega(schema[1] if schema else "", folder),)
    return ()


def is_ours(name: str, data: bytes) -> bool:
    """Whether a file is a script that codeout wrote, and as it was written."""
    match = NAME.fullmatch(name)
    return match is not None and match["digest"] == digest(data)


def scripts_in(frame: bytes) -> set[str]:
    """The names of the scripts that the file of a figure loads."""
    head = frame[:_HEAD].decode("utf-8", "replace")
    return {match[0] for match in NAME.finditer(head)}


def _of_bokeh(data: str) -> Iterator[Script]:
    """The script of Bokeh, and those with the models that are not in it."""
    folder = _package("bokeh") / _BOKEH
    core = _read(folder / "bokeh.min.js")
    yield _named("bokeh", core)
    missing = {*_MODEL.findall(data)} - _models_in(core)
    files = {stem: folder / f"{stem}.min.js" for stem in _MORE_OF_BOKEH}
    for stem, file in files.items():
        more = _read(file) if missing and file.is_file() else b""
        if missing & _models_in(more):
            yield _named(stem, more)


def _models_in(script: bytes) -> set[str]:
    """The names of the models that a script of Bokeh holds."""
    return {*_HELD.findall(script.decode("utf-8", "replace"))}


def _vega(version: str, folder: Path) -> Script:
    """Vega with Vega-Lite of a version, or of the newest; making it takes seconds."""
    stem = f"vega-lite-{version}" if version else "vega"
    for file in sorted(folder.glob(f"{stem}-*.js")):
        if (match := NAME.fullmatch(file.name)) and match["stem"] == stem:
            script = Script(file.name, _read(file))
            if is_ours(script.name, script.data):
                return script
    try:
        made = subprocess.run(  # noqa: S603  # code of ours
            [sys.executable, "-P", "-c", _BUNDLE, version],
            capture_output=True,
            check=True,
            timeout=_PATIENCE,
        )
    except subprocess.CalledProcessError as error:
        message = f"vl-convert-python makes no script: it ended with status {error.returncode}"
        raise CodeoutError(message, _INSTALL) from error
    except subprocess.TimeoutExpired as error:
        raise CodeoutError("vl-convert-python makes no script: it takes too long") from error
    return _named(stem, made.stdout)


def _package(name: str) -> Path:
    """The folder of a package, which is not imported."""
    found = find_spec(name)
    if found is None or not found.origin:
        raise CodeoutError(f"the package {name} is gone", _INSTALL)
    return Path(found.origin).parent


def _named(stem: str, data: bytes) -> Script:
    return Script(f"{stem}-{digest(data)}.js", data)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        message = f"{file.name} cannot be read: {describe_oserror(error)}"
        raise CodeoutError(message, _INSTALL) from error
