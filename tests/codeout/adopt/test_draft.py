"""Drafts: comments before fences, and nothing else of a page changes."""

from __future__ import annotations

import ast
import doctest
from dataclasses import replace
from doctest import DocTestParser
from pathlib import Path

import pytest
from codeout.adopt.draft import Draft
from codeout.adopt.places import Place
from codeout.page.docstring_parser import parse as parse_docstrings
from codeout.page.document import parse
from hypothesis import given
from hypothesis import strategies as st

PIECES = st.sampled_from(
    ["Text.\n", "\n", "```python\n1\n```\n", "> ~~~py\n> 2\n> ~~~\n", "```pycon\n>>> 1\n1\n```\n",
     '=== "Code"\n\n    ```python\n    3\n    ```\n', "- ```python\n  4\n  ```\n"]
)  # fmt: skip


def draft_of(text: str) -> Draft:
    return Draft("page.md", Path("page.md"), text.encode())


@given(pieces=st.lists(PIECES), crlf=st.booleans(), data=st.data())
def test_a_comment_skips_its_fence_and_no_other(
    pieces: list[str], crlf: bool, data: st.DataObject
) -> None:
    text = "\n".join(pieces)
    draft = draft_of(text.replace("\n", "\r\n") if crlf else text)
    places = [draft.places().comment(block.line) for block in parse(draft.before).blocks]
    some = st.sets(st.sampled_from([place for place in places if place] or [Place(0)]))
    chosen = data.draw(some) - {Place(0)}
    revised = replace(draft, words=dict.fromkeys(chosen, "skip"))
    blocks = parse(revised.after).blocks
    skipped = {revised.line_before(block.line) for block in blocks if block.directive.skip}
    assert skipped == {place.line for place in chosen}
    kept = [line for line in revised.after.splitlines(keepends=True) if b"codeout:" not in line]
    assert b"".join(kept) == draft.before


def test_a_page_of_mdx_gets_its_own_comments() -> None:
    source, words = b"```python\n1\n```\n", {Place(1): "skip"}
    draft = Draft("page.mdx", Path("page.mdx"), source, words=words)
    assert draft.after == b"{/* codeout: skip */}\n```python\n1\n```\n"
    assert [block.directive.skip for block in parse(draft.after, draft.path).blocks] == [True]


def test_a_list_item_has_no_line_before_its_fence() -> None:
    draft = draft_of("- ```python\n  1\n  ```\n")
    assert draft.places().comment(1) is None


@pytest.mark.parametrize(("after", "before"), [(1, 1), (4, 3), (6, 5)])
def test_lines_lead_back_to_the_page_as_it_is(after: int, before: int) -> None:
    draft = draft_of("Text.\n\n```python\n1\n```\n")
    draft = replace(draft, words={Place(3): "skip", Place(4, option=True): "skip"})
    assert draft.line_before(after) == before


@pytest.mark.parametrize(
    ("statement", "skipped"),
    [
        (">>> f(1)", ">>> f(1)  # doctest: +SKIP"),
        (">>> f(\n...     1)", ">>> f(  # doctest: +SKIP\n...     1)"),
        (">>> f(1)  # one", ">>> f(1)  # one  # doctest: +SKIP"),
        (">>> f(1)  # doctest: +ELLIPSIS", ">>> f(1)  # doctest: +ELLIPSIS, +SKIP"),
        (">>> f('''\n... ''')", ">>> f('''\n... ''')  # doctest: +SKIP"),
        (">>> f \\\n...  (1)", ">>> f \\\n...  (1)  # doctest: +SKIP"),
        (">>> f(", ">>> f(  # doctest: +SKIP"),
    ],
)
def test_a_statement_of_a_docstring_is_skipped_as_doctest_does(
    statement: str, skipped: str
) -> None:
    form = 'r"""Text.\n\n{}\n2\n\n>>> 3\n3\n"""\n'
    draft = Draft("page.py", Path("page.py"), form.format(statement).encode())
    place = draft.places().option(3)
    assert place is not None
    draft = replace(draft, words={place: "skip"})
    assert draft.after.decode() == form.format(skipped)
    blocks = parse_docstrings(draft.after, draft.path).blocks
    assert [block.directive.skip for block in blocks] == [True, False]
    text = ast.get_docstring(ast.parse(draft.after)) or ""
    options = [each.options for each in DocTestParser().get_examples(text)]
    assert [doctest.SKIP in each for each in options] == [True, False]
