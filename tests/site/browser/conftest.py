"""The built site in a browser, as readers have it: below a folder of a host, as on GitHub Pages."""

from __future__ import annotations

import fcntl
import os
import shutil
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from tests.site.browser.built import ADDRESS, STOCK_ADDRESS, ZENSICAL_ADDRESS, Site, build_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

_IN_CI = "CI" in os.environ
# The first of them has no windows at all, and takes two thirds of the time.
_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_CHROMIUM = next(filter(None, map(shutil.which, _BROWSERS)), None)
_QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync")


class _Handler(SimpleHTTPRequestHandler):
    """Serves each site at its own host."""

    def translate_path(self, path: str) -> str:
        """The file of an address."""
        self.directory = str(self.server.hosts[self.headers["Host"]])  # type: ignore[attr-defined]
        return super().translate_path(path)

    def log_message(self, *_: object) -> None:
        """Keep the terminal for the tests."""


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all processes of a test run."""
    root = tmp_path_factory.getbasetemp()
    return root.parent if "PYTEST_XDIST_WORKER" in os.environ else root  # each worker has a folder


# What is tried on the site of MkDocs alone, and why.
_ALONE = {
    "test_broken_addresses_are_pages_like_others": "scripts of Zensical report a % in an address",
    "test_printed_text_in_every_colour": "the style sheet is the same file",
    "test_search_words.py": "the engine is the same file",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Try everything else on both sites; a test that asks for ``built`` has them already."""
    if "site" in metafunc.fixturenames:
        names = {metafunc.definition.path.name, metafunc.definition.originalname}
        alone = bool(names & _ALONE.keys()) or "built" in metafunc.fixturenames
        generators = ["mkdocs"] if alone else ["mkdocs", "zensical"]
        metafunc.parametrize("site", generators, indirect=True, scope="session")


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest) -> Site:
    """The site as one of the generators builds it."""
    site: Site = request.getfixturevalue(request.param)
    return site


@pytest.fixture(scope="session")
def mkdocs(shared: Path) -> Site:
    """The site, built strictly from the repository: once, for all processes of a test run."""
    return _built_once("mkdocs", Site(shared / "www" / "course", ADDRESS))


@pytest.fixture(scope="session")
def zensical(shared: Path) -> Site:
    """The site as Zensical builds it, once as well."""
    return _built_once("zensical", Site(shared / "zensical" / "course", ZENSICAL_ADDRESS))


def _built_once(generator: str, site: Site) -> Site:
    with site.folder.parent.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not site.folder.exists():
            building = site.folder.parent.with_suffix(".building")
            build_site(generator, building, site.url)
            site.folder.parent.mkdir()
            building.rename(site.folder)
    return site


@pytest.fixture(scope="session")
def stock(shared: Path) -> Site:
    """What Material alone makes of the same Markdown."""
    return _built_once("stock", Site(shared / "stock" / "course", STOCK_ADDRESS))


@pytest.fixture(params=["mkdocs", "zensical"])
def built(request: pytest.FixtureRequest) -> Site:
    """The site as each generator builds it."""
    site: Site = request.getfixturevalue(request.param)
    return site


@pytest.fixture(scope="session")
def port(shared: Path) -> Iterator[int]:
    """Where the sites are served on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.hosts = {  # type: ignore[attr-defined]
            urlsplit(ADDRESS).hostname: shared / "www",
            urlsplit(ZENSICAL_ADDRESS).hostname: shared / "zensical",
            urlsplit(STOCK_ADDRESS).hostname: shared / "stock",
        }
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture(scope="session")
def browser(port: int) -> Iterator[Browser]:
    """The Chromium of this machine. Without one, tests are skipped, but never in CI."""
    if not _CHROMIUM:
        told = "no Chromium on this machine: `apt-get install chromium-headless-shell`"
        if _IN_CI:
            pytest.fail(told, pytrace=False)
        pytest.skip(told)
    there = f"--host-resolver-rules=MAP *.localhost:80 127.0.0.1:{port}"
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        arguments = [*_QUIET, there, *root]
        chromium = playwright.chromium.launch(executable_path=_CHROMIUM, args=arguments)
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
        lambda request: None if _at_home(request.url) else wrong.append(request.url),
    )
    yield context
    context.close()
    assert not wrong


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A window of the browser."""
    return context.new_page()


def _at_home(url: str) -> bool:
    return url.startswith((ADDRESS, ZENSICAL_ADDRESS, STOCK_ADDRESS, "data:", "blob:"))
