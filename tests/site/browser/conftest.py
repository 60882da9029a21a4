"""The built site in a browser, as readers have it: below a folder of a host, as on GitHub Pages."""

from __future__ import annotations

import os
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests.site.browser.built import Site, build

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

_IN_CI = "CI" in os.environ
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_CHROMIUM = next(filter(None, map(shutil.which, _BROWSERS)), None)
_QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync")


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Keep the terminal for the tests."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site, built from the repository and served on this machine."""
    root = tmp_path_factory.mktemp("www")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(root))) as server:
        found = Site(root / "course", f"http://127.0.0.1:{server.server_port}/course/")
        build("mkdocs", found.folder, found.url)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield found
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine. Without one, tests are skipped, but never in CI."""
    if not _CHROMIUM:
        told = "no Chromium on this machine: `apt-get install chromium`"
        if _IN_CI:
            pytest.fail(told, pytrace=False)
        pytest.skip(told)
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=_CHROMIUM, args=[*_QUIET, *root])
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A reader who comes for the first time; nothing may go wrong or leave the site meanwhile."""
    context = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(10_000)
    wrong: list[str] = []
    context.on("console", lambda entry: wrong.append(entry.text) if entry.type == "error" else None)
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    context.on(
        "request",
        lambda request: None if _at_home(request.url, site) else wrong.append(request.url),
    )
    yield context
    context.close()
    assert not wrong


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A window of the browser."""
    return context.new_page()


def _at_home(url: str, site: Site) -> bool:
    return url.startswith((site.url, "data:", "blob:"))
