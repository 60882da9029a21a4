"""How the outputs of a slot are compared with those of a run, and what is kept of the old ones."""

from __future__ import annotations

import base64

from codeout.engine.comparison import Comparison, comparison_of, merge_outputs, same_outputs
from codeout.output.figures import EmbeddedPictures
from codeout.output.shown import Picture, Printed, Rich
from codeout.page.directives import Directive
from codeout.page.model import Block, Page, Slot

from tests.codeout.output.test_images import picture

PICTURES = EmbeddedPictures()
RTOL = 1e-3
WITHIN = Comparison(RTOL, volatile=False)


def embedded(data: bytes, **said: str) -> Picture:
    """A picture in the page itself."""
    return Picture(f"data:image/png;base64,{base64.b64encode(data).decode()}", **said)


def test_the_widest_tolerance_of_the_blocks_holds_for_their_slot() -> None:
    directives = [Directive(), Directive(rtol=0.1), Directive(rtol=0.2, volatile=True)]
    blocks = [Block("", at, "x", directive) for at, directive in enumerate(directives)]
    slots = [Slot("", 9, (0,), ""), Slot("", 9, (0, 1), ""), Slot("", 9, (1, 2), "")]
    page = Page("a.md", (*blocks, *slots))
    assert [comparison_of(page, slot, RTOL) for slot in slots] == [
        Comparison(RTOL, volatile=False),
        Comparison(0.1, volatile=False),
        Comparison(0.2, volatile=True),
    ]


def test_outputs_agree_one_by_one() -> None:
    old = [Printed("1.0"), Rich("<b>1.0</b>"), embedded(picture())]
    new = [Printed("1.0001"), Rich("<b>1.0001</b>"), embedded(picture())]
    assert same_outputs(old, new, WITHIN, PICTURES)
    assert not same_outputs(old, new, Comparison(1e-6, volatile=False), PICTURES)
    assert not same_outputs(old, new[:2], WITHIN, PICTURES), "one is missing"
    assert not same_outputs(old[::-1], new, WITHIN, PICTURES), "in another order"
    assert not same_outputs([Printed("1")], [Printed("1", kind="stream")], WITHIN, PICTURES)
    assert not same_outputs(old[2:], [embedded(picture(dots=99))], WITHIN, PICTURES)


def test_elisions_and_descriptions_are_kept() -> None:
    old = [Printed("a\n...\nz"), embedded(picture(), alt="A line"), Printed("1")]
    other = embedded(picture(dots=99))
    new = [Printed("a\nb\nz"), Rich("<b>1</b>"), other, embedded(picture())]
    assert merge_outputs(old, new, WITHIN, PICTURES) == (
        Printed("a\n...\nz"),
        Rich("<b>1</b>"),
        Picture(other.target, alt="A line"),
        new[3],
    )
    same = embedded(picture())
    assert merge_outputs(old[1:2], [same], WITHIN, PICTURES) == (old[1],), "its file stays"


def test_a_value_is_laid_out_as_the_one_before() -> None:
    narrow = Comparison(RTOL, volatile=False, width=12)
    old = [Printed("User(\n    id=2,\n    name='a',\n)")]
    new = [Printed("User(id=3, name='a')")]
    laid_out = (Printed("User(\n    id=3,\n    name='a',\n)"),)
    assert merge_outputs(old, new, narrow, PICTURES) == laid_out
    assert merge_outputs([Printed("User(id=2)")], new, narrow, PICTURES) == tuple(new)
    assert merge_outputs(old, new, WITHIN, PICTURES) == tuple(new), "it is in no comment"
    for other in ("no Python {", "1, 2, 3, 4, 5, 6", "[(1 + 2), '12345678901']", "(" * 999):
        assert merge_outputs(old, [Printed(other)], narrow, PICTURES) == (Printed(other),)


def test_printed_values_agree_however_they_are_formatted() -> None:
    """Tools that write outputs into comments format them as code."""
    old, new = [Printed("User(\n    id=2,\n    name='a',\n)")], [Printed("User(id=2, name='a')")]
    assert not same_outputs(old, new, WITHIN, PICTURES)
    as_code = Comparison(RTOL, volatile=False, width=88)
    assert same_outputs(old, new, as_code, PICTURES)
    assert not same_outputs(old, [Printed("User(id=3, name='a')")], as_code, PICTURES)
    assert same_outputs([Printed("{1, 2}")], [Printed("{2, 1}")], as_code, PICTURES)
    assert same_outputs([Printed("<f at 0x0123ab>")], [Printed("<f at 0x...>")], as_code, PICTURES)
    assert not same_outputs([Printed("<a >")], [Printed("<a>")], as_code, PICTURES)
