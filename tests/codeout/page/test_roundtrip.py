"""Outputs that would make another page of a broken one, and are not written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from codeout.output.markdown import body, printed
from codeout.output.shown import Printed
from codeout.page.document import fill, parse, render
from codeout.page.model import Slot
from codeout.page.roundtrip import first_misread

CODE = '=== "Code"\n\n    ```python\n    1\n    ```\n'
OUT = f'{CODE}\n=== "Out"\n\n    ```\n    old\n    ```\n'


def misread(source: str, *texts: str) -> int | None:
    page = parse(source.encode())
    shown = [printed(text) for text in texts]
    bodies = {at: body((item,), page.slots[at]) for at, item in enumerate(shown)}
    fences = {at: isinstance(item, Printed) for at, item in enumerate(shown)}
    filled = fill(page, bodies)
    return first_misread(filled, parse(render(filled)), fences)


@pytest.mark.parametrize("source", [CODE, OUT, f"> {CODE}".replace("\n", "\n> "), CODE + "text"])
def test_a_whole_page_is_read_as_it_was_written(source: str) -> None:
    assert misread(source, "1") is None
    assert misread(source, "{{ 1 }} -->") is None


BROKEN = {
    "a fence that nothing closes hides the next one": f"{CODE}    ```\n```python\n2\n```\n",
    "a style hides what follows": f"{CODE}    <style>\n",
}


@pytest.mark.parametrize("source", BROKEN.values(), ids=BROKEN)
def test_an_output_on_a_broken_page_is_refused(source: str) -> None:
    assert misread(source, "1") == 0


def test_the_comment_around_a_template_closes_no_other_one() -> None:
    source = f"<!-- text\n{CODE}"
    assert misread(source, "1") is None
    assert misread(source, "{{ 1 }}") == 0


@pytest.mark.parametrize(("code", "refused"), [("`<!--`", 0), ("`<!-- a -->`", None)])
def test_one_that_is_shown_as_code_counts_if_nothing_closes_it(
    code: str, refused: int | None
) -> None:
    source = f"{code}\n\n{CODE}"
    assert misread(source, "1") is None
    assert misread(source, "{{ 1 }}") == refused


def test_the_first_of_several_is_told() -> None:
    assert misread(f"{OUT}\n{CODE}    <style>\n", "1", "2") == 1


def test_an_output_that_is_shown_twice_is_refused() -> None:
    page = parse(OUT.encode())
    assert first_misread(page, page, {0: 1}) is None
    again = [replace(part, fences=2) if isinstance(part, Slot) else part for part in page.parts]
    assert first_misread(page, replace(page, parts=tuple(again)), {0: 1}) == 0


def test_nothing_new_is_never_misread() -> None:
    page = parse(BROKEN["a style hides what follows"].encode())
    assert first_misread(page, page, {}) is None
