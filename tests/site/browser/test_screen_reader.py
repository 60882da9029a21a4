"""A lesson as a screen reader has it: the tree that Chromium gives to assistive technology."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.site.browser.test_cells import in_tabs

if TYPE_CHECKING:
    from playwright.sync_api import Page

LESSON = "basics/tensors/"


def roles(tree: str, role: str) -> list[str]:
    """The names of all elements with a role, empty where one has none."""
    found = re.findall(rf'^ *- {role}\b(?: "((?:[^"\\]|\\.)*)")?', tree, re.MULTILINE)
    return [str(name) for name in found]


def test_a_lesson_is_headings_text_code_and_outputs(page: Page) -> None:
    page.goto(LESSON)
    tree = page.locator("article").aria_snapshot()
    headings = roles(tree, "heading")
    assert headings[0] == "2. 텐서 · Tensors"
    assert len(headings) > 15
    assert not [name for name in headings if "¶" in name or not name]
    assert len(roles(tree, "paragraph")) > 60
    assert "The container for these numbers is the" in tree
    assert len(roles(tree, "code")) > 30
    for role in ("blockquote", "radio", "radiogroup"):
        assert roles(tree, role) == [], role
    assert "" not in roles(tree, "link")
    assert not {"Code", "Out", "¶"} & {*roles(tree, "link")}


def test_tabs_are_named_groups(page: Page) -> None:
    in_tabs(page, LESSON)
    tree = page.locator("article").aria_snapshot()
    groups = roles(tree, "radiogroup")
    assert groups[0] == "코드와 출력 · Code and output 1"
    assert len({*groups}) == len(groups) >= 20
    assert roles(tree, "radio")[:2] == ["Code", "Out"]
    assert not {"Code", "Out"} & {*roles(tree, "link")}


@pytest.mark.parametrize("chosen", [1, 2])
def test_high_contrast_shows_which_tab_is_chosen(page: Page, chosen: int) -> None:
    page.emulate_media(forced_colors="active")
    in_tabs(page, LESSON)
    cell = page.locator(".codeout-cell").first
    labels = cell.locator(".tabbed-labels > label")
    labels.nth(chosen - 1).click()
    expect(cell.locator("> input").nth(chosen - 1)).to_be_checked()
    page.wait_for_timeout(300)  # Material fades borders in
    border = "label => getComputedStyle(label).borderBottomColor"
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    shown = [label.evaluate(border) != ground for label in labels.all()]
    assert shown == [chosen == 1, chosen == 2]


def test_high_contrast_tells_code_and_output_apart(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(LESSON)
    blocks = page.locator(".codeout-cell").first.locator(".tabbed-block")
    for block in blocks.all():
        assert block.evaluate("block => getComputedStyle(block).outlineStyle") == "solid"
