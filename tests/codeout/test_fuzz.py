"""The laws on random Markdown of every style, and on every page that once broke one."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

import pytest

from tests.codeout.fuzz.grammar import document
from tests.codeout.fuzz.laws import verdict
from tests.codeout.fuzz.patience import Endless, at_most
from tests.codeout.fuzz.shrinking import shrink
from tests.support.oracle import rendered

FOUND = sorted((Path(__file__).parent / "fuzz" / "cases").iterdir())
PAGES = 250


@pytest.mark.parametrize("part", range(4))
def test_random_pages_keep_the_laws(part: int) -> None:
    first = int(os.environ.get("FUZZ_SEED", secrets.randbelow(10**15)))
    for seed in range(first, first + PAGES):
        law = verdict(document(seed))
        assert not law, f"{law}; repeat with FUZZ_SEED={seed} (part {part})"


@pytest.mark.parametrize("file", FOUND, ids=lambda file: file.stem)
def test_a_page_that_broke_a_law_keeps_them(file: Path) -> None:
    assert not verdict(file.read_bytes())


def test_a_page_has_one_number() -> None:
    assert document(1) == document(1) != document(2)


def test_random_pages_have_all_that_the_laws_speak_of() -> None:
    pages = [document(seed) for seed in range(300)]
    for what in (b'=== "Code"', b"> ", b"- ", b"!!! ", b"/// ", b"<!--", b"\r\n", b"\t", b"<div"):
        assert any(what in page for page in pages), what


def test_what_a_finding_takes_not_is_left_out() -> None:
    page = b"text\n\n> - x y\n\nmore\n"
    assert shrink(page, lambda text: b"x" in text and b">" in text) == b">x"


def test_a_file_to_include_is_one_line_wherever_it_is_asked_for() -> None:
    assert rendered(b'--8<-- "no.md"').around == ["included"]
    assert rendered(b'```\n-8<- "no.md"\n```').outputs == ["included"]


def spin() -> None:
    for _ in iter(int, 1):
        with suppress(Exception):
            pass


def test_waiting_has_an_end() -> None:
    with pytest.raises(Endless), at_most(0.1):
        spin()


def test_what_is_in_time_goes_on() -> None:
    with at_most(0.1):
        pass
    sum(range(10**7))  # for longer than that
