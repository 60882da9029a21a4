"""Where outputs stand: the tab after a code tab, there already or still to come."""

from __future__ import annotations

import pytest
from codeout.errors import Problem
from codeout.page.document import fill, parse, render
from codeout.page.model import FenceStyle, Page, Slot

CODE = '=== "Code"\n\n    ```python\n    1\n    ```\n'
OUT = '=== "Out"\n\n    ```\n    1\n    ```\n'


def only(source: str) -> Slot:
    (slot,) = parse(source.encode()).slots
    return slot


def filled(source: str, *bodies: str) -> str:
    return render(fill(parse(source.encode()), dict(enumerate(bodies)))).decode()


def test_the_body_is_the_slot_and_the_header_is_not() -> None:
    page = parse(f"{CODE}\n{OUT}\n\ntext\n".encode())
    slot = page.slots[0]
    assert slot == Slot("    ```\n    1\n    ```\n", 9, (0,), "    ", fences=1)
    assert page.parts[-1].source == "\n\ntext\n"


def test_a_body_may_start_right_below_the_header_and_hold_empty_lines() -> None:
    slot = only(f'{CODE}\n=== "Out"\n    ~~~~text\n\n    1\n    ~~~~\n\n    ![a](a.png)\n\n\ntext')
    assert slot.source == "    ~~~~text\n\n    1\n    ~~~~\n\n    ![a](a.png)\n"
    assert slot.style == FenceStyle("~", 4, "text")


@pytest.mark.parametrize(
    ("source", "body", "result"),
    [
        (CODE, "    1\n", f'{CODE}\n=== "Out"\n\n    1\n'),
        (CODE[:-1], "    1\n", f'{CODE}\n=== "Out"\n\n    1\n'),
        (f"{CODE}\ntext", "    1\n", f'{CODE}\n=== "Out"\n\n    1\n\ntext'),
        (f"{CODE}text", "    1\n", f'{CODE}\n=== "Out"\n\n    1\n\ntext'),
        (f'{CODE}=== "T"\n', "    1\n", f'{CODE}\n=== "Out"\n\n    1\n\n=== "T"\n'),
        (f'{CODE}\n=== "Out"', "    1\n", f'{CODE}\n=== "Out"\n\n    1\n'),
        (f'{CODE}\n=== "Out"\n\ntext', "    1\n", f'{CODE}\n=== "Out"\n\n    1\n\ntext'),
        (f'{CODE}\n=== "Out"\ntext', "    1\n", f'{CODE}\n=== "Out"\n\n    1\n\ntext'),
        (f"{CODE}\n{OUT}\ntext", "    2\n", f'{CODE}\n=== "Out"\n\n    2\n\ntext'),
        (f"{CODE}\n{OUT}\ntext", "", f'{CODE}\n=== "Out"\n\n\ntext'),
        (
            '> === "Code"\n>\n>     ```python\n>     1\n>     ```\n',
            ">     1\n",
            '> === "Code"\n>\n>     ```python\n>     1\n>     ```\n>\n> === "Out"\n>\n>     1\n',
        ),
        (
            '- === "Code"\n\n        ```py\n        1\n        ```\n',
            "        1\n",
            '- === "Code"\n\n        ```py\n        1\n        ```\n\n    === "Out"\n\n        1\n',
        ),
        (
            '- === "Code"\n      ```py\n      1\n      ```\n',
            "        1\n",
            '- === "Code"\n      ```py\n      1\n      ```\n\n    === "Out"\n\n        1\n',
        ),
    ],
    ids=[
        "no tab, at the end",
        "no tab, no final newline",
        "no tab, text after a blank line",
        "no tab, text right after",
        "no tab, another tab right after",
        "empty tab, no final newline",
        "empty tab, text after a blank line",
        "empty tab, text right after",
        "a body is replaced",
        "a body is taken away",
        "in a quote",
        "in a list item, on its line",
        "in a list item, on its line, indented less",
    ],
)  # fmt: skip
def test_fill(source: str, body: str, result: str) -> None:
    assert filled(source, body) == result
    assert [slot.source for slot in parse(result.encode()).slots] == [body]


def test_an_empty_body_leaves_a_missing_tab_missing() -> None:
    assert filled(CODE, "") == CODE


def test_line_endings_are_those_of_the_header() -> None:
    source = CODE.replace("\n", "\r\n")
    assert only(source).newline == "\r\n"
    assert filled(source, "    1\r\n") == source + '\r\n=== "Out"\r\n\r\n    1\r\n'


def test_a_new_tab_is_called_as_the_others_on_the_page_are() -> None:
    source = f'{CODE}\n=== "결과"\n\n    1\n\ntext\n\n{CODE}'
    assert '=== "결과"' in parse(source.encode()).slots[1].before


@pytest.mark.parametrize("prefix", ["\t", "    "])
def test_the_prefix_is_that_of_the_page(prefix: str) -> None:
    source = f'!!! note\n\n{prefix}=== "Code"\n\n{prefix}\t~~~py\n{prefix}\t~~~\n'
    assert only(source).prefix == f"{prefix}\t"
    assert only(f'{source}\n{prefix}=== "Out"\n\n{prefix}    1\n').prefix == f"{prefix}    "


def test_all_blocks_of_a_tab_share_its_slot() -> None:
    fence = "    ```python\n    1\n    ```\n\n"
    skipped = "    <!-- codeout: skip -->\n"
    hidden = "    <!-- codeout: hidden\n    ```python\n    ```\n    -->\n\n"
    source = f'```python\n```\n\n=== "Code"\n\n{fence}{hidden}{skipped}{fence}{fence}'
    assert only(source).blocks == (1, 4)


@pytest.mark.parametrize(
    "source",
    [
        CODE.replace("```python", "```text"),
        CODE.replace('"Code"', '"Other"'),
        CODE.replace("    ```python", "    <!-- codeout: skip -->\n    ```python"),
        CODE.replace("    ", "        ", 1).replace("    1", "        1"),
        f"````\n{CODE}````\n",
        f"<!--\n{CODE}-->\n",
        f"{CODE}".replace("=== ", "== "),
    ],
    ids=["other language", "other label", "skipped", "undone", "fenced", "comment", "no tab"],
)
def test_no_slot(source: str) -> None:
    assert not parse(source.encode()).slots


def codes(page: Page) -> list[str]:
    return [block.code for block in page.blocks]


def test_a_fence_in_an_output_tab_is_output() -> None:
    output = OUT.replace("```\n    1", "```python\n    2")
    assert codes(parse(f"{CODE}\n{output}".encode())) == ["1\n"]
    assert codes(parse(f"text\n\n{output}".encode())) == ["2\n"]
    assert codes(parse(f'=== "Other"\n\n    text\n\n{output}'.encode())) == ["2\n"]


def test_a_second_output_tab_is_told() -> None:
    page = parse(f"{CODE}\n{OUT}\n{OUT}".encode(), "p.md")
    assert len(page.slots) == 1
    message = "a second output tab; only the tab right after the code is kept true"
    assert page.problems == (Problem("p.md", 13, message, "remove or rename it"),)


def test_a_new_group_does_not_take_part_in_the_one_before() -> None:
    page = parse(f"{CODE}\n{OUT.replace('===', '===!')}".encode())
    assert [slot.source for slot in page.slots] == [""]


def test_groups_in_groups_have_their_own_outputs() -> None:
    inner = "".join(f"    {line}\n" if line else "\n" for line in f"{CODE}\n{OUT}".splitlines())
    page = parse(f'=== "Linux"\n\n{inner}\n=== "Windows"\n\n{inner}'.encode())
    assert [slot.blocks for slot in page.slots] == [(0,), (1,)]
    assert page.slots[1].prefix == " " * 8


def test_code_in_a_list_of_files_to_include_is_no_block_and_told_once() -> None:
    page = parse(f"--8<--\n\n{CODE}\n{OUT}\n{CODE}".encode(), "p.md")
    assert not page.slots
    assert not page.blocks
    message = "a list of files to include that runs on into code"
    hint = "end it above the code with a second '--8<--', or write ';--8<--' to show it"
    assert page.problems == (Problem("p.md", 1, message, hint),)


@pytest.mark.parametrize(
    "source", ["```python\n--8<-- 'a.py:-'\n```\n", "```python\n1\n```\n--8<--\na.py:-\n--8<--\n"]
)
def test_an_include_of_lines_by_what_is_no_number_is_told(source: str) -> None:
    page = parse(source.encode(), "p.md")
    (problem,) = page.problems
    assert problem.message.endswith("an include asks for lines by what is no number")
    assert not page.blocks


QUOTED = "an include in a quote, which the site shows as it stands"


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ('> ```python\n> --8<-- "a.py"\n> ```\n', [2]),
        ("> ```python\n> 1\n>   --8<--\n> a.py\n> --8<--\n> ```\n", [3, 5]),
        ("> ```python\n> ;--8<-- 'a.py'\n> ```\n", [2]),
        ('> ```python\n> 1  # --8<-- "a.py"\n> ```\n', []),
        ('> ```\n> --8<-- "a.py"\n> ```\n', []),
        ('```python\n--8<-- "a.py"\n```\n', []),
    ],
)
def test_an_include_in_a_quote_is_told(code: str, lines: list[int]) -> None:
    problems = parse(code.encode(), "p.md").problems
    assert [(problem.line, problem.message) for problem in problems] == [(k, QUOTED) for k in lines]


@pytest.mark.parametrize(
    "before",
    ["--8<--\na.md\n--8<--", ";--8<--", '--8<-- "a.md"', "> --8<--", "---\na: |\n --8<--\n---"],
)
def test_an_output_below_one_that_ends_or_is_none_is_written(before: str) -> None:
    page = parse(f"{before}\n\n{CODE}\n{OUT}".encode())
    assert len(page.slots) == 1
    assert not page.problems
