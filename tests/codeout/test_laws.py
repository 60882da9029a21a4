"""The laws of a page, over every page of the repository and over generated ones.

Nothing runs here: ``test_cases.py`` holds the second law against real runs. Generated pages for the
first and the fourth law are in ``test_page.py``, generated notebooks in ``test_notebook.py``; the
fifth, on what is rendered, has all of ``test_inert.py``.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from codeout.formats import (
    ASKED_SUFFIXES,
    DOCSTRINGS,
    MARKDOWN,
    MDX,
    NOTEBOOK,
    SUFFIXES,
    format_of,
    parse,
)
from codeout.output.markdown import body
from codeout.output.markdown_reader import ForeignText, read
from codeout.output.shown import Printed
from codeout.page.document import fill, render
from codeout.page.layout import Layout
from codeout.page.model import Page, Slot, SlotKind
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import hostile, notebooks
from tests.support.documents import tabbed_documents
from tests.support.oracle import codes
from tests.support.oracle import shown as shown_by_superfences
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from codeout.output.shown import Shown

CASES = ROOT / "tests" / "codeout" / "cases"
PAGES = [
    *(file for file in (ROOT / "README.md", ROOT / "CONTRIBUTING.md") if file.exists()),
    *(file for file in sorted((ROOT / "docs").rglob("*")) if file.suffix in SUFFIXES),
    *(
        file
        for file in sorted(CASES.glob("*/page.*"))
        if file.suffix in {*SUFFIXES, *ASKED_SUFFIXES}
    ),
]
UNREADABLE = {"failure-page-that-is-not-utf-8", "failure-page-that-cannot-be-rendered"}
READABLE = [page for page in PAGES if page.parent.name not in UNREADABLE]
SHOWN = {
    MARKDOWN: hostile.SHOWN,
    NOTEBOOK: notebooks.SHOWN,
    DOCSTRINGS: hostile.SHOWN,
    MDX: hostile.SHOWN,
}
WHOLE = (SlotKind.TABS, SlotKind.FENCE)
TEXTS = st.sampled_from([[], [Printed("a")], [Printed("a\n  b ")], [Printed("#> <b>")]])
"""What can be below a statement."""

every_page = pytest.mark.parametrize("file", PAGES, ids=lambda file: str(file.relative_to(ROOT)))
every_readable_page = pytest.mark.parametrize(
    "file", READABLE, ids=lambda file: str(file.relative_to(ROOT))
)
every_markdown_page = pytest.mark.parametrize(
    "file",
    [file for file in READABLE if file.suffix in MARKDOWN.suffixes],
    ids=lambda file: str(file.relative_to(ROOT)),
)
generated = settings(deadline=None, max_examples=50)


# Law 1: a page comes out as it went in.


@every_page
def test_law_1_every_page_comes_out_as_it_went_in(file: Path) -> None:
    assert render(opened(file)) == file.read_bytes()


# Law 2: what is written once is not written again.


@generated
@given(tabbed_documents(), st.data())
def test_law_2_what_was_written_is_what_is_read(source: bytes, data: st.DataObject) -> None:
    page = parse(source)
    shown = [tuple(data.draw(hostile.SHOWN)) for _ in page.slots]
    bodies = {at: body(*pair) for at, pair in enumerate(zip(shown, page.slots, strict=True))}
    written = parse(render(fill(page, bodies)))
    assert [read(slot) for slot in written.slots] == shown


@every_page
def test_law_2_every_output_is_written_as_it_was_read(file: Path) -> None:
    page = opened(file)
    once = render(fill(page, bodies_of(page)))
    twice = parse(once, page.path)
    assert render(fill(twice, bodies_of(twice))) == once


# Law 3: nothing outside an output changes.


@generated
@given(tabbed_documents(), st.data())
def test_law_3_only_outputs_change(source: bytes, data: st.DataObject) -> None:
    assert_only_outputs_change(parse(source), data.draw)


@every_readable_page
@settings(deadline=None, max_examples=2)
@given(data=st.data())
def test_law_3_only_outputs_change_on_every_page(file: Path, data: st.DataObject) -> None:
    assert_only_outputs_change(opened(file), data.draw)


# Law 4: the blocks are the Python that the renderer shows.


@every_markdown_page
def test_law_4_blocks_of_every_page_are_what_superfences_shows(file: Path) -> None:
    source = file.read_bytes()
    skips_all = b"skipfile" in source.splitlines()[0]
    page = parse(source, layout=Layout(outputs=(SlotKind.TABS,)))
    assert codes(page) == ([] if skips_all else shown_by_superfences(source))


@cache
def opened(file: Path) -> Page:
    """A page of the repository, taken apart once for all laws."""
    return parse(file.read_bytes(), str(file))


def filled(page: Page, draw: Any) -> Page:
    """A page with generated outputs in its slots."""
    form = format_of(page.path)
    bodies = {}
    for at, slot in enumerate(page.slots):
        shown = SHOWN[form] if slot.kind in WHOLE else TEXTS
        if slot.kind is SlotKind.COMMENTS and slot.source:
            shown = shown.filter(bool)  # without any comment, the block would have no slots
        elif slot.kind is SlotKind.FENCE:
            shown = shown.filter(has_no_neighbouring_texts)
        if form in {DOCSTRINGS, MDX}:
            shown = shown.filter(lambda items, slot=slot: not form.refuses(items, slot)[0])
        bodies[at] = form.body(draw(shown), slot)
    return fill(page, bodies)


def has_no_neighbouring_texts(shown: Sequence[Shown]) -> bool:
    """Whether these may be the outputs of one block: its neighbouring texts are one output."""
    return not any(isinstance(a, Printed) and isinstance(b, Printed) for a, b in pairwise(shown))


def bodies_of(page: Page) -> dict[int, str]:
    """What the slots of a page show, written anew; text that is foreign stays."""
    bodies, form = {}, format_of(page.path)
    for at, slot in enumerate(page.slots):
        try:
            bodies[at] = form.body(form.read(slot), slot) if slot.source else ""
        except ForeignText:
            bodies[at] = slot.source
    return bodies


def assert_only_outputs_change(page: Page, draw: Any) -> None:
    after = filled(page, draw)
    again = parse(render(after), page.path)
    assert [slot.source for slot in again.slots] == [slot.source for slot in after.slots]
    assert [slot.blocks for slot in again.slots] == [slot.blocks for slot in page.slots]
    assert [block.code for block in again.blocks] == [block.code for block in page.blocks]
    pairs = zip(page.slots, after.slots, strict=True)
    new = {slot: slot.before + slot.after for slot, to in pairs if to.source and not slot.source}
    kept = "".join(new.get(p, "") if isinstance(p, Slot) else p.source for p in page.parts)
    assert "".join(part.source for part in again.parts if not isinstance(part, Slot)) == kept
