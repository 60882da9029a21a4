"""Where SuperFences, and what renders after it, is odd: each case held against the renderer."""

from __future__ import annotations

import pytest
from codeout.page.document import parse

from tests.support.oracle import shown

PY = "```python\nx\n```\n"


@pytest.mark.parametrize(
    ("header", "is_python"),
    [
        ("```python", True),
        ("```py", True),
        ("```python3", True),
        ("``` python", True),
        ("```.python", True),
        ("````python", True),
        ("~~~python", True),
        ("```Python", True),
        ("```pycon", False),
        ("```python2", False),
        ('```python title="a.py" hl_lines="1-2 4" linenums="3"', True),
        ("```python title='a b'", True),
        ("```python title", True),
        ("```python linenums", False),
        ('```python hl_lines="one"', False),
        ('```python linenums="one"', False),
        ('```python other="1"', False),
        ("```python two words", False),
        ("``` { .python .extra #id }", True),
        ("```{.python}", True),
        ("```{.python other=1}", True),
        ("```{.python linenums}", False),
        ("```{#id .py}", True),
        ("```{.text .python}", False),
        ("```text {.python}", False),
        ("```python {.extra}", True),
        ("```python{.extra}", False),
    ],
)
def test_the_opening_line_decides(header: str, is_python: bool) -> None:
    run = header[: 4 if header.startswith("````") else 3]
    agrees(f"{header}\nx\n{run}\n", ["x"] if is_python else [])


def agrees(source: str, code: list[str]) -> None:
    """Both the parser and the renderer find this code."""
    assert shown(source.encode()) == code
    assert [block.code.removesuffix("\n") for block in parse(source.encode()).blocks] == code


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("```python\nx\n````\ny\n```\n", ["x\n````\ny"]),
        ("```python\nx\n``` \n", ["x"]),
        ("```python\nx\n ```\n```\n", ["x\n ```"]),
        (f"```python\nx\n\n{PY}", ["x\n\n```python\nx"]),
        (f"````md\n{PY}````\n", []),
        (f"```text\n{PY}", []),
        (f"    ```text\n{PY}y\n{PY}", []),
        (f"  ```text\n\nz\n{PY}", ["x"]),
    ],
    ids=[
        "a longer run does not close",
        "blanks may follow the closing run",
        "an indented run does not close",
        "a fence that is not closed takes the next one in",
        "a fence inside a longer one is text",
        "the first closing run closes",
        "a line indented less undoes the fence and opens none",
        "after a line indented less the next fence opens",
    ],
)
def test_runs(source: str, code: list[str]) -> None:
    agrees(source, code)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("    ```python\n    x\n    ```\n", []),
        ("text\n    ```python\n    x\n    ```\n", ["x"]),
        ("    code\n```python\nx\n```\n", []),
        ("- item\n\n    ```python\n    x\n    ```\n", ["x"]),
        ("- item\n\n        ```python\n        x\n        ```\n", []),
        ("- item\n\n<!-- c -->\n    ```python\n    x\n    ```\n", []),
        ("!!! note\n    ```python\n    x\n    ```\n", ["x"]),
        ("??? note\n\n        ```python\n        x\n        ```\n", []),
        ("[^1]: note\n\n    ```python\n    x\n    ```\n\ntext[^1]\n", ["x"]),
        ("term\n:   what\n\n    ```python\n    x\n    ```\n", ["x"]),
        ("***\n    ```python\n    x\n    ```\n", []),
        ("[link]:\n```python\nx\n```\n", []),
        ("> ```python\n> x\n> ```\n", ["x"]),
        ("> ```python\n> x\n>\n> y\n\n> ```\n", ["x\n\ny\n"]),
        ("> ```python\n> x\n>> y\n> ```\n", []),
        (">     ```python\n>     x\n>     ```\n", []),
    ],
    ids=[
        "indented at the start: code as it stands",
        "indented below text: a fence",
        "right below indented code: undone with it",
        "in a list item",
        "in indented code in a list item",
        "a comment ends the list",
        "in an admonition, no blank line",
        "in indented code in a collapsible",
        "in a footnote",
        "in a definition",
        "indented below a rule: code as it stands",
        "taken for the address of a link",
        "in a quote",
        "in a quote over an empty line",
        "a deeper quote undoes it",
        "in indented code in a quote",
    ],
)
def test_containers(source: str, code: list[str]) -> None:
    agrees(source, code)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (f"<!--\n{PY}-->\n", []),
        (f"<!-- a\n\n{PY}\nb -->\n", []),
        (f"text <!-- a\n{PY}b -->\n", []),
        (f"text <!-- a\n\n{PY}\nb -->\n", ["x"]),
        (f"<!-- never closed\n\n{PY}", ["x"]),
        (f"`<!--`\n\n{PY}\n`-->`\n", ["x"]),
        (f"<pre>\n{PY}</pre>\n", []),
        (f"<pre>\n\n{PY}\n</pre>\n\n{PY}", ["x"]),
        (f"`<pre>`\n\n{PY}", ["x"]),
        (f"<div>\n{PY}</div>\n", ["x"]),
        ("<div>\n    ```python\n    x\n    ```\n</div>\n", ["x"]),
        (f"<div markdown>\n\n{PY}\n</div>\n", ["x"]),
        ("<div markdown>\n\n    ```python\n    x\n    ```\n\n</div>\n", []),
        (f"<div markdown>\n<div markdown>\n{PY}", []),
        (f"```python\n<!--\n```\n\n{PY}\n-->\n", ["<!--", "x"]),
    ],
    ids=[
        "in a comment",
        "in a comment with empty lines",
        "in a comment within a paragraph",
        "a comment within a paragraph ends with it",
        "a comment that is not closed is text",
        "a comment in inline code is text",
        "in pre",
        "after pre",
        "pre in inline code is text",
        "in raw HTML",
        "in raw HTML, indented",
        "in HTML that holds Markdown",
        "in indented code in HTML that holds Markdown",
        "in HTML opened twice and never closed: lost",
        "fences come before comments",
    ],
)
def test_html(source: str, code: list[str]) -> None:
    agrees(source, code)
