"""Law 1 and law 4: a page survives being read, and its blocks are what the renderer shows."""

from __future__ import annotations

import pytest
from codeout.page.document import fill, parse, render
from codeout.page.layout import Layout
from codeout.page.model import Page, Slot, Text
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.documents import documents, tabbed_documents
from tests.support.oracle import codes, shown


@given(st.binary())
def test_any_bytes_come_out_as_they_went_in(source: bytes) -> None:
    assert render(parse(source)) == source


@given(st.text(alphabet=' \t\r\n>-`~<!=+"/ab\x00\x02\x03\x0b\x85\u2028\ufeff', max_size=80))
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    assert render(parse(text.encode())) == text.encode()


@settings(deadline=None, max_examples=120)
@given(documents())
def test_the_blocks_are_what_the_renderer_shows_as_python(source: bytes) -> None:
    page = parse(source)
    assert render(page) == source
    assert codes(page) == shown(source)


@settings(deadline=None, max_examples=50)
@given(documents())
def test_lines_are_those_of_the_page(source: bytes) -> None:
    page = parse(source)
    line = 1
    for part in page.parts:
        if not isinstance(part, Text):
            assert part.line == line
        line += len(part.source.replace("\r\n", "\n").replace("\r", "\n").split("\n")) - 1


@settings(deadline=None, max_examples=200)
@given(tabbed_documents(), st.lists(st.text("ab\n", min_size=1), min_size=9, max_size=9))
def test_a_body_put_into_a_slot_is_found_there_again(source: bytes, printed: list[str]) -> None:
    page = parse(source)
    bodies = {k: body(slot, printed[k]) for k, slot in enumerate(page.slots)}
    filled = fill(page, bodies)
    again = parse(render(filled))
    assert [slot.source for slot in again.slots] == list(bodies.values())
    assert [slot.blocks for slot in again.slots] == [slot.blocks for slot in page.slots]
    assert [slot.line for slot in again.slots] == [slot.line for slot in filled.slots]
    assert [block.source.rstrip() for block in again.blocks] == [
        block.source.rstrip() for block in page.blocks
    ]
    assert "".join(outside(again).split()) == "".join(outside(filled).split())


@settings(deadline=None, max_examples=50)
@given(tabbed_documents())
def test_filling_what_is_full_with_itself_changes_nothing(source: bytes) -> None:
    page = parse(source)
    bodies = {k: slot.source for k, slot in enumerate(page.slots)}
    assert fill(page, bodies) == page
    assert fill(page, {}) == page


@settings(deadline=None, max_examples=50)
@given(tabbed_documents())
def test_each_slot_names_blocks_that_stand_before_it(source: bytes) -> None:
    page = parse(source)
    for slot in page.slots:
        assert slot.blocks
        for index in slot.blocks:
            assert page.blocks[index].line < slot.line


def body(slot: Slot, printed: str) -> str:
    lines = ["```", *printed.split("\n"), "```"]
    return "".join((slot.prefix + line).rstrip() + slot.newline for line in lines)


def outside(page: Page) -> str:
    return "".join(part.source for part in page.parts if not isinstance(part, Slot))


def test_bytes_that_are_not_utf8_make_one_text_and_one_problem() -> None:
    source = b"a\r\nb\rc\n```python\n\xff\n```\n"
    page = parse(source, "p.md")
    assert render(page) == source
    assert not page.blocks
    (problem,) = page.problems
    assert problem.place == "p.md:5"
    assert problem.message == "not UTF-8 (byte 0xff)"
    assert problem.hint == "save the file as UTF-8"


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    (block,) = parse("\ufeff```python\nx\n```\n".encode()).blocks
    assert block.source.startswith("```")
    assert block.line == 1


def test_only_the_three_line_endings_split_lines() -> None:
    (block,) = parse("```python\na\x0bb\x85c\u2028d\r\ne\rf\n```".encode()).blocks
    assert block.code == "a\x0bb\x85c\u2028d\ne\nf\n"


def test_code_is_dedented_and_keeps_its_tabs() -> None:
    source = b"- item\n\n\t```python\n\tif a:\n    \tb = '\t'\n\n\t```\n"
    (block,) = parse(source).blocks
    assert block.code == "if a:\n\tb = '\t'\n\n"


@pytest.mark.parametrize(
    ("front", "count"),
    [
        ("---\ntitle: a\nnote: |\n  ```python\n  x\n  ```\n---\n", 0),
        ("---\ntitle: a\n...\n```python\nx\n```\n", 1),
        ("---\njust text\n\n```python\nx\n```\n---\n", 1),
        ("---\n- a list\n```python\nx\n```\n---\n", 1),
        ("title: a\n    ```python\n    x\n    ```\n\n", 0),
    ],
)
def test_front_matter_is_what_mkdocs_takes(front: str, count: int) -> None:
    source = front.encode()
    assert len(parse(source).blocks) == len(shown(source)) == count


def test_tab_names_can_be_others() -> None:
    source = b'=== "Quelle"\n\n    ```python\n    1\n    ```\n\n=== "Ausgabe"\n\n    1\n'
    assert not parse(source).slots
    names = Layout(code=("Quelle",), out=("Ausgabe",))
    (slot,) = parse(source, layout=names).slots
    assert slot.source == "    1\n"


def test_a_tab_left_open_around_the_next_is_no_output() -> None:
    source = (
        b'=== ""\n    1. \n        === ""\n            <div><div>\n=== ""\n    ```python\n    ```'
    )
    assert codes(parse(source)) == shown(source) == [""]
