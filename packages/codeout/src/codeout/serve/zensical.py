"""The site of Zensical, built once a save and completed before anybody sees it.

``zensical serve`` builds when a file changes, and shows the site without what comes after a build.
So a process builds it when the watch says so, and a small server of ours shows it.
"""

from __future__ import annotations

import subprocess
import threading
from typing import TYPE_CHECKING, Final

from codeout.errors import ConfigError
from codeout.serve.http import SiteServer
from codeout.serve.process import end, start

if TYPE_CHECKING:
    from collections.abc import Sequence
    from subprocess import Popen

    from codeout.site.settings import Site

_WORKER: Final = "codeout.serve.zensical_worker"


class ZensicalServer:
    """A server; see ``codeout.serve.builds.Server``.

    Args:
        site: The site.
        then: The words of a command that finishes a built site; none for no command.

    Raises:
        ConfigError: The address is in use.
    """

    def __init__(self, site: Site, then: Sequence[str]) -> None:
        self._site = site
        self._then = then
        self._wanted = threading.Event()
        self._outdated = threading.Event()  # the worker has loaded code that has changed
        self._closed = False
        self._worker: Popen[bytes] | None = None
        try:
            self._server = SiteServer(site)
        except (OSError, ValueError) as error:
            message = f"cannot serve at {site.serve_at}: {error}"
            raise ConfigError(message, "name another address as `dev_addr`") from error
        self._threads = [
            threading.Thread(target=each, daemon=True)
            for each in (self._server.serve_forever, self._builds)
        ]
        for thread in self._threads:
            thread.start()
        self._wanted.set()

    @property
    def address(self) -> str:
        """Where the site is shown."""
        return f"http://{self._site.serve_at}{self._server.prefix}/"

    def check(self) -> None:
        """It ends only with the watch."""

    def build(self, *, code: bool) -> None:
        """Have the site built; see ``Server``."""
        if code:
            self._outdated.set()
        self._wanted.set()

    def close(self) -> None:
        """End the server."""
        self._closed = True
        self._wanted.set()
        self._server.shutdown()
        self._server.server_close()
        if self._worker:
            end(self._worker)

    def _builds(self) -> None:
        """Build whenever it is wanted."""
        while self._wanted.wait() and not self._closed:
            self._wanted.clear()
            self._server.begin()
            self._server.end(built=self._build())

    def _build(self) -> bool:
        """Have the worker build; whether it could."""
        if self._outdated.is_set() and self._worker:
            end(self._worker)
        self._outdated.clear()
        if self._worker is None or self._worker.poll() is not None:
            self._worker = start(_WORKER, self._then, self._site.root, {}, subprocess.PIPE)
        request, reply = self._worker.stdin, self._worker.stdout
        if request is None or reply is None:
            return False
        try:
            request.write(b"build\n")
            request.flush()
        except BrokenPipeError:
            return False
        return reply.readline() == b"built\n"
