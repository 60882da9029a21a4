"""Outputs as MyST reads them: marks in place of blank lines, and text that is said to be text."""

from __future__ import annotations

import re
from textwrap import indent
from typing import TYPE_CHECKING

import pytest
from codeout.site.myst_outputs import mark_outputs

from tests.codeout.site.test_notes import LESSONS, folds, folds_of, planned
from tests.support.folder import tabs

if TYPE_CHECKING:
    from pathlib import Path

FENCE = "<!-- codeout: out -->\n```python\nprint(1)\n```\n\n```\n1\n```\n"
MARK = re.compile("<!-- codeout-(?:made|error) line [0-9]+ -->")


def marked(text: str, *, notes: bool = True) -> str:
    """A page with its outputs marked."""
    return mark_outputs(text, planned(text), notes=notes)


@pytest.mark.parametrize("page", LESSONS, ids=lambda page: page.stem)
def test_only_outputs_and_blank_lines_change(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    before, after = text.split("\n"), marked(text).split("\n")
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert all(
        is_mark(new) if not old.strip("> ") else is_as_text(old, new) or is_fold(old, new)
        for old, new in changed
    )
    assert folds(after) == folds_of(text)


def is_mark(line: str) -> bool:
    """Whether a mark that takes the place of a blank line is all that a line holds."""
    return bool(MARK.fullmatch(line.lstrip("> "))) or folds([line]) == [None]


def is_as_text(old: str, new: str) -> bool:
    """Whether a line is the same without what only Python-Markdown knows."""
    return new in {f"{old}text", old.replace(";", "", 1)}


def is_fold(old: str, new: str) -> bool:
    """Whether a line with the comment on a range of versions now opens the fold of that range."""
    before, comment, versions = old.partition("<!-- codeout: out ")
    opened = [versions.removesuffix(" -->")]
    return bool(comment) and new.startswith(f"{before}<!--") and folds([new]) == opened


def test_a_mark_takes_the_place_of_a_blank_line() -> None:
    assert marked(f"{FENCE}\nEnd.\n") == (
        "<!-- codeout: out -->\n```python\nprint(1)\n```\n\n```text\n1\n```\n"
        "<!-- codeout-made line 2 -->\nEnd.\n"
    )


@pytest.mark.parametrize("end", ["End.\n", "", "```python\n2\n```\n"])
def test_without_a_blank_line_there_is_one_more(end: str) -> None:
    made = "```text\n1\n```\n<!-- codeout-made line 2 -->"
    assert f"{made}\n{end}".rstrip("\n") in marked(FENCE + end)


def test_an_error_is_marked_above_its_output() -> None:
    page = FENCE.replace("out -->", "out raises=ValueError -->")
    error, made = (f"<!-- codeout-{kind} line 2 -->" for kind in ("error", "made"))
    assert marked(page) == page.replace(
        "```\n\n```\n1\n```\n", f"```\n{error}\n```text\n1\n```\n{made}"
    )
    close = page.replace("```\n\n```", "```\n```")
    assert f"```\n{error}\n```text\n" in marked(close)


def test_marks_stand_where_their_output_does() -> None:
    item = "- item\n\n" + indent(tabs("print(1)", "1"), "    ") + "\nEnd.\n"
    assert "        ```\n        <!-- codeout-made line 5 -->\nEnd." in marked(item)
    quote = "".join(f"> {line}" for line in tabs("print(1)", "1").splitlines(keepends=True))
    assert ">     ```\n>     <!-- codeout-made line 3 -->\nEnd." in marked(f"{quote}\nEnd.\n")


def test_a_language_of_an_output_stays() -> None:
    page = FENCE.replace("\n\n```\n1", "\n\n```console\n1")
    assert "```console\n1\n" in marked(page)
    assert "```text" not in marked(page)


def test_an_escaped_include_is_shown_as_it_was_printed() -> None:
    page = FENCE.replace("```\n1\n```", '```\n;--8<-- "a.py"\n```')
    assert '```text\n--8<-- "a.py"\n```\n' in marked(page)


def test_a_page_without_notes_has_no_marks() -> None:
    assert "codeout-made" not in marked(FENCE, notes=False)


def test_a_page_that_others_have_changed_is_marked_if_its_outputs_are_the_same() -> None:
    plan = planned(FENCE)
    assert "codeout-made line 2" in mark_outputs(f"More.\n\n{FENCE}", plan)
    assert mark_outputs("Less.\n", plan) == "Less.\n"
