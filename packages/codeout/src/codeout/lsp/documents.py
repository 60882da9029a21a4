"""The documents that are open in an editor, and what is known of each."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from codeout.lsp.analysis import Analyses, Analysis, NoPage, changed
from codeout.lsp.findings import Finding, Severity, findings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from codeout.lsp.findings import EditorRun

_TYPING_SECONDS: Final = 0.2
"""How long to wait for another key before a page is read."""

_POLL_SECONDS: Final = 1.0


@dataclass(slots=True)
class Document:
    """An open document.

    Attributes:
        file: Where it is saved.
        text: Returns what the editor has.
        known: What is known of it; None before it has been read.
        ran: Its last run in the editor, if there was one.
        running: The index of the block that runs now, if one does.
        reading: Reads it.
        rescan: Whether the pages of its project are to be looked for when it is read next.
    """

    file: Path
    text: Callable[[], str]
    known: Analysis | NoPage | None = None
    ran: EditorRun | None = None
    running: int | None = None
    reading: asyncio.Task[None] | None = None
    rescan: bool = True

    @property
    def analysis(self) -> Analysis | None:
        """The page, if it is one."""
        return self.known if isinstance(self.known, Analysis) else None

    def findings(self) -> list[Finding]:
        """What there is to say of it."""
        if isinstance(self.known, NoPage) and self.known.problem:
            return [Finding(1, Severity.ERROR, "settings", self.known.problem)]
        return [*findings(self.analysis, self.ran)] if self.analysis else []


class Documents:
    """The open documents.

    Args:
        show: Called with a document of which something new is known.
    """

    def __init__(self, show: Callable[[str, Document], None]) -> None:
        self._show = show
        self._open: dict[str, Document] = {}
        self._analyses = Analyses()
        self._reader = ThreadPoolExecutor(max_workers=1)  # one page after the other

    def get(self, uri: str) -> Document | None:
        """A document that is open."""
        return self._open.get(uri)

    def open(self, uri: str, file: Path, text: Callable[[], str]) -> None:
        """Read a document from now on."""
        self._open[uri] = Document(file, text)
        self.read(uri, rescan=True)

    def close(self, uri: str) -> None:
        """Forget a document."""
        if (document := self._open.pop(uri, None)) and document.reading:
            document.reading.cancel()

    def read(self, uri: str, *, rescan: bool, typing: bool = False) -> None:
        """Read a document again.

        Args:
            uri: Its name in the editor.
            rescan: Whether to look again for the pages of its project.
            typing: Whether somebody types, so that it may change again at once.
        """
        if (document := self._open.get(uri)) is None:
            return
        if document.reading:
            document.reading.cancel()
        document.rescan |= rescan  # also if a reading that was to do so is cancelled
        wait = _TYPING_SECONDS if typing else 0.0
        document.reading = asyncio.create_task(self._read(uri, document, wait))

    async def _read(self, uri: str, document: Document, wait: float) -> None:
        await asyncio.sleep(wait)
        text, rescan = document.text(), document.rescan
        loop = asyncio.get_running_loop()
        document.known = await loop.run_in_executor(
            self._reader, lambda: self._analyses.read(document.file, text, rescan=rescan)
        )
        document.rescan = False
        self._show(uri, document)

    async def up_to_date(self, uri: str) -> Document | None:
        """A document, once it has been read as it is in the editor."""
        document = self._open.get(uri)
        while document and document.reading and not document.reading.done():
            await asyncio.wait([document.reading])
        return document

    async def follow(self) -> None:
        """Read documents again whose files change: settings, the lock, what pages include."""
        while True:
            await asyncio.sleep(_POLL_SECONDS)
            for uri, document in [*self._open.items()]:
                idle = document.reading is None or document.reading.done()
                if idle and document.known and changed(document.known.states):
                    self.read(uri, rescan=True)

    def shut(self) -> None:
        """Read nothing any more."""
        for uri in [*self._open]:
            self.close(uri)
        self._reader.shutdown(wait=False, cancel_futures=True)
