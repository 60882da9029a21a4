"""True means true: whatever a page shows besides what is compared keeps it from being called so.

The reader here is not ours: markdown-it finds the fences, Pygments knows which of them are Python,
and doctest finds the prompts.
"""

from __future__ import annotations

import doctest
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from codeout.config.settings import Config
from codeout.engine.outcome import Outcome, Result, outcome_of
from codeout.engine.plan import plan_page
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PYTHON = {"Python", "Python 2.x", "Python console session", "PythonConsole"}
PLAIN = {"", "text", "output", "console"}
PROMPTS = doctest.DocTestParser()


@dataclass(frozen=True)
class Shown:
    """A fence that readers see: its line, its language, its text."""

    line: int
    language: str
    text: str

    @property
    def python(self) -> bool:
        """Whether readers take it for Python, or for a transcript."""
        try:
            return get_lexer_by_name(self.language).name in PYTHON
        except ClassNotFound:
            return "python" in self.language or "code-cell" in self.language


def tabbed(code: str, out: str, first: str = "Code", second: str = "Out") -> str:
    parts = [f'=== "{first}"', f"```python\n{code}\n```", f'=== "{second}"', out]
    return "\n\n".join(part if "===" in part else re.sub("(?m)^", "    ", part) for part in parts)


COMPARED = [tabbed("1 + 1", "```\n2\n```"), tabbed("print('a')", "```text\na\n```")]
SILENT = ["```python\nx = 1\n```", "Words.", "```js\n1\n```", "<!--\n```pycon\n```\n-->"]
CODE = "    ```python"
LEFT_OUT = [
    "```pycon\n>>> 1\n2\n```",
    "```Python3\n1\n```\n\n```text\n2\n```",
    "```python\nprint(1)\n#> 2\n```",
    "```python:a.py\n1/0\n```",
    "```python notest\n1/0\n```",
    '```python exec="on"\n1/0\n```',
    "```{python}\n1/0\n```",
    "```{code-cell} ipython3\n1/0\n```",
    "```\n>>> 1\n2\n```",
    "Words:\n\n    >>> 1\n    2",
    "<!-- codeout: skip -->\n```python\n1/0\n```",
    "~~~ipython\n%who\n~~~",
    '--8<-- "piece.md"',
    tabbed("1", "```\n2\n```", "Python", "Result"),
    tabbed("1", "```\n2\n```", second="Result"),
    tabbed("1\n2", "```\n...\n```"),
    tabbed("1", "```\n2\n```").replace(CODE, f"    <!-- codeout: skip -->\n{CODE}"),
    tabbed("1", "```\n2\n```").replace(CODE, f"    <!-- codeout: volatile -->\n{CODE}"),
]
compared, silent, left_out = map(st.sampled_from, (COMPARED, SILENT, LEFT_OUT))
pages = st.lists(compared | silent | left_out, min_size=1, max_size=6).map("\n\nWords.\n\n".join)


def outcome(text: str, folder: Path) -> Outcome | None:
    """What a check of a page would cover; None for a page with a problem, which is never true."""
    (folder / "piece.md").write_text("```python\n1/0\n```\n", encoding="utf-8")
    (folder / "page.md").write_text(text, encoding="utf-8")
    plan = plan_page(Config(folder), folder / "page.md")
    return None if plan.problems else outcome_of(plan)


def shown(text: str) -> Iterator[Shown]:
    """What a reader who knows CommonMark sees in a page, tabs opened."""
    opened = [line.removeprefix("    ") for line in text.split("\n")]
    text = "\n".join("" if line.startswith("===") else line for line in opened)
    for token in MarkdownIt().parse(text):
        if token.type in {"fence", "code_block"} and token.map:
            found = re.match(r"\{?(?P<word>[\w-]*)", token.info)
            yield Shown(token.map[0] + 1, found["word"].lower() if found else "", token.content)


@given(text=pages)
def test_a_page_is_true_only_if_nothing_that_it_shows_is_left_out(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = outcome(text, tmp_path_factory.getbasetemp())
    if found is None or found.result is not Result.TRUE:
        return
    assert found.coverage.compared == found.coverage.lines > 0
    lines = text.split("\n")
    before: Shown | None = None
    for fence in shown(text):
        assert not PROMPTS.get_examples(fence.text), "prompts"
        assert not re.search("^#>", fence.text, re.MULTILINE), "a result in a comment"
        if fence.python:
            assert re.fullmatch("[> ]*```(python|py|python3)", lines[fence.line - 1].lower())
            assert "skip" not in lines[fence.line - 2]
        between = lines[before.line : fence.line - 1] if before else []
        if before and before.python and fence.language in PLAIN:
            assert any("=== " in line for line in between) or "Words." in between
        before = fence
    assert "--8<--" not in text
    assert "Result" not in text
    assert "..." not in text


@pytest.mark.parametrize("text", LEFT_OUT)
def test_what_is_left_out_is_told_with_its_line(text: str, tmp_path: Path) -> None:
    found = outcome(f"Words.\n\n{text}\n", tmp_path)
    assert found
    assert found.gaps
    assert found.result is not Result.TRUE
    assert all(3 <= gap.line <= 2 + text.count("\n") + 1 for gap in found.gaps)


@given(text=st.lists(compared | silent, min_size=1, max_size=6).map("\n\nWords.\n\n".join))
def test_nothing_is_told_without_need(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    found = outcome(text, tmp_path_factory.getbasetemp())
    assert found
    assert not found.gaps
    if found.coverage.lines:
        assert found.result is Result.TRUE
