"""One session with an editor: documents come in, runs are asked for, and both are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lsprotocol import types

from codeout.lsp.answers import diagnostic
from codeout.lsp.documents import Documents
from codeout.lsp.findings import EditorRun
from codeout.lsp.positions import UTF_16, Positions
from codeout.lsp.result import RunResult
from codeout.lsp.runs import BlockStarted, RunFailed, Runs, RunStopped
from codeout.text.escape import escape

if TYPE_CHECKING:
    from pygls.lsp.server import LanguageServer

    from codeout.engine.plan import Plan
    from codeout.lsp.documents import Document
    from codeout.lsp.runs import RunEvent
    from codeout.run.job import Isolation

_LINES: Final = 20
"""How many lines of what a block left are told at once; hovering shows all."""


class EditorSession:
    """What is known and what runs.

    Args:
        server: The connection to the editor.
        isolation: What pages may not reach.

    Attributes:
        documents: Those that are open.
    """

    def __init__(self, server: LanguageServer, isolation: Isolation) -> None:
        self._server = server
        self._runs = Runs(isolation)
        self.documents = Documents(self._show)

    def text(self, uri: str) -> str:
        """What the editor has."""
        return self._server.workspace.get_text_document(uri).source

    def places(self, document: Document) -> Positions:
        """The places in a document, as it was read."""
        text = document.analysis.text if document.analysis else document.text()
        return Positions.of(text, self._server.workspace.position_encoding or UTF_16)

    def publish(self, uri: str, document: Document | None) -> None:
        """Send what there is to say of a document; nothing, if it is closed."""
        places = self.places(document) if document else None
        found = document.findings() if document else []
        marks = [diagnostic(each, places) for each in found if places]
        self._server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, marks))

    def _show(self, uri: str, document: Document) -> None:
        self.publish(uri, document)
        self._refresh_lenses()

    def _refresh_lenses(self) -> None:
        workspace = self._server.client_capabilities.workspace
        lens = workspace.code_lens if workspace else None
        if lens and lens.refresh_support:
            self._server.workspace_code_lens_refresh(None)

    async def run(self, uri: str, at: int) -> None:
        """Run a page up to a block, without writing it."""
        document = await self.documents.up_to_date(uri)
        analysis = document.analysis if document else None
        if document is None or analysis is None or not 0 <= at < len(analysis.plan.cells):
            return
        plan = analysis.plan.up_to(at)
        document.running = analysis.plan.blocks.index(plan.blocks[-1])
        self._refresh_lenses()
        await self._runs.run(analysis, at, lambda told: self._handle(uri, document, plan, told))

    def _handle(self, uri: str, document: Document, plan: Plan, told: RunEvent) -> None:
        if self.documents.get(uri) is not document:  # it is closed
            return
        match told:
            case BlockStarted(index):
                blocks = document.analysis.plan.blocks if document.analysis else ()
                block = plan.blocks[index]
                document.running = blocks.index(block) if block in blocks else None
            case RunResult():
                document.running, document.ran = None, EditorRun(plan, told)
                self.publish(uri, document)
                self._show_message(*_summary(plan, told))
            case RunFailed(message):
                document.running = None
                self._show_message(message, types.MessageType.Error)
            case RunStopped():
                document.running = None
        self._refresh_lenses()

    def _show_message(self, text: str, kind: types.MessageType) -> None:
        # What a page prints is no link.
        plain = escape(text).replace("](", "]\N{ZERO WIDTH SPACE}(")
        self._server.window_show_message(types.ShowMessageParams(kind, plain))

    async def stop(self, uri: str) -> None:
        """Stop what runs in the project of a document."""
        document = self.documents.get(uri)
        if document and document.analysis:
            self._runs.stop(document.analysis)

    def close(self) -> None:
        """End all runs, and read nothing any more."""
        self.documents.shut()
        self._runs.close()


def _summary(plan: Plan, result: RunResult) -> tuple[str, types.MessageType]:
    """What to tell of a run: the first problem, or what the last block left."""
    title = plan.running[-1].title
    if result.problems:
        first = result.problems[0]
        hint = f"\nhint: {first.hint}" if first.hint else ""
        return f"{first.place}: {first.message}{hint}", types.MessageType.Error
    lines = result.texts[-1].splitlines() if result.texts else []
    cut = ["…"] if len(lines) > _LINES else []
    shown = "\n".join([*lines[:_LINES], *cut]) or "nothing printed"
    differ = len(result.changes)
    more = f"\noutputs that differ from the page: {differ}" if differ else ""
    return f"{title}, {result.seconds:g} s: {shown}{more}", types.MessageType.Info
