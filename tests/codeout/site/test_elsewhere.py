"""In which other environments a page holds, as readers are told."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from codeout.lock import tested as lock_tested
from codeout.site.elsewhere import Elsewhere, Unlike, holds_with, of_all, unlike

if TYPE_CHECKING:
    from collections.abc import Mapping


def matrix(**results: str) -> Mapping[str, lock_tested.Tested]:
    """Results by the names of environments; ``torch_2_8`` is ``torch-2.8``."""
    day = dt.date(2026, 11, 30)
    named = {
        "-".join([name.partition("_")[0], name.partition("_")[2].replace("_", ".")]).strip("-"): it
        for name, it in results.items()
    }
    return {
        name: lock_tested.Tested("e1", it, day, 3, "a → b", block=2) for name, it in named.items()
    }


@pytest.mark.parametrize(
    ("results", "told"),
    [
        ({}, ()),
        ({"torch_2_8": "true"}, (Elsewhere("torch", (("2.8", "2.8"),)),)),
        (
            {"torch_2_10": "true", "torch_2_8": "partly", "torch_2_12": "true"},
            (Elsewhere("torch", (("2.8", "2.12"),)),),
        ),
        (
            {"torch_2_6": "true", "torch_2_8": "differs", "torch_2_10": "true"},
            (Elsewhere("torch", (("2.6", "2.6"), ("2.10", "2.10"))),),
        ),
        (
            {"torch_2_6": "true", "torch_2_8": "not installable", "torch_2_10": "true"},
            (Elsewhere("torch", (("2.6", "2.10"),)),),
        ),
        ({"torch_2_8": "fails"}, ()),
        (
            {"old": "true", "new": "differs", "python_3_12": "true"},
            (Elsewhere("python", (("3.12", "3.12"),)), Elsewhere("old")),
        ),
    ],
)
def test_environments_that_follow_each_other_are_one_run(
    results: dict[str, str], told: tuple[Elsewhere, ...]
) -> None:
    assert holds_with(matrix(**results)) == told


@pytest.mark.parametrize(
    ("pages", "told"),
    [
        ([], []),
        ([{}, {}], []),
        ([{"torch_2_8": "true"}, {}], ["torch 2.8"]),
        (
            [
                {"torch_2_6": "true", "torch_2_8": "true", "torch_2_10": "partly"},
                {"torch_2_6": "fails", "torch_2_8": "partly", "torch_2_10": "true"},
            ],
            ["torch 2.8 to 2.10"],
        ),
        (
            [
                {"torch_2_6": "true", "torch_2_8": "true", "torch_2_10": "true", "old": "true"},
                {"torch_2_6": "true", "torch_2_10": "true", "old": "true"},
            ],
            ["torch 2.6, 2.10", "old"],
        ),
    ],
    ids=["none", "never checked", "one checked", "one fails", "one lacks a result"],
)
def test_pages_together_hold_where_each_of_them_does(
    pages: list[dict[str, str]], told: list[str]
) -> None:
    found = holds_with(of_all([matrix(**results) for results in pages]))
    assert [str(each) for each in found] == told


def test_where_a_page_does_not_hold_is_told_of_the_page_and_of_the_block() -> None:
    found = matrix(old="differs", new="fails", never="not installable", good="true")
    both = (Unlike("old", "differs", "a → b", 2), Unlike("new", "fails", "a → b", 2))
    assert unlike(found) == both
    assert unlike(found, 2) == both
    assert unlike(found, 1) == ()
