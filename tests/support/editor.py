"""An editor: a client of the language server over its standard streams."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from tests.support.processes import tree

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

    from tests.support.folder import Folder

_T = TypeVar("_T")

SECONDS = 120  # a busy machine gets there too
UTF_16 = types.PositionEncodingKind.Utf16


class Editor:
    """What an editor does with files, and what it is told.

    Attributes:
        client: The connection.
        texts: The texts of open files.
        marks: The diagnostics of files, by URI.
        messages: What was shown, in order.
        dead: Whether the server was killed.
    """

    def __init__(self) -> None:
        self.client = LanguageClient("editor", "1")
        self.texts: dict[str, str] = {}
        self.marks: dict[str, list[types.Diagnostic]] = {}
        self.messages: list[str] = []
        self._news = asyncio.Event()
        self._version = 0
        self._server = 0
        self._connection: Any = None
        self.dead = False

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def _(params: types.PublishDiagnosticsParams) -> None:
            self.marks[params.uri] = [*params.diagnostics]
            self._news.set()

        @self.client.feature(types.WINDOW_SHOW_MESSAGE)
        def _(params: types.ShowMessageParams) -> None:
            self.messages.append(params.message)
            self._news.set()

        @self.client.feature(types.WORKSPACE_CODE_LENS_REFRESH)
        def _(_: Any) -> None:
            self._news.set()

    def kill(self) -> None:
        """End the server at once, as the system does when memory runs out."""
        os.kill(self._server, signal.SIGKILL)
        self.dead = True

    async def start(self, folder: Path, *options: str, cold: bool) -> None:
        """Start the server in a folder, by itself or from one that is warm."""
        words = ("lsp", *options)
        if not cold:
            self._server, port = _forked(folder, words)
            await self.client.start_tcp("127.0.0.1", port)
            self._connection = self.client.protocol.writer
            return
        before = {*tree(os.getpid())}
        await self.client.start_io(sys.executable, "-m", "codeout", *words, cwd=folder)
        (self._server,) = {*tree(os.getpid())} - before

    async def stop(self) -> None:
        """Take leave of the server, unless it is dead, and wait until it has ended."""
        if not self.dead:
            await self.client.shutdown_async(None)
            self.client.exit(None)
        await self.client.stop()
        if self._connection:  # which pygls leaves open
            self._connection.close()
            with suppress(ConnectionError):
                await self._connection.wait_closed()

    async def until(self, done: Callable[[], object]) -> None:
        """Wait until something has been told."""
        async with asyncio.timeout(SECONDS):
            while not done():
                self._news.clear()
                await self._news.wait()

    def open(self, file: Path, text: str | None = None) -> str:
        """Open a file, maybe with a text that is not saved; returns its URI."""
        uri = file.as_uri()
        self.texts[uri] = file.read_text(encoding="utf-8") if text is None else text
        self._version += 1
        item = types.TextDocumentItem(uri, "markdown", self._version, self.texts[uri])
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def type(self, uri: str, text: str) -> None:
        """Change what the editor has, without saving it."""
        self.texts[uri] = text
        self._version += 1
        self.marks.pop(uri, None)
        named = types.VersionedTextDocumentIdentifier(version=self._version, uri=uri)
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(named, [change]))

    def save(self, uri: str, file: Path) -> None:
        """Save what the editor has."""
        file.write_text(self.texts[uri], encoding="utf-8")
        named = types.TextDocumentIdentifier(uri)
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(named))

    def close(self, uri: str) -> None:
        """Close a file."""
        self.marks.pop(uri, None)
        named = types.TextDocumentIdentifier(uri)
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(named))

    async def told(self, uri: str) -> list[tuple[int, str]]:
        """The lines, from 1, and the messages of the diagnostics that come next or are there."""
        await self.until(lambda: uri in self.marks)
        return [(each.range.start.line + 1, each.message) for each in self.marks[uri]]

    async def becomes(self, uri: str, expected: list[tuple[int, str]]) -> None:
        """Wait until a file has these diagnostics: it may be read more than once."""
        while await self.told(uri) != expected:
            self.marks.pop(uri)

    async def lenses(self, uri: str) -> list[types.CodeLens]:
        """What can be clicked on."""
        named = types.TextDocumentIdentifier(uri)
        return [
            *(await self.client.text_document_code_lens_async(types.CodeLensParams(named)) or [])
        ]

    async def run(self, uri: str, lens: int = -1) -> str:
        """Click on a lens, and wait for what is shown then."""
        command = (await self.lenses(uri))[lens].command
        before = len(self.messages)
        await self.execute(command)
        await self.until(lambda: len(self.messages) > before)
        return self.messages[before]

    async def execute(self, command: types.Command | types.CodeAction | None) -> None:
        """Send a command of a lens or an action."""
        assert isinstance(command, types.Command)
        params = types.ExecuteCommandParams(command.command, command.arguments)
        await self.client.workspace_execute_command_async(params)

    async def hover(self, uri: str, line: int) -> str:
        """What is shown of a line, counted from 1."""
        at = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(line - 1, 0))
        shown = await self.client.text_document_hover_async(at)
        if shown is None:
            return ""
        assert isinstance(shown.contents, types.MarkupContent)
        return shown.contents.value

    async def actions(self, uri: str, line: int) -> dict[str, types.CodeAction | types.Command]:
        """What can be done at a line, counted from 1, by title."""
        place = types.Range(types.Position(line - 1, 0), types.Position(line - 1, 0))
        params = types.CodeActionParams(
            types.TextDocumentIdentifier(uri), place, types.CodeActionContext([])
        )
        found = await self.client.text_document_code_action_async(params) or []
        return {each.title: each for each in found}

    def apply(self, action: types.CodeAction | types.Command) -> None:
        """Apply the edits of an action to what the editor has."""
        assert isinstance(action, types.CodeAction)
        assert action.edit
        assert action.edit.changes
        ((uri, edits),) = action.edit.changes.items()
        text = self.texts[uri]
        for edit in sorted(edits, key=lambda each: each.range.start.line, reverse=True):
            start, end = (_offset(text, at) for at in (edit.range.start, edit.range.end))
            text = text[:start] + edit.new_text + text[end:]
        self.type(uri, text)


def _forked(folder: Path, words: tuple[str, ...]) -> tuple[int, int]:
    """The process of a server that is forked, and its port."""
    warm = _warm()
    assert warm.stdin
    assert warm.stdout
    request = {"cwd": str(folder), "environ": dict(os.environ), "words": words}
    print(json.dumps(request), file=warm.stdin, flush=True)
    pid, port = json.loads(warm.stdout.readline())
    return pid, port


@cache
def _warm() -> subprocess.Popen[str]:
    """What servers are forked from; it ends with its input, when the tests do."""
    return subprocess.Popen(
        [sys.executable, Path(__file__).with_name("warm_lsp.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _offset(text: str, position: types.Position) -> int:
    """The index of a position, counted in UTF-16."""
    lines = text.split("\n")
    before = sum(len(line) + 1 for line in lines[: position.line])
    line = lines[position.line] if position.line < len(lines) else ""
    units = line.encode("utf-16-le")[: 2 * position.character]
    return min(len(text), before + len(units.decode("utf-16-le")))


@asynccontextmanager
async def started(
    folder: Path, *options: str, encoding: str = UTF_16, cold: bool = False
) -> AsyncIterator[Editor]:
    """An editor in a folder, whose server is started with some options.

    Args:
        folder: The folder.
        options: Options of ``codeout lsp``.
        encoding: How the editor counts characters.
        cold: Start a process of its own, for tests of how it starts and ends.
    """
    editor = Editor()
    await editor.start(folder, *options, cold=cold)
    capabilities = types.ClientCapabilities(
        general=types.GeneralClientCapabilities(
            position_encodings=[types.PositionEncodingKind(encoding)]
        ),
        workspace=types.WorkspaceClientCapabilities(
            code_lens=types.CodeLensWorkspaceClientCapabilities(refresh_support=True)
        ),
    )
    root = folder.as_uri()
    await editor.client.initialize_async(
        types.InitializeParams(capabilities=capabilities, root_uri=root)
    )
    editor.client.initialized(types.InitializedParams())
    try:
        yield editor
    finally:
        await editor.stop()


def awaited(scenario: Coroutine[Any, Any, _T]) -> _T:
    """The result of a coroutine, in a thread of its own: a browser's loop may run in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, scenario).result()


def editing(
    test: Callable[[Folder, Editor], Coroutine[Any, Any, None]],
) -> Callable[[Folder], None]:
    """A test with an editor in the current folder."""

    def run(folder: Folder) -> None:
        async def scenario() -> None:
            async with started(folder.root) as editor:
                await test(folder, editor)

        awaited(scenario())

    run.__name__ = test.__name__
    return run
