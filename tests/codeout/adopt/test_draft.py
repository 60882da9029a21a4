"""Drafts: comments before fences, and nothing else of a page changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from codeout.adopt.draft import Draft
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
    lines = [block.line for block in parse(draft.before).blocks if draft.takes_words([block.line])]
    chosen = data.draw(st.sets(st.sampled_from(lines))) if lines else set()
    revised = draft.with_words(chosen, "skip")
    fences = revised.fences_of(chosen)
    assert revised.words == dict.fromkeys(fences, "skip")
    blocks = parse(revised.after).blocks
    skipped = {revised.line_before(block.line) for block in blocks if block.directive.skip}
    assert skipped == fences
    kept = [line for line in revised.after.splitlines(keepends=True) if b"codeout:" not in line]
    assert b"".join(kept) == draft.before


def test_a_page_of_mdx_gets_its_own_comments() -> None:
    draft = Draft("page.mdx", Path("page.mdx"), b"```python\n1\n```\n").with_words([1], "skip")
    assert draft.after == b"{/* codeout: skip */}\n```python\n1\n```\n"
    assert [block.directive.skip for block in parse(draft.after, draft.path).blocks] == [True]


def test_a_list_item_has_no_line_before_its_fence() -> None:
    draft = draft_of("- ```python\n  1\n  ```\n")
    assert not draft.takes_words([1])
    assert draft.with_words([1], "skip").words == {}


@pytest.mark.parametrize(("after", "before"), [(1, 1), (4, 3), (6, 5)])
def test_lines_lead_back_to_the_page_as_it_is(after: int, before: int) -> None:
    draft = draft_of("Text.\n\n```python\n1\n```\n").with_words([3], "skip")
    assert draft.line_before(after) == before
