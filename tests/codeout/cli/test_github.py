"""Annotations of lines for GitHub."""

from __future__ import annotations

import pytest
from codeout.cli.console import print_gaps
from codeout.cli.github import annotate
from codeout.engine.annotation import annotation
from codeout.engine.outcome import Outcome
from codeout.errors import Problem
from codeout.output.coverage import Coverage
from codeout.page.gap import Gap

DIFFERS = Problem("docs/a.md", 14, "the output differs", "`codeout run` writes it", "-1\n+2")
WHOLE = Problem("docs/a.md", 0, "cannot be written: Permission denied")


def test_on_github_lines_are_annotated(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    annotate([WHOLE])
    assert capsys.readouterr().out == (
        "::error file=docs/a.md,line=1,title=codeout::cannot be written: Permission denied\n"
    )
    monkeypatch.delenv("GITHUB_ACTIONS")
    annotate([WHOLE])
    assert not capsys.readouterr().out, "elsewhere nobody reads them"


@pytest.mark.parametrize(
    ("problem", "command"),
    [
        pytest.param(
            DIFFERS,
            "::error file=docs/a.md,line=14,title=codeout::"
            "the output differs%0A`codeout run` writes it%0A-1%0A+2\n",
            id="lines",
        ),
        pytest.param(
            Problem("a:b,c%.md", 2, "100%: a, b\r"),
            "::error file=a%3Ab%2Cc%25.md,line=2,title=codeout::100%25: a, b␍\n",
            id="marks of the format",
        ),
    ],
)
def test_an_annotation_is_escaped(problem: Problem, command: str) -> None:
    assert annotation(problem) == command


def test_what_is_not_compared_is_a_notice(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It fails no check, and a reviewer sees it beside its line."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    print_gaps(Outcome("docs/a.md", 1, Coverage(2, 1), (Gap(9, "volatile output", output=True),)))
    assert capsys.readouterr().out == (
        "docs/a.md:9: not compared: volatile output\n"
        "::notice file=docs/a.md,line=9,title=codeout::not compared: volatile output\n"
    )
