"""The language server: the requests of an editor that it answers."""

from __future__ import annotations

import asyncio
import os
import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from codeout.lsp.answers import RUN, STOP, code_actions, code_lenses, shown_at
from codeout.lsp.session import EditorSession

if TYPE_CHECKING:
    from codeout.run.job import Isolation

_FILE: Final = "file:"
_OPTIONS: Final = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])


def serve(isolation: Isolation) -> None:
    """Answer an editor on the standard streams until it leaves.

    Args:
        isolation: What pages may not reach that the editor asks to run.
    """
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever prints must not answer
    server_for(isolation).start_io(sys.stdin.buffer, answers)


def server_for(isolation: Isolation) -> LanguageServer:
    """A server with all of its features."""
    kind = types.TextDocumentSyncKind.Full  # pygls takes a form feed for the end of a line
    version = metadata.version("codeout")
    server = LanguageServer("codeout", version, text_document_sync_kind=kind)
    session = EditorSession(server, isolation)
    _follow_documents(server, session)
    _answer(server, session)
    _run(server, session)
    return server


def _follow_documents(server: LanguageServer, session: EditorSession) -> None:
    following: set[asyncio.Task[None]] = set()  # or they would be forgotten

    @server.feature(types.INITIALIZED)
    def initialized(_: types.InitializedParams) -> None:
        following.add(asyncio.create_task(session.documents.follow()))

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        uri = params.text_document.uri
        path = to_fs_path(uri) if uri.startswith(_FILE) else None  # cells of notebooks are no files
        if path:
            session.documents.open(uri, Path(path), lambda: session.text(uri))

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        session.documents.read(params.text_document.uri, rescan=False, typing=True)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        session.documents.read(params.text_document.uri, rescan=True)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        if session.documents.get(uri):
            session.documents.close(uri)
            session.publish(uri, None)

    @server.feature(types.SHUTDOWN)
    def shut(_: None) -> None:
        for task in following:
            task.cancel()
        session.close()


def _answer(server: LanguageServer, session: EditorSession) -> None:
    @server.feature(types.TEXT_DOCUMENT_CODE_LENS)
    async def lenses(params: types.CodeLensParams) -> list[types.CodeLens]:
        uri = params.text_document.uri
        document = await session.documents.up_to_date(uri)
        return code_lenses(uri, document, session.places(document)) if document else []

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        document = await session.documents.up_to_date(params.text_document.uri)
        return shown_at(document, params.position.line + 1) if document else None

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, _OPTIONS)
    async def actions(
        params: types.CodeActionParams,
    ) -> list[types.CodeAction | types.Command]:
        uri = params.text_document.uri
        document = await session.documents.up_to_date(uri)
        lines = range(params.range.start.line + 1, params.range.end.line + 2)
        return code_actions(uri, document, session.places(document), lines) if document else []


def _run(server: LanguageServer, session: EditorSession) -> None:
    @server.command(RUN)
    async def run(uri: str, at: int) -> None:
        await session.run(uri, at)

    @server.command(STOP)
    async def stop(uri: str) -> None:
        await session.stop(uri)
