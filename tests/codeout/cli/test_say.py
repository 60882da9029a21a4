"""All that commands print goes through one function, which lets nothing act."""

from __future__ import annotations

import ast
from pathlib import Path

import codeout
import pytest
from codeout.cli.say import say

PACKAGE = Path(codeout.__file__).parent
WRITERS = {"cli/say.py", "cli/github.py"}
"""What writes itself: that function, and the commands that it uses."""


def test_controls_are_shown_and_not_sent(capsys: pytest.CaptureFixture[str]) -> None:
    say("a\x1b[31m\rb\u202e\nc")
    assert capsys.readouterr().out == "a␛[31m␍b\\u202e\nc\n"


def test_lines_that_would_command_the_runner_are_printed_while_it_listens_to_none(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    say("a\n::error::b", error=True)
    first, *lines, last = capsys.readouterr().err.splitlines()
    token = first.removeprefix("::stop-commands::")
    assert (first, last) == (f"::stop-commands::{token}", f"::{token}::")
    assert lines == ["a", "::error::b"]


def sources() -> list[str]:
    folders = ("cli", "integrations", "engine", "lock", "data", "watch")
    files = (file for folder in folders for file in (PACKAGE / folder).rglob("*.py"))
    return sorted({file.relative_to(PACKAGE).as_posix() for file in files} - WRITERS)


@pytest.mark.parametrize("name", sources())
def test_nothing_else_prints(name: str) -> None:
    tree = ast.parse((PACKAGE / name).read_text(encoding="utf-8"))
    calls = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    printing = ("print", "click.echo", "click.secho", "sys.stdout.write", "sys.stderr.write")
    assert not {*calls} & {*printing}
