"""Captured text, and what is left of it: a table of cases for each rule, and laws for all."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from codeout.output.normalize import RULES, Places, Rule, normalize
from hypothesis import given
from hypothesis import strategies as st

TABLES = Path(__file__).parent / "normalize"
RULE = {rule.name: rule for rule in RULES}
PLACES = Places(
    work="/tmp/page-x1y2",  # noqa: S108
    home="/home/ada",
    site=("/opt/env/lib/python3.11", "/opt/env/lib/python3.11/site-packages"),
)
CASES = [
    pytest.param(table.stem, case["text"], case["want"], id=f"{table.stem}: {case['name']}")
    for table in sorted(TABLES.glob("*.toml"))
    for case in tomllib.loads(table.read_text(encoding="utf-8"))["case"]
]

TEXTS = [str(case.values[1]) for case in CASES]


@st.composite
def fragments(draw: st.DrawFn) -> str:
    """Draw a stretch of a text of the tables, cut anywhere."""
    text = draw(st.sampled_from(TEXTS))
    start = draw(st.integers(0, len(text)))
    return text[start : draw(st.integers(start, len(text)))]


# Texts in which every rule finds work, and cuts that may make work for another.
printed = st.lists(st.sampled_from(TEXTS) | fragments() | st.text(max_size=5)).map("".join)

# What people write: letters, digits and punctuation of any script, single blanks and newlines.
words = st.text(st.characters(categories=("L", "Nd", "P", "S"), exclude_characters="/\\"))
prose = st.lists(words, min_size=1).map(" ".join).map(str.strip)


def test_every_rule_has_a_table() -> None:
    assert [table.stem for table in sorted(TABLES.glob("*.toml"))] == sorted(RULE)


@pytest.mark.parametrize(("rule", "text", "want"), CASES)
def test_case(rule: str, text: str, want: str) -> None:
    assert RULE[rule].apply(text, PLACES) == want


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@given(text=printed)
def test_a_rule_applied_twice_gives_what_it_gave_once(rule: Rule, text: str) -> None:
    once = rule.apply(text, PLACES)
    assert rule.apply(once, PLACES) == once


@given(printed)
def test_normal_text_is_left_alone(text: str) -> None:
    once = normalize(text, PLACES)
    assert normalize(once, PLACES) == once


@given(st.lists(prose).map("\n".join))
def test_prose_is_left_alone(text: str) -> None:
    assert normalize(text, PLACES) == text


@given(printed | st.text(st.characters()))
def test_normal_text_can_be_stored(text: str) -> None:
    stored = normalize(text, PLACES)
    assert stored.encode().decode() == stored
    assert all(char.isprintable() or char in "\n\t" or ord(char) > 0x9F for char in stored)


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert normalize("byte \udcff", PLACES) == "byte \ufffd"


def test_one_run_and_a_later_one_on_another_machine_read_alike() -> None:
    first = (
        'Downloading: "https://example.org/vgg16.pth" to /home/ada/.cache/vgg16.pth\n'
        "\r25.0%\r100.0%\n"
        "\r  0%|          | 0/2 [00:00<?, ?it/s]\r100%|██████████| 2/2 [00:00<00:00, 9.87it/s]\n"
        "\x1b[33m<ipython-input-4-0123456789ab>:1: UserWarning: old\x1b[0m\r\n"
        "/opt/env/lib/python3.11/site-packages/torch/hub.py:7: UserWarning: slow   \n"
        "<Net object at 0x7f00deadbeef> in /tmp/page-x1y2/data\n"
    )
    later = (
        "/var/folders/T/ipykernel_99/1234.py:1: UserWarning: old\n"
        "/usr/lib/python3/dist-packages/torch/hub.py:7: UserWarning: slow\n"
        "<Net object at 0x55aa00112233> in /private/var/t/p9/data\n"
    )
    elsewhere = Places("/var/t/p9", "/root", ("/usr/lib/python3/dist-packages",))
    assert normalize(first, PLACES) == normalize(later, elsewhere)


@pytest.mark.parametrize("nowhere", ["", "/"])
def test_a_place_that_is_no_place_changes_nothing(nowhere: str) -> None:
    assert normalize("/usr/bin / ~", Places(nowhere, nowhere, ("/opt/env",))) == "/usr/bin / ~"


def test_the_folder_for_temporary_files_has_the_same_name_everywhere() -> None:
    places = Places("/var/t/codeout-1/work", "/root")
    assert normalize("/var/t/codeout-1/tmp/x.csv", places) == "/tmp/x.csv"  # noqa: S108
