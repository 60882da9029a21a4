"""What the server says of a document, in the types of the protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lsprotocol import types

from codeout.lsp.edits import Edit, edits_for
from codeout.lsp.findings import Severity
from codeout.lsp.hover import block_at, hover
from codeout.lsp.lenses import lenses
from codeout.page.lines import split_lines
from codeout.page.model import blocks_of_fence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeout.lsp.analysis import Analysis
    from codeout.lsp.documents import Document
    from codeout.lsp.findings import Finding
    from codeout.lsp.positions import Positions

RUN: Final = "codeout.runTo"
STOP: Final = "codeout.stop"
_SEVERITIES: Final = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}


def diagnostic(finding: Finding, places: Positions) -> types.Diagnostic:
    """A finding as an editor marks it."""
    return types.Diagnostic(
        range=places.whole(finding.line),
        message=finding.text,
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        source="codeout",
    )


def code_lenses(uri: str, document: Document, places: Positions) -> list[types.CodeLens]:
    """What to click on above the blocks of a document."""
    analysis = document.analysis
    if analysis is None or analysis.status.problems:
        return []
    return [
        types.CodeLens(
            range=places.whole(lens.line),
            command=_stop(lens.title, uri) if lens.stops else _run(lens.title, uri, lens.at),
        )
        for lens in lenses(analysis.plan, document.ran, document.running)
    ]


def shown_at(document: Document, line: int) -> types.Hover | None:
    """What to show where a mouse rests: at a line, counted from 1."""
    if document.analysis is None:
        return None
    text = hover(document.analysis, document.ran, document.findings(), line)
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text)) if text else None


def code_actions(
    uri: str, document: Document, places: Positions, lines: range
) -> list[types.CodeAction | types.Command]:
    """What can be done at some lines, counted from 1: edits that hints mean, and a run."""
    if (analysis := document.analysis) is None:
        return []
    found = [each for each in document.findings() if each.line in lines]
    return [
        *(each for finding in found for each in _fixes(uri, analysis, finding, places)),
        *_write_outputs(uri, document, found, places),
        *_run_actions(uri, analysis, lines.start),
    ]


def _fixes(
    uri: str, analysis: Analysis, finding: Finding, places: Positions
) -> Iterator[types.CodeAction]:
    for edit in edits_for(analysis, finding):
        yield _quick_fix(uri, edit, finding, places)


def _write_outputs(
    uri: str, document: Document, found: list[Finding], places: Positions
) -> Iterator[types.CodeAction]:
    """The outputs of the last run, while the page is as it was then."""
    ran, analysis = document.ran, document.analysis
    differs = next((each for each in found if each.code == "differs"), None)
    if analysis and ran and differs and ran.result.after:
        if ran.plan.source != analysis.plan.source:
            return
        after = split_lines(ran.result.after)
        edit = Edit("Write the outputs of this run", split_lines(analysis.text), after)
        yield _quick_fix(uri, edit, differs, places)


def _quick_fix(uri: str, edit: Edit, finding: Finding, places: Positions) -> types.CodeAction:
    edits = [types.TextEdit(places.between(a, b), text) for a, b, text in edit.hunks()]
    return types.CodeAction(
        title=edit.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[diagnostic(finding, places)],
        edit=types.WorkspaceEdit(changes={uri: edits}),
    )


def _run_actions(uri: str, analysis: Analysis, line: int) -> Iterator[types.Command]:
    """A run, for editors that show no lenses."""
    at = block_at(analysis.plan, line)
    if at >= 0 and not analysis.status.problems:
        last = blocks_of_fence(analysis.plan.running, at)[-1]
        yield _run("Run to here", uri, last)


def _run(title: str, uri: str, at: int) -> types.Command:
    return types.Command(title=title, command=RUN, arguments=[uri, at])


def _stop(title: str, uri: str) -> types.Command:
    return types.Command(title=title, command=STOP, arguments=[uri])
