"""Damage that leaves a page readable is an error with its line, and no page without blocks."""

from __future__ import annotations

import pytest
from codeout.page.document import parse

MERGED = """\
# A page

=== "Code"

    ```python
<<<<<<< HEAD
    n = 1
=======
    n = 2
>>>>>>> other
    ```
"""
PROSE = "# A page\n\n<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> other\n"
SHIFTED = """\
=== "Code"

    ```python
    n = 1
print(n)
    ```
"""


def problems(text: str) -> list[tuple[int, str]]:
    page = parse(text.encode())
    return [(problem.line, problem.message) for problem in page.problems]


def test_a_conflict_in_a_code_tab() -> None:
    assert problems(MERGED) == [
        (5, "a fence that does not close in its tab"),
        (6, "a merge left its conflict here"),
        (10, "a merge left its conflict here"),
    ]


def test_a_conflict_in_prose() -> None:
    assert problems(PROSE) == [(line, "a merge left its conflict here") for line in (3, 7)]


def test_a_conflict_that_a_fence_shows_is_none() -> None:
    assert problems(f"```text\n{PROSE}```\n") == []


@pytest.mark.parametrize("quote", ["", "> "])
@pytest.mark.parametrize("fence", ["```", "~~~~"])
def test_a_line_that_leaves_its_tab(quote: str, fence: str) -> None:
    text = "".join(f"{quote}{line}\n" for line in SHIFTED.replace("```", fence).splitlines())
    assert problems(text) == [(3, "a fence that does not close in its tab")]


def test_a_fence_that_never_closes() -> None:
    text = SHIFTED.replace("print(n)\n    ```\n", "")
    assert problems(text) == [(3, "a fence that does not close in its tab")]


@pytest.mark.parametrize(
    "text",
    [
        SHIFTED.replace("print(n)", "    print(n)"),
        SHIFTED.replace("print(n)", ""),
        '=== "Code"\n\n    text with ``` in it\n',
        '=== "Other"\n\n    ```text\n',
        '=== "Code"\n\n    ```python notest\n    n = 1\n    ```\n\n    text\n',
    ],
)
def test_what_is_whole_is_no_damage(text: str) -> None:
    assert problems(text) == []


OPEN = "```python\nn = 1\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (OPEN, 1),
        ("# A page\n\n~~~ py title='a'\nn = 1\n", 3),
        ("!!! note\n\n    ```python\n    n = 1\n\nText.\n\n```python\nm = 2\n```\n", 3),
        ("- item\n\n    ```python\n    n = 1\n", 3),
        ("1. item\n\n    ```python\n    n = 1\n  print(n)\n    ```\n", 3),
        ("- ```python\n  n = 1\n", 1),
        ("> ```python\n> n = 1\n\nText.\n", 1),
        ('=== "Other"\n\n    ```python\n    n = 1\n', 3),
        ("```{.python}\nn = 1\n````\n", 1),
        ("```pycon\n>>> 1\n1\n", 1),
        ("```python exec='on'\n1\n", 1),
        ("```python\n1\n```\n\n```\n1\n", 5),
    ],
)
def test_a_fence_of_python_or_of_its_output_that_never_closes(text: str, line: int) -> None:
    assert problems(text) == [(line, "a fence that does not close")]
    assert not parse(text.encode()).gaps


@pytest.mark.parametrize(
    "text",
    [
        "```bash\nls\n",
        "```\ntext\n",
        f"Text:\n\n    {OPEN}",
        f"<!--\n{OPEN}-->\n",
        f"<pre>\n{OPEN}</pre>\n",
        f"````\n{OPEN}````\n",
        "```python` is what opens a fence.\n",
        "```python\n1\n```\n\n```bash\nls\n",
        "---\ntitle: |\n  ```python\n---\n",
    ],
)
def test_what_is_no_open_fence_of_python(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("```bash\nls\n\nText.\n\n```python\n1\n```\n", 1),
        ("```python\n1\n\nText.\n\n```python\n2\n```\n", 1),
        ("- item\n\n    ~~~\n    ls\n\n    ~~~ {.python}\n    1\n    ~~~\n", 3),
        ("> ```text\n> a\n> ```pycon\n> >>> 1\n> ```\n", 1),
    ],
)
def test_a_fence_that_swallows_one_of_python(text: str, line: int) -> None:
    assert problems(text) == [(line, "a fence in which a fence of Python opens")]
    assert not parse(text.encode()).gaps


@pytest.mark.parametrize(
    "text",
    [
        "````markdown\n```python\n1\n```\n````\n",
        "~~~markdown\n```python\n1\n```\n~~~\n",
        "```markdown\n    ```python\n    1\n    ```\n```\n",
        "<!--\n```bash\n```python\n1\n```\n-->\n",
        "```{python}\n1\n```\n\n```python\n2\n```\n",
        "```text\nopens with ```python\n```\n",
        "```python\ns = '''\n```python\n'''\n```\n",
        "```pycon\n>>> print(s)\n```python\n```\n",
        "```console\n$ cat s\n\n```python\n```\n",
    ],
)
def test_a_fence_that_shows_another_one(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize("text", [MERGED, PROSE + "\n    >>> 1\n", SHIFTED])
def test_a_damaged_page_has_no_other_gaps(text: str) -> None:
    assert not parse(text.encode()).gaps
