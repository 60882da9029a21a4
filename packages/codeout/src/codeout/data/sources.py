"""Sources of data files: a URL, or a file in a Debian package."""

from __future__ import annotations

import atexit
import functools
import os
import re
import shutil
import subprocess
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path

from codeout.errors import AssetError

Progress = Callable[[int, int], None]
"""Called with bytes so far and bytes in all (0: not known)."""

FAILURES = (AssetError, OSError, EOFError, zlib.error)

CONNECT_SECONDS, READ_SECONDS, COMMAND_SECONDS = 5, 30, 600
CHUNK = 1 << 20
APT = ("apt-get", "-oAcquire::Retries=0", "-oAcquire::http::Timeout=10", "-qq")


def download_file(source: str, folder: Path, progress: Progress) -> Path:
    """Download a file into a folder, without verifying it.

    Args:
        source: ``https://…``, ``http://…``, or ``deb:PACKAGE/path/in/the/package``.
        folder: An empty directory; a failure may leave a part of the file there.
        progress: Called as bytes arrive; not for packages.

    Raises:
        AssetError: Or another of `FAILURES`; `reason` says why.
    """
    file = folder / "file"
    if source.startswith("deb:"):
        package, _, inside = source.removeprefix("deb:").partition("/")
        original = _unpack(package) / inside
        if not original.is_file():
            raise AssetError(f"the package has no file /{inside}")
        shutil.copyfile(original, file)
    else:
        import pooch

        download = pooch.HTTPDownloader(
            progressbar=_Bar(progress),
            chunk_size=CHUNK,
            timeout=(CONNECT_SECONDS, READ_SECONDS),
            headers={"Accept-Encoding": "identity"},  # keep a .gz packed
        )
        download(source, str(file), None)
    return file


def reason(error: BaseException) -> str:
    """Why a source failed, in one line: the message of the innermost error."""
    while error.__context__ and not isinstance(error, AssetError):
        error = error.__context__
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return str(text).splitlines()[0].partition(" for url: ")[0]


def command(*words: str | Path, folder: Path | None = None) -> None:
    """Run a command without showing what it prints.

    Args:
        words: The command and its arguments.
        folder: The directory to run it in; None for the current one.

    Raises:
        AssetError: The command failed, or did not end in time.
    """
    try:
        done = subprocess.run(  # noqa: S603 - from here and the settings of the project
            words,
            cwd=folder,
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
            env=os.environ | {"LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            timeout=COMMAND_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise AssetError(f"{words[0]} did not end within {COMMAND_SECONDS} s") from error
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        line = next((line for line in lines if line.startswith("E: ")), lines[-1])
        raise AssetError(f"{Path(words[0]).name}: {line.removeprefix('E: ')}")


class _Bar:
    """The interface of a progress bar that pooch expects."""

    def __init__(self, progress: Progress) -> None:
        self.total = 0
        self._done = 0
        self._progress = progress

    def update(self, count: int) -> None:
        self._done += count
        # pooch counts whole chunks, and the last one is shorter.
        self._progress(min(self._done, self.total) if self.total else self._done, self.total)

    def reset(self) -> None:
        self._done = 0

    def close(self) -> None:
        pass


@functools.cache
def _unpack(package: str) -> Path:
    """Download and unpack a package once; the folder is removed when the process ends."""
    if not (shutil.which("apt-get") and shutil.which("dpkg")):
        raise AssetError("apt-get and dpkg are not on this machine")
    folder = Path(tempfile.mkdtemp(prefix="codeout-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _download_package(package, folder)
    command("dpkg", "-x", next(folder.glob("*.deb")), folder)
    return folder


def _download_package(package: str, folder: Path) -> None:
    try:
        command(*APT, "download", package, folder=folder)
    except AssetError as error:
        if not re.search("Unable to locate package|404", str(error)):
            raise
        if os.geteuid() != 0:
            raise AssetError(f"{error} (`apt-get update`, as root, may help)") from error
        command(*APT, "update")
        command(*APT, "download", package, folder=folder)
