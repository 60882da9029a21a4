"""Where data files come from: a URL, or a file inside a Debian package."""

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
"""Called with the bytes had so far and the bytes in all (0: not known)."""

FAILURES = (AssetError, OSError, EOFError, zlib.error)

CONNECT_SECONDS, READ_SECONDS, COMMAND_SECONDS = 5, 30, 600
CHUNK = 1 << 20
APT = ("apt-get", "-oAcquire::Retries=0", "-oAcquire::http::Timeout=10", "-qq")


def bring(source: str, folder: Path, progress: Progress) -> Path:
    """Get the file that a source names into a folder, unchecked.

    Args:
        source: ``https://…``, ``http://…``, or ``deb:PACKAGE/path/in/the/package``.
        folder: An empty directory, left incomplete on failure.
        progress: Told of bytes as they arrive; not for packages.

    Raises:
        AssetError: Or another of `FAILURES`, for which `reason` has words.
    """
    file = folder / "file"
    if source.startswith("deb:"):
        package, _, inside = source.removeprefix("deb:").partition("/")
        original = _unpacked(package) / inside
        if not original.is_file():
            raise AssetError(f"the package has no file /{inside}")
        shutil.copyfile(original, file)
    else:
        import pooch

        download = pooch.HTTPDownloader(
            progressbar=_Bar(progress),
            chunk_size=CHUNK,
            timeout=(CONNECT_SECONDS, READ_SECONDS),
            headers={"Accept-Encoding": "identity"},  # a .gz is wanted as it is
        )
        download(source, str(file), None)
    return file


def reason(error: BaseException) -> str:
    """Say in one line why a source failed: libraries wrap the error that tells it in others."""
    while error.__context__ and not isinstance(error, AssetError):
        error = error.__context__
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return str(text).splitlines()[0].partition(" for url: ")[0]


def command(*words: str | Path, folder: Path | None = None) -> None:
    """Run a command quietly.

    Raises:
        AssetError: It failed, with its own word on why, or did not end in time.
    """
    try:
        done = subprocess.run(  # noqa: S603 - the words are ours and the project's configuration
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
        told = next((line for line in lines if line.startswith("E: ")), lines[-1])
        raise AssetError(f"{Path(words[0]).name}: {told.removeprefix('E: ')}")


class _Bar:
    """What pooch takes for a progress bar."""

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
def _unpacked(package: str) -> Path:
    """Download and unpack a package, once for all of its files; it goes when the process ends."""
    if not (shutil.which("apt-get") and shutil.which("dpkg")):
        raise AssetError("apt-get and dpkg are not on this machine")
    folder = Path(tempfile.mkdtemp(prefix="codeout-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _download(package, folder)
    command("dpkg", "-x", next(folder.glob("*.deb")), folder)
    return folder


def _download(package: str, folder: Path) -> None:
    try:
        command(*APT, "download", package, folder=folder)
    except AssetError as error:
        if not re.search("Unable to locate package|404", str(error)):
            raise
        if os.geteuid() != 0:
            raise AssetError(f"{error} (`apt-get update`, as root, may help)") from error
        command(*APT, "update")
        command(*APT, "download", package, folder=folder)
