"""Pages rendered with marks in them, and what a reader sees of these."""

from __future__ import annotations

import re

import pytest
from codeout.page.annotate import MARK, mark_structure, render_marked
from codeout.page.document import parse, render
from codeout.page.structure import read_structure


def test_a_page_without_fences_tabs_and_comments_is_not_rendered() -> None:
    assert render_marked(["text", "", "# Heading"], [], mark_structure) == ""


def test_marks_name_the_lines_of_tabs_and_comments() -> None:
    lines = ["text", "<!-- a -->", '=== "Code"', "", "    text"]
    marks = {
        (mark["kind"], mark["line"])
        for mark in MARK.finditer(render_marked(lines, [], mark_structure))
    }
    assert marks == {("c", "1"), ("t", "2")}


@pytest.mark.parametrize("forged", ["\ue000c0\ue001", "&#xe000;t0&#xe001;"])
def test_a_page_cannot_forge_marks(forged: str) -> None:
    structure = read_structure([f'=== "{forged}"', "", f"    {forged}", forged])
    assert structure.unclosed == []
    assert len(structure.groups) == len(structure.groups[0]) == 1


def test_a_label_is_what_a_reader_sees() -> None:
    structure = read_structure(['=== "`Code` &amp; **more** &#33;"', "", "    text"])
    assert structure.groups[0][0].label == "Code & more !"


@pytest.mark.parametrize("text", ["<b><![`", "<b><![x y> a</b>", "a <![CDATA[b]]>"])
def test_what_no_html_begins_with_is_a_comment_as_in_a_browser(text: str) -> None:
    page = parse(f"{text}\n\n```python\n1\n```\n".encode())
    assert len(page.blocks) == 1
    assert not page.problems


def test_a_page_on_which_the_renderer_fails_is_one_problem() -> None:
    source = b"[^a]:[^b]:\n[^c]:\n\n```python\n1\n```\n"
    page = parse(source, "p.md")
    assert render(page) == source
    assert not page.blocks
    (problem,) = page.problems
    assert problem.place == "p.md:1"
    assert problem.message == (
        "Python-Markdown cannot render the page: RuntimeError: OrderedDict mutated during iteration"
    )
    assert problem.hint.startswith("leave parts of it out")


def test_blocks_of_pymdownx_show_their_fences_unless_they_hold_plain_text() -> None:
    fence = "```python\n1\n```"
    for name in ("note", "details | Title", "tab | Code", "html | div"):
        assert len(parse(f"/// {name}\n{fence}\n///\n".encode()).blocks) == 1
    for name in ("html | pre", "html | p"):
        assert not parse(f"/// {name}\n{fence}\n///\n".encode()).blocks


PYTHON = "```python\n1\n```\n"
ENDLESS = {
    "it is left in its place forever": f'=== ""\n>////html|v\n////\n///tab|d\n\n{PYTHON}',
    "it is looked for in itself": f"{PYTHON}>///note\n///html|e",
}


@pytest.mark.parametrize("source", ENDLESS.values(), ids=ENDLESS)
def test_a_block_that_pymdownx_never_comes_to_the_end_of_is_one_problem(source: str) -> None:
    (problem,) = parse(source.encode(), "p.md").problems
    assert problem.message.endswith("RuntimeError: a block that begins with `///` does not end")
    assert len(parse(b"/// note\n```python\n1\n```\n///\n").blocks) == 1, "the next one is read"


def test_a_page_that_shows_the_same_code_twice_is_one_problem() -> None:
    source = '<div\n```python\n```\nmarkdown="span">'
    page = parse(source.encode(), "p.md")
    assert not page.blocks
    (problem,) = page.problems
    assert problem.place == "p.md:2"
    assert problem.message.endswith("it shows this code twice")
    assert not parse(source.replace("python", "text").encode()).problems


ASTRAY = {
    "an instruction": f"{PYTHON}\n<?php\n\n<b>bold</b>\n",
    "a declaration": f"{PYTHON}\n<!DOCTYPE html\n\n{PYTHON}\n<b\n",
    "a reference": f"{PYTHON}\n[link](https://data.invalid/?a&#b)\n\n<b>bold</b>\n",
    "below front matter": f"---\na: b\n---\n\n<?php\n\n{PYTHON}\n<b>bold</b>\n",
    "below a list of files to include": f"--8<--\na.md\n--8<--\n\n<?php\n\n{PYTHON}\n<b>bold</b>",
}


@pytest.mark.parametrize("source", ASTRAY.values(), ids=ASTRAY)
def test_a_page_on_which_the_renderer_loses_its_place_is_one_problem(source: str) -> None:
    page = parse(source.encode(), "p.md")
    assert not page.blocks
    (problem,) = page.problems
    assert problem.line == 5
    assert re.search(r"nothing ends the `(<\?|<!|&#)`, and it misplaces what", problem.message)
    assert re.fullmatch(r"end it, or write `&(lt|amp);` for its first character", problem.hint)
    assert not parse(source.replace("python", "text").encode()).problems, "nothing runs"


@pytest.mark.parametrize("end", ["<?php", "`<?`\n\n<b>bold</b>", "a < b", "<style>\n<b>", "&#"])
def test_what_nothing_ends_is_no_problem_where_nothing_follows_or_it_is_text(end: str) -> None:
    page = parse(f"{PYTHON}\n{end}".encode())
    assert len(page.blocks) == 1
    assert not page.problems


@pytest.mark.parametrize("before", ["[^]:x\n>///html|p\n///html|p", ": ///details\n///html|e"])
def test_a_block_that_is_left_in_its_place_once_and_taken_then_does_end(before: str) -> None:
    page = parse(f"{PYTHON}\n{before}".encode())
    assert len(page.blocks) == 1
    assert not page.problems


def test_what_is_looked_for_at_the_end_of_a_page_is_not_looked_for_in_the_next() -> None:
    after = f": ///details\n>///note\n///\n///html|p\n\n{PYTHON}".encode()
    assert not parse(after).problems
    parse(f"{PYTHON}\n>///html|e\n///html|e".encode())
    assert not parse(after).problems
