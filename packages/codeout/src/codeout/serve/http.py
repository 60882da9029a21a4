"""A small server of a built site: browsers load a page again when the site has been built again."""

from __future__ import annotations

import sys
import threading
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from codeout.site.settings import Site

_NEWS: Final = "/codeout-builds/"
_LONGEST_SECONDS: Final = 30.0
_SCRIPT: Final = """<script>
(function ask() {
  fetch("%s%d").then((answer) => answer.text()).then(
    (built) => (Number(built) > %d ? location.reload() : ask()), () => setTimeout(ask, 1000));
})();
</script>"""


class SiteServer(ThreadingHTTPServer):
    """Serves a site at its address for previews.

    Args:
        site: The site.

    Raises:
        OSError: The address is in use.
    """

    daemon_threads = True

    def __init__(self, site: Site) -> None:
        host, _, port = site.serve_at.rpartition(":")
        self.prefix = urlsplit(site.address).path.rstrip("/")
        self.builds = 0
        self._building = True
        self._news = threading.Condition()
        super().__init__((host, int(port)), partial(_Handler, directory=str(site.folder)))

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of browsers that left before their answer came."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def begin(self) -> None:
        """Let browsers wait: a build begins, and until it ends, the site is in pieces."""
        with self._news:
            self._building = True

    def end(self, *, built: bool) -> None:
        """Let them have the site, and if it was built, tell those that show it."""
        with self._news:
            self._building = False
            self.builds += built
            self._news.notify_all()

    def wait_for_build(self) -> None:
        """Wait until no build is at work."""
        with self._news:
            self._news.wait_for(lambda: not self._building)

    def wait_for_news(self, seen: int) -> int:
        """Wait until there is a newer build than one, but not for ever; the number of the last."""
        with self._news:
            self._news.wait_for(lambda: self.builds > seen, _LONGEST_SECONDS)
            return self.builds


class _Handler(SimpleHTTPRequestHandler):
    server: SiteServer

    def do_GET(self) -> None:
        """Answer with a file, or the number of the last build."""
        if self.path.startswith(_NEWS):
            seen = self.path.removeprefix(_NEWS)
            self._send(b"%d" % self.server.wait_for_news(int(seen) if seen.isdecimal() else 0))
            return
        super().do_GET()

    def send_head(self) -> BytesIO | BinaryIO | None:
        """The file, a page with the script that waits for the next build; None for a way to it."""
        self.server.wait_for_build()
        prefix = self.server.prefix
        if not self.path.startswith(f"{prefix}/"):
            self._redirect(HTTPStatus.FOUND, f"{prefix}/")
            return None
        self.path = self.path.removeprefix(prefix)
        path = Path(self.translate_path(self.path))
        name, mark, query = self.path.partition("?")
        if path.is_dir() and not name.endswith("/"):
            self._redirect(HTTPStatus.MOVED_PERMANENTLY, f"{prefix}{name}/{mark}{query}")
            return None
        page = path / "index.html" if name.endswith("/") else path
        if page.suffix != ".html" or not page.is_file():
            return super().send_head()
        built = self.server.builds
        body = page.read_bytes() + (_SCRIPT % (_NEWS, built, built)).encode()
        self._head(body, "text/html; charset=utf-8")
        return BytesIO(body)

    def list_directory(self, path: Any) -> None:
        """Show no folders."""
        del path
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        """What is built again has the same address."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  # its name there
        """Say nothing of requests."""

    def _redirect(self, status: HTTPStatus, address: str) -> None:
        self.send_response(status)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, body: bytes) -> None:
        self._head(body, "text/plain")
        self.wfile.write(body)

    def _head(self, body: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
