"""True means true: whatever a page shows besides what is compared keeps it from being called so.

The reader here is not ours: a stock Material site renders the page, its HTML is read, Pygments
knows what of it is Python, and doctest finds the prompts.
"""

from __future__ import annotations

import doctest
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from codeout.config.settings import Config
from codeout.engine.outcome import Outcome, Result
from codeout.engine.outcome_of import outcome_of
from codeout.engine.planning import plan_page
from codeout.engine.settle import settle
from codeout.engine.transcript import Transcript
from codeout.output.model import Error, Ran, Stream, Value
from codeout.run.events import Ended
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.folder import cell
from tests.support.seen_code import seen_code

if TYPE_CHECKING:
    from pathlib import Path

    from codeout.engine.plan import Plan

PROMPTS = doctest.DocTestParser()
LABEL = re.compile("Output:?|It prints:")

# What a run of each code leaves; any other code fails.
OUTPUTS = {
    "1": Value("1", result=True),
    "1 + 1": Value("2", result=True),
    "1\n2": Value("2", result=True),
    "x = 1": None,
    "%who\nprint(1)\n#> 2": Stream("1\n"),
    "print('a')": Stream("a\n", line=1),
}


def tabbed(code: str, out: str, first: str = "Code", second: str = "Out") -> str:
    parts = [f'=== "{first}"', f"```python\n{code}\n```", f'=== "{second}"', out]
    return "\n\n".join(part if "===" in part else indented(part) for part in parts)


def indented(text: str) -> str:
    return re.sub("(?m)^(?=.)", "    ", text)


COMPARED = [
    "```python\nprint('a')\n#> a\n```",
    "```pycon\n>>> 1\n1\n>>> x = 1\n>>> 1 + 1\n2\n```",
    "```python\n>>> print('a')\na\n```",
    "<!-- codeout: out -->\n```python\n1 + 1\n```\n\n```text\n2\n```",
    "```python\n1 + 1\n```\n\n<!-- codeout: out -->\n```\n2\n```",
    tabbed("1 + 1", "```\n2\n```"),
    tabbed("print('a')", "```text\na\n```"),
]
SILENT = [
    "```python\nx = 1\n```",
    "Words.",
    "```js\n1\n```",
    "<!--\n```pycon\n```\n-->",
    "Words:\n\n```json\n{}\n```",
    "Words:\n\n| a | b |\n| - | - |\n| 1 | 2 |",
    "Words:\n\n<table><tr><td>1</td></tr></table>",
    "Words:\n\n![](picture.png)",
    "## Shell\n\n    $ ls -l a/b\n    ls -l\n    make test",
    "## YAML\n\n    name: value\n    other: [1, 2]",
    "## TOML\n\n    [tool.codeout]\n    pages = ['docs']\n\n    rtol = 1",
    "## C\n\n    printf(1);",
    "## HTML\n\n<pre>\nls -l\n</pre>",
]
CODE = "    ```python"
LEFT_OUT = [
    "```python\n1\n```\n\n```{ title='Output' }\n2\n```",
    '```python\n1\n```\n\n``` title="Output"\n2\n```',
    "```python3.11\n1/0\n```",
    "```numpy\n1/0\n```",
    "```python\nprint(1)\n#>2\n```",
    "```python\nprint(1)  # => 2\n```",
    "```pycon\nbefore\n>>> 1\n1\n```",
    "```ipython\nIn [1]: 1\nOut[1]: 2\n```",
    "```Python3\n1\n```\n\n```text\n2\n```",
    "```python\n%who\nprint(1)\n#> 2\n```",
    "```python:a.py\n1/0\n```",
    "```python notest\n1/0\n```",
    '```python exec="on"\n1/0\n```',
    "```{python}\n1/0\n```",
    "```{code-cell} ipython3\n1/0\n```",
    "```\n>>> 1\n2\n```",
    "Words:\n\n    >>> 1\n    2",
    "Words:\n\n    :::python\n    1/0",
    "Words:\n\n    #!/usr/bin/env python3\n    1/0",
    "> Words:\n>\n>     >>> 1\n>     2",
    "<!-- codeout: skip -->\n```python\n1/0\n```",
    "~~~ipython\n%who\n~~~",
    '--8<-- "piece.md"',
    "Words:\n\n    import os",
    "Words:\n\n    print(1 / 0)\n\n    print(2)",
    "Words:\n\n    def f(x):\n        # left out",
    "- Words:\n\n        1 / 0\n        print(1)",
    "Words:\n\n    In [1]: 1\n    Out[1]: 2",
    "Words:\n\n```\nprint(1 / 0)\n```",
    "<pre>\n>>> 1\n2\n</pre>",
    "<pre>\n&gt;&gt;&gt; 1\n2\n</pre>",
    "<pre><code>print(1)</code></pre>",
    '<pre><code class="language-python">1/0\n</code></pre>',
    '<pre class="language-pycon">1/0</pre>',
    '<div class="language-python">\n<pre>1/0</pre>\n</div>',
    "```python\n1\n```\n\n    2",
    "```python\n1\n```\nOutput:\n\n    2",
    "```python\n1\n```\n\n<!-- words -->\n\n```json\n2\n```",
    "```python\n1\n```\n\nIt prints:\n\n```yaml\n2\n```",
    "```python\n1\n```\n\n**Output:**\n\n```html\n2\n```",
    "```python\n1\n```\n\n### Output\n\n```\n2\n```",
    "```python\n1\n```\n\n<pre>\n2\n</pre>",
    "```python\n1\n```\n\n```js\n# 1\n```\n\n```\n2\n```",
    "```python\n1\n```\n\n<table><tr><td>2</td></tr></table>",
    "```python\n1\n```\n\n<div>\n<table><tr><td>2</td></tr></table>\n</div>",
    "```python\n1\n```\n\n| a | b |\n| - | - |\n| 1 | 2 |",
    "```python\n1\n```\n\n![](plot.png)",
    '```python\n1\n```\n\n<img src="plot.png">',
    tabbed("1", "```\n2\n```", "Python", "Result"),
    tabbed("1", "```\n2\n```", second="Result"),
    tabbed("1\n2", "```\n...\n```"),
    tabbed("1", "```\n2\n```").replace("python", "bash"),
    tabbed("1", "```\n2\n```").replace(CODE, f"    <!-- codeout: skip -->\n{CODE}"),
    tabbed("1", "```\n2\n```").replace(CODE, f"    <!-- codeout: volatile -->\n{CODE}"),
]
FOREIGN = [
    "```python\nprint('a')\n#> b\n```",
    "```python\nx = 1\n#> 1\n```",
    "```pycon\n>>> 1\n2\n```",
    "```{ #id .pycon }\n>>> 1\n2\n```",
    "```pycon\n>>> 1\n1\n\nmore\n```",
    "```pycon\n>>> # 1\n1\n```",
    "<!-- codeout: out -->\n```python\n1 + 1\n```\n\n```\n3\n```",
    tabbed("1 + 1", "```\n3\n```"),
    tabbed("1 + 1", "![](diagram.png)"),
    tabbed("1 + 1", "```\n2\n```\n\n![](diagram.png)"),
    tabbed("1 + 1", "```mermaid\ngraph LR\n```"),
    tabbed("1 + 1", '```text title="by hand"\n3\n```'),
    tabbed("1 + 1", '--8<-- "piece.md"'),
    tabbed("1 + 1", "```\n2\n```\n\nAs we see."),
    tabbed("x = 1", "```\n1\n```"),
    tabbed("1", "```\n1\n```") + "\n\n[a]: b\n\n" + tabbed("x = 1", ""),
    tabbed("1", "```\n1\n```") + "\n\n*[A]: b\n\n" + tabbed("x = 1", ""),
    tabbed(">>> 1 + 1\n2", "```\n2\n```"),
]
compared, silent, left_out, foreign = map(st.sampled_from, (COMPARED, SILENT, LEFT_OUT, FOREIGN))


FIGURE = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "iVBORw0K"}}
TABLE = {"output_type": "display_data", "metadata": {}, "data": {"text/html": "<b>3</b>"}}
CELLS: list[dict[str, Any]] = [
    cell("print('a')", "a"),
    cell("x = 1", ""),
    cell("print('a')", "b"),
    cell("print('a')", ""),
    cell("x = 1", "1"),
    cell("1/0", "", ["skip-execution"]),
    cell("print('a')", "b", ["codeout: volatile"]),
    cell("print('a')", "...", []),
    cell("print('a')", "a") | {"outputs": [FIGURE]},
    cell("print('a')", "a") | {"outputs": [TABLE]},
    {"cell_type": "raw", "metadata": {}, "source": "words"},
    *({"cell_type": "markdown", "metadata": {}, "source": text} for text in SILENT + LEFT_OUT[:12]),
]


def in_containers(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return (
        parts
        | parts.map(lambda text: f"!!! note\n\n{indented(text)}")
        | parts.map(lambda text: re.sub("(?m)^", "> ", text))
        | parts.map(lambda text: f"## Heading\n\n{text}")
    )


def pages(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(in_containers(parts), min_size=1, max_size=6).map("\n\nWords.\n\n".join)


def plan_of(text: str, folder: Path, name: str = "page.md") -> Plan:
    (folder / "piece.md").write_text("```python\n1/0\n```\n", encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    return plan_page(Config(folder), folder / name)


def outcome(text: str, folder: Path) -> Outcome | None:
    """What a check of a page would cover; None for a page with a problem, which is never true."""
    plan = plan_of(text, folder)
    return None if plan.problems else outcome_of(plan)


def is_true(plan: Plan, folder: Path) -> bool:
    """Whether a check calls a page true after a run that leaves what is known."""
    if plan.problems:
        return False
    runs = [_run(cell.code) for cell in plan.cells]
    update = settle(plan, Transcript(tuple(runs), Ended(plan.path, 0.0, "")), Config(folder), None)
    if update.problems or update.changes:
        return False
    assert update.outcome
    covered = update.outcome.coverage
    assert update.outcome.result is not Result.TRUE or covered.compared == covered.lines > 0
    return update.outcome.result is Result.TRUE


def _run(code: str) -> Ran:
    if (code := code.strip("\n")) not in OUTPUTS:
        return Ran((Error(("builtins.ZeroDivisionError",), 1, ""),), 0.0, 0, frozenset())
    left = OUTPUTS[code]
    return Ran((left,) if left else (), 0.0, 0, frozenset())


def printed_by(code: str) -> str:
    left = OUTPUTS[code]
    return left.text.rstrip("\n") if left else ""


@settings(max_examples=400)
@given(text=pages(compared | silent | compared | silent | left_out | foreign))
def test_a_page_is_true_only_if_nothing_that_it_shows_is_left_out(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    if not is_true(plan_of(text, folder), folder):
        return
    code: str | None = None
    near = False  # nothing but the name of an output is between the code and this
    for seen in seen_code(text, folder):
        shown = seen.text.strip("\n")
        if seen.kind in {"words", "heading"} and LABEL.fullmatch(shown):
            continue
        was_near, near = near, seen.kind == "python"
        if seen.kind == "words":
            continue
        typed = PROMPTS.get_examples(shown)
        assert seen.kind == "python" or not typed
        for example in typed:
            assert example.want.rstrip("\n") == printed_by(example.source.rstrip("\n"))
        if typed or seen.kind == "heading":
            code = None
        elif seen.kind == "python":
            code = re.sub("\n#> .*", "", shown)
            if told := re.search("#> (.*)", shown):
                assert told[1] == printed_by(code)
            printed_by(code)
        elif code is not None and seen.kind == "plain":
            assert (seen.tab_before, seen.tab) in {("Code", "Out"), ("", "")}
            assert shown == printed_by(code)
        else:
            others = {"js"} if was_near else {"js", "json", "table", "picture", "plain"}
            assert seen.kind in others, "neither Python nor a result"


@settings(max_examples=400)
@given(cells=st.lists(st.sampled_from(8 * CELLS[:2] + CELLS), min_size=1, max_size=6))
def test_so_is_a_notebook(
    cells: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})
    if not is_true(plan_of(text, folder, "page.ipynb"), folder):
        return
    for each in cells:
        source = "".join(each["source"])
        if each["cell_type"] == "code":
            shown = "".join("".join(output.get("text", output)) for output in each["outputs"])
            assert shown.rstrip("\n") == printed_by(source)
        elif each["cell_type"] == "markdown":
            for seen in seen_code(source, folder):
                assert seen.kind != "python"


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
