"""Data files that a worker keeps by their content, so that each travels to it once."""

from __future__ import annotations

import contextlib
import socket
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from codeout.data.assets import Fetched
from codeout.data.verified import intact, keep, sha256_of
from codeout.fs.cache_folder import cache_folder

if TYPE_CHECKING:
    from codeout.cluster.task import Content


def store_name() -> str:
    """The machine and the folder where this process keeps data."""
    return f"{socket.gethostname()}:{cache_folder()}"


def lacking(files: tuple[Content, ...]) -> tuple[str, ...]:
    """The checksums of the files that are not here."""
    return tuple(file.sha256 for file in files if not intact(_place(file), file.sha256))


def fetched(files: tuple[Content, ...]) -> tuple[Fetched, ...]:
    """Files that are here, for a page."""
    return tuple(Fetched(file.asset, _place(file), file.stand_in) for file in files)


def receive(content: Content, sender: str, start: int, data: bytes, *, last: bool) -> str:
    """Take a part of a file; parts come in order.

    Args:
        content: The file.
        sender: A name that no other sender has.
        start: Where the part begins.
        data: The part.
        last: Whether the file ends with it.

    Returns:
        Why the file cannot be kept; empty if all is well.
    """
    target = _place(content)
    part = cache_folder() / f"{content.sha256[:16]}.{sender}.part"
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        with part.open("r+b" if start else "wb") as file:
            file.seek(start)
            file.write(data)
        if last and sha256_of(part) != content.sha256:
            part.unlink()
            return f"{content.asset.path} did not arrive as it was sent"
        if last:
            keep(part, target)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink()
        return f"{content.asset.path} cannot be kept in {cache_folder()}: {error.strerror}"
    return ""


def _place(file: Content) -> Path:
    """Where `codeout fetch` keeps a true file too."""
    return cache_folder() / file.sha256[:16] / PurePosixPath(file.asset.path).name
