"""When to build the site: once a save, after the outputs are written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from codeout.serve.sources import Sources


class Server(Protocol):
    """A server of the site."""

    def check(self) -> None:
        """Raise ``CodeoutError`` if it has ended."""

    def build(self, *, code: bool) -> None:
        """Have the site built, now or when the build at work has ended; does not wait.

        Args:
            code: Whether code has changed that a generator loads once.
        """


class Builds:
    """What a watch does beside its pages: it has the site built, if there is something to build.

    Files are compared with those of the last build. So what the watch writes itself is built with
    the save that made it write, and the news of it that comes later is no reason for another build.

    Args:
        sources: The files of the site.
        server: What builds it; it has begun to build these.
        address: Where it is shown; empty if the server says so itself.
    """

    def __init__(self, sources: Sources, server: Server, address: str = "") -> None:
        self.address = address
        self._sources = sources
        self._server = server
        self._built = sources.states()
        self._pending = False

    def folders(self) -> frozenset[Path]:
        """See ``codeout.watch.beside.Beside``."""
        return self._sources.folders()

    def turn(self, has_read: Callable[[Path], bool], *, changed: bool, idle: bool) -> None:
        """See ``codeout.watch.beside.Beside``."""
        self._server.check()
        self._pending |= changed
        if not (self._pending and idle):
            return
        now = self._sources.states()
        files = frozenset(file for file, _ in now.items() ^ self._built.items())
        if not all(has_read(Path(file)) for file in files):
            return  # just saved: the watch is about to see it, and may have to run it
        self._pending = False
        if files:
            self._built = now
            self._server.build(code=any(map(self._sources.is_code, files)))
