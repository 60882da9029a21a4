"""The engines that show a page while it is edited, and where each shows what came of it."""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING

from bench import formats
from bench.engines import CODEOUT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from bench.corpus import Page

HOST = "127.0.0.1"
TIMEOUT = 600.0
TAG = re.compile("<[^<>]*>")


@dataclass(frozen=True, slots=True)
class LiveEngine:
    """A program that runs until it is ended, and shows the page that is called ``live``.

    Attributes:
        name: As the report calls it.
        files: Writes pages in its syntax, with its settings.
        arguments: What follows the interpreter on its command line.
        page: The file that is edited.
        serves: Whether it shows the page over HTTP; otherwise it does in the file itself.
    """

    name: str
    files: Callable[[Sequence[Page]], formats.Files]
    arguments: tuple[str, ...]
    page: str = "docs/live.md"
    serves: bool = True

    @property
    def command(self) -> tuple[str, ...]:
        """Its command line, with the interpreter that runs the bench."""
        return (sys.executable, *self.arguments)

    @property
    def pause(self) -> float:
        """Seconds between two looks: as few as disturb nobody."""
        return 0.02 if self.serves else 0.002

    def lay_out(self, folder: Path, page: Page, port: int) -> None:
        """Write the page and the settings below an existing folder."""
        for name, text in self.files([page]).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            served = f"dev_addr: {HOST}:{port}\n" if name == "mkdocs.yml" else ""
            path.write_text(text + served, encoding="utf-8")

    def shown(self, folder: Path, port: int) -> str:
        """Read what it shows now; nothing as long as it does not answer."""
        if not self.serves:
            return (folder / self.page).read_text(encoding="utf-8")
        with suppress(OSError, HTTPException):
            return TAG.sub("", _get("/live/", port))
        return ""


def _get(path: str, port: int) -> str:
    """Fetch a page; MkDocs answers when it has built what it builds."""
    connection = HTTPConnection(HOST, port, timeout=TIMEOUT)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode(errors="replace")
    finally:
        connection.close()


SERVE = ("-m", "mkdocs", "serve", "--livereload")
WATCH = LiveEngine(
    "codeout watch", formats.as_code_tabs, (*CODEOUT, "watch", "docs/live.md"), serves=False
)
WATCH_AND_SERVE = LiveEngine(
    "codeout watch --serve",
    formats.as_site_of_code_tabs,
    (*CODEOUT, "watch", "docs/live.md", "--serve"),
)
MARKDOWN_EXEC = LiveEngine("markdown-exec", formats.as_exec_fences, SERVE)
MKDOCS_JUPYTER = LiveEngine(
    "mkdocs-jupyter", formats.as_site_of_notebooks, SERVE, "docs/live.ipynb"
)
OURS = (WATCH, WATCH_AND_SERVE)
WHOLE_PAGE = (MARKDOWN_EXEC, MKDOCS_JUPYTER)
LIVE = (*OURS, *WHOLE_PAGE)
