"""Fences in languages of plugins: they are blocks as those of Python are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout import Layout, SlotKind, parse, render

if TYPE_CHECKING:
    from codeout import Page

SQL = Layout(languages=("sql",))
EVERY = Layout(languages=("sql",), outputs=(*Layout().outputs, SlotKind.FENCE))


def read(text: str, layout: Layout = SQL, path: str = "page.md") -> Page:
    page = parse(text.encode(), path, layout)
    assert render(page) == text.encode()
    return page


def blocks(page: Page) -> list[tuple[str, str]]:
    """The language and the code of each block."""
    return [(block.language, block.code) for block in page.blocks]


@pytest.mark.parametrize("word", ["sql", "SQL", "{.sql}", '{ .sql title="a" }'])
def test_a_fence_is_a_block_however_it_is_written(word: str) -> None:
    assert blocks(read(f"```{word}\nselect 1\n```\n")) == [("sql", "select 1\n")]


def test_without_a_plugin_it_is_none() -> None:
    page = read("```sql\nselect 1\n```\n", Layout())
    assert (page.blocks, page.gaps) == ((), ())


def test_outputs_are_where_those_of_python_are() -> None:
    tabs = (
        '=== "Code"\n\n    ```sql\n    select 1\n    ```\n\n=== "Out"\n\n    ```\n    1\n    ```\n'
    )
    (slot,) = read(tabs).slots
    assert (slot.kind, slot.blocks, slot.source) == (
        SlotKind.TABS,
        (0,),
        "    ```\n    1\n    ```\n",
    )
    fences = "```sql\nselect 1\n```\n\n```\n1\n```\n"
    assert read(fences).slots == ()
    assert read(f"<!-- codeout: out -->\n{fences}").slots[0].kind is SlotKind.FENCE
    assert read(fences, EVERY).slots[0].source == "```\n1\n```\n"


def test_a_mark_before_the_next_block_is_that_of_the_next_block() -> None:
    fences = "```python\n1\n```\n\n<!-- codeout: out -->\n```sql\nselect 1\n```\n"
    (slot,) = read(fences).slots
    assert slot.blocks == (1,)


def test_directives_steer_it() -> None:
    (block,) = read("<!-- codeout: raises=SqlError timeout=3 -->\n```sql\nselect\n```\n").blocks
    assert (block.directive.raises, block.directive.timeout) == ("SqlError", 3.0)
    hidden = read("<!-- codeout: hidden\n```sql\ncreate table a (b int)\n```\n-->\n")
    assert blocks(hidden) == [("sql", "create table a (b int)\n")]
    assert hidden.blocks[0].directive.hidden
    assert hidden.problems == ()
    skipped = read("<!-- codeout: skip -->\n```sql\nselect 1\n```\n")
    assert [gap.what for gap in skipped.gaps] == ["skipped code"]


def test_what_python_would_read_in_it_is_nothing_there() -> None:
    code = '```sql\nselect ">>> 1"\n>>> 2\n#> 3\n```\n'
    page = read(code)
    assert blocks(page) == [("sql", code[7:-4])]
    assert (page.slots, page.problems, page.gaps) == ((), (), ())


def test_of_marked_blocks_those_with_an_output_run() -> None:
    layout = Layout(languages=("sql",), run="marked")
    first, second = read(
        "```sql\nselect 1 #> 1\n```\n\n<!-- codeout: out -->\n```sql\nselect 2\n```\n", layout
    ).blocks
    assert (first.directive.skip, second.directive.skip) == (True, False)


def test_in_docstrings_it_is_a_block_too() -> None:
    module = '"""A module.\n\n```sql\nselect 1\n```\n\n```python\n1\n```\n"""\n'
    assert blocks(read(module, path="a.py")) == [("sql", "select 1\n"), ("", "1\n")]
