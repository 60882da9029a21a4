"""Cells of other publishers: which lines open one, and what their options mean."""

from __future__ import annotations

import pytest
from codeout.page.code_cells import as_python, read_options
from codeout.page.document import parse, render
from codeout.page.fences import CELLS
from codeout.page.layout import Layout
from hypothesis import given
from hypothesis import strategies as st

LINES = st.sampled_from(
    ["```{code-cell}", "```{python}", "~~~{code-cell} ipython3", "```", "~~~", ":tags: [a]",
     ":tags: [skip-execution]", "---", "a: b", "#| eval: false", "#| - a", "x = 1", "", "    y",
     ":", "#|", ":a: [", ">>> 1", "1", "print(1)", "#> 1", "> ```{python}", "> x", "> ```"]
)  # fmt: skip
LAYOUT = Layout(fences=CELLS)


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("```{code-cell}", "```python"),
        ("> ~~~~ {code-cell} ipython3  ", "> ~~~~python"),
        ("```{python}", "```python"),
        ("```{code-cell} julia", None),
        ("```{r}", None),
        ("```{python, eval=FALSE}", None),
        ("```{code-cell", None),
        ("`{python}`", None),
    ],
)
def test_a_line_that_opens_a_cell_opens_python(line: str, seen: str | None) -> None:
    assert as_python(line, CELLS) == (seen or line)
    assert as_python(line, ()) == line


@pytest.mark.parametrize(
    ("opening", "lines", "count", "directives"),
    [
        ("```{code-cell}", [":tags: [raises-exception, hide-input]", "", "x"], 2,
         ["pytest.mark.xfail"]),
        ("```{code-cell}", [":tags: skip-execution", "x"], 1, ["codeout: skip"]),
        ("```{code-cell}", [":tags: [remove-cell, codeout:rtol=1]", "x"], 1,
         ["codeout: hidden", "codeout:rtol=1"]),
        ("```{code-cell}", ["---", "tags: [skip-execution]", "a: {b: c}", "---", "x"], 4,
         ["codeout: skip"]),
        ("```{code-cell}", ["---", "x"], 0, []),
        ("```{code-cell}", ["#| eval: false"], 0, []),
        ("```{python}", ["#| eval: false", "#| label: a", "x"], 0, ["codeout: skip"]),
        ("```{python}", ["#| error: true", "#| include: false"], 0,
         ["pytest.mark.xfail", "codeout: hidden"]),
        ("```{python}", ["#| error: false", "#| echo: false", "x"], 0, []),
        ("```{python}", ["x", "#| eval: false"], 0, []),
        ("```python", [":tags: [skip-execution]"], 0, []),
    ],
)  # fmt: skip
def test_options_are_directives(
    opening: str, lines: list[str], count: int, directives: list[str]
) -> None:
    options = read_options(opening, lines, 2, "page.md")
    assert (options.count, [note.text for note in options.notes]) == (count, directives)
    assert not options.problems


@given(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_a_page_is_kept_and_code_is_on_its_lines(lines: list[str], newline: str) -> None:
    source = newline.join([*lines, ""])
    page = parse(source.encode(), "page.md", LAYOUT)
    assert render(page) == source.encode()
    for block in page.blocks:
        if not block.typed:
            code = block.code.split("\n")[:-1]
            there = [lines[block.line_of(n) - 1] for n in range(1, len(code) + 1)]
            assert [line.lstrip("> ") for line in there] == [line.lstrip("> ") for line in code]
