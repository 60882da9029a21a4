"""The sockets of resident servers: private to their user, and closed to sandboxes."""

from __future__ import annotations

import os
import socket
import stat
import struct
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Final

from codeout.errors import ConfigError
from codeout.fs.cache_folder import cache_folder
from codeout.fs.digest import digest
from codeout.resident.fingerprint import namespaces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SECONDS: Final = 5.0
"""How long either side waits for the other."""

_PRIVATE: Final = 0o700
_DIGITS: Final = 8  # the whole digest is part of the greeting
_CREDENTIALS: Final = struct.Struct("3i")
_TIMEOUT: Final = struct.pack("ll", int(SECONDS), 0)


def path_of(root: Path, fingerprint: str) -> Path:
    """The socket of the server for a project and a fingerprint.

    Args:
        root: The folder of the project.
        fingerprint: See ``codeout.resident.fingerprint``.
    """
    return _folder() / f"{_prefix(root)}{fingerprint[:_DIGITS]}.sock"


def paths_of(root: Path) -> list[Path]:
    """The sockets of all servers for a project."""
    return sorted(_folder().glob(f"{_prefix(root)}*.sock"))


def connect(path: Path) -> Connection:
    """Connect to the server at a socket.

    Raises:
        OSError: It is gone, does not answer, or belongs to somebody else.
    """
    with _within(path) as place, socket.socket(socket.AF_UNIX) as client:
        _set_timeout(client)
        client.connect(place)
        if _peer_of(client)[1] != os.getuid():
            raise PermissionError
        return Connection(client.detach())


@contextmanager
def listening(path: Path) -> Iterator[tuple[socket.socket, Callable[[], None]]]:
    """Listen beside a path.

    Yields:
        The socket, and a function that puts it in its place, in that of an older one.
    """
    new = path.with_suffix(".new")
    with _within(new) as place, socket.socket(socket.AF_UNIX) as listener:
        new.unlink(missing_ok=True)
        before = os.umask(0o177)
        try:
            listener.bind(place)
        finally:
            os.umask(before)  # the pages of the server have it
        try:
            listener.listen()
            yield listener, lambda: os.rename(new, path)  # noqa: PTH104  # gives nothing back
        finally:
            new.unlink(missing_ok=True)


def make_folder() -> Path:
    """Make the folder of the sockets, which is in the folder of the cache.

    Raises:
        ConfigError: Others can use it.
    """
    folder = _folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=_PRIVATE, exist_ok=True)
    try:
        with _within(folder / "any"):
            return folder
    except PermissionError as error:
        message = f"others may use the folder of the warm servers: {folder}"
        hint = "remove it, or set `CODEOUT_CACHE` to a folder of your own"
        raise ConfigError(message, hint) from error


def accept(listener: socket.socket) -> Connection | None:
    """Accept a client; None if it is another user, or a page in a sandbox."""
    client, _ = listener.accept()
    with client:
        _set_timeout(client)
        process, user, _ = _peer_of(client)
        try:
            known = user == os.getuid() and namespaces(process) == namespaces()
        except OSError:
            known = False
        return Connection(client.detach()) if known else None


def _folder() -> Path:
    return cache_folder().absolute() / f"warm-{os.getuid()}"


def _prefix(root: Path) -> str:
    return f"{digest(str(root))[:_DIGITS]}-"


@contextmanager
def _within(path: Path) -> Iterator[str]:
    """A short path of a file in a folder that nobody else can look into.

    A socket takes few bytes, and the folder must not be another one by the time it is used.

    Raises:
        OSError: There is no such folder, or others can use it.
    """
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        found = os.fstat(folder)
        if found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) != _PRIVATE:
            raise PermissionError
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def _peer_of(end: socket.socket) -> tuple[int, int, int]:
    """The process, the user and the group at the other end."""
    told = end.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    process, user, group = _CREDENTIALS.unpack(told)
    return process, user, group


def _set_timeout(end: socket.socket) -> None:
    """Have the system end each read and write that takes too long."""
    for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        end.setsockopt(socket.SOL_SOCKET, option, _TIMEOUT)
