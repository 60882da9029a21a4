"""The server of a built site, below the path of its address."""

from __future__ import annotations

import threading
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest
from codeout.serve.http import SiteServer
from codeout.site.settings import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.folder import Folder


@pytest.fixture(params=["", "https://example.org/x/"])
def server(folder: Folder, request: pytest.FixtureRequest) -> Iterator[SiteServer]:
    """The server of a site with a page and a file; its address may have a path."""
    folder.write("site/index.html", "Home")
    folder.write("site/prose/index.html", "Prose")
    folder.write("site/style.css", "p {}")
    root = folder.root
    site = Site(root, root / "docs", root / "site", address=request.param, serve_at="127.0.0.1:0")
    with SiteServer(site) as server:
        server.end(built=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(server: SiteServer, method: str, path: str) -> tuple[int, str, bytes]:
    """The status, the address that it leads to, and the body."""
    connection = HTTPConnection("127.0.0.1", server.server_address[1], timeout=60)
    connection.request(method, path)
    answer = connection.getresponse()
    return answer.status, answer.headers.get("Location", ""), answer.read()


def test_a_folder_without_its_slash_leads_to_the_page(server: SiteServer) -> None:
    page = f"{server.prefix}/prose"
    assert ask(server, "GET", page) == (301, f"{page}/", b"")
    assert ask(server, "GET", f"{page}?a=b") == (301, f"{page}/?a=b", b"")
    status, _, body = ask(server, "GET", f"{page}/")
    assert (status, body[:5]) == (200, b"Prose")


def test_what_is_there_is_there_for_head_as_well(server: SiteServer) -> None:
    for path in ("/", "/prose/", "/style.css"):
        assert ask(server, "HEAD", f"{server.prefix}{path}") == (200, "", b"")
    assert ask(server, "HEAD", f"{server.prefix}/prose")[0] == 301
    assert ask(server, "HEAD", f"{server.prefix}/nowhere")[0] == 404


def test_outside_of_the_path_is_the_way_to_it(server: SiteServer) -> None:
    if server.prefix:
        assert ask(server, "GET", "/prose/") == (302, "/x/", b"")
        assert ask(server, "HEAD", "/") == (302, "/x/", b"")
