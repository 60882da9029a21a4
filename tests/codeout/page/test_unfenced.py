"""Code in no fence: what the renderer shows as code, and the line where it starts."""

from __future__ import annotations

import pytest
from codeout.page.lines import plain_lines, split_lines
from codeout.page.structure import read_structure
from codeout.page.unfenced import Unfenced


def unfenced(text: str) -> list[Unfenced]:
    return [*read_structure(plain_lines(split_lines(text))).unfenced]


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("    x\n\n    y\n", 0, "x\n\ny"),
        ("Words.\n\n\tx\n", 2, "x"),
        ("# Heading\n    x\n", 1, "x"),
        ("- Words.\n\n        x\n", 2, "x"),
        ("> Words.\n>\n>     x\n", 2, "x"),
        ("!!! note\n\n    > Words.\n    >\n    >     >>> x\n", 4, ">>> x"),
        ('=== "A"\n\n    Words.\n\n        x\n', 4, "x"),
        ("Words.[^1]\n\n[^1]: Words.\n\n        x\n", 4, "x"),
        ("```js\n```\n\n    <T at 0x1>\n", 3, "<T at 0x1>"),
        ("    a &lt; b\n", 0, "a &lt; b"),
    ],
)
def test_indented_code_has_its_line_and_its_text(text: str, line: int, code: str) -> None:
    assert unfenced(text) == [Unfenced(line, code)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<pre>\nx\n\ny\n</pre>\n", "x\n\ny"),
        ("<pre>&gt;&gt;&gt; <b>x</b></pre>\n", ">>> x"),
        ("> <PRE class='a'>x</PRE>\n", "x"),
        ("<pre>\nx\n", "x"),
    ],
)
def test_so_has_what_is_in_pre(text: str, code: str) -> None:
    assert unfenced(text) == [Unfenced(0, code, indented=False)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("    :::python\n    x\n", "python"),
        ("    #!/usr/bin/env python3\n    x\n", "python3"),
        ('<pre><code class="language-py">x</code></pre>\n', "py"),
        ('<div class="language-bash highlight"><pre>x</pre></div>\n', "bash"),
        ('<div class="language-bash"><p>x</p></div>\n\n    x\n', ""),
    ],
)
def test_its_language_is_known(text: str, language: str) -> None:
    assert [code.info for code in unfenced(text)] == [language]


@pytest.mark.parametrize(
    "text",
    [
        "Words.\n    more words\n",
        "- Words.\n\n    More words.\n",
        "```python\nx\n\n    y\n```\n",
        "<!--\n\n    x\n\n<pre>x</pre>\n-->\n",
        "<div>\n\n    x\n\n</div>\n",
        "`<pre>x</pre>`\n",
    ],
)
def test_nothing_else_is_code(text: str) -> None:
    assert unfenced(text) == []


def test_a_mark_changes_nothing_of_what_is_below_it() -> None:
    note = "    !!! note\n\n        Words.\n"
    text = f'=== "A"\n\n{note}\n    === "B"\n\n        Words.\n\n        x: y\n'
    assert unfenced(f"{text}\n\n    code\n") == []
    assert unfenced(f"{text}\n\nWords.\n\n    code\n") == [Unfenced(15, "code")]
