"""The comments before a fence: what they say, and what is reported when they say it wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.errors import Problem
from codeout.page.directives import Directive
from codeout.page.document import parse

if TYPE_CHECKING:
    from codeout.page.model import Page

WORDS = "skip, raises, timeout, rtol, volatile, hidden, exit, out, run, fresh, group, check"
TWICE = "'rtol' is given twice, with different values"
PYTEST = "pytest.mark.skip, pytest.mark.xfail, pytest-codeblocks:cont"
FENCE = "```python\nx\n```\n"


def only(source: str) -> Directive:
    page = parse(source.encode())
    assert page.problems == ()
    (block,) = page.blocks
    return block.directive


def problems(source: str) -> list[str]:
    return [str(problem) for problem in parse(source.encode(), "p.md").problems]


@pytest.mark.parametrize(
    ("comments", "directive"),
    [
        ("", Directive()),
        ("<!-- any other comment -->\n", Directive()),
        ("<!-- codeout: skip -->\n", Directive(skip=True)),
        ("<!--codeout:skip-->\n", Directive(skip=True)),
        ("<!-- codeout: volatile -->\n\n\n", Directive(volatile=True)),
        ("<!-- codeout: raises=ValueError -->\n", Directive(raises="ValueError")),
        (
            "<!-- codeout: raises=pickle.UnpicklingError -->\n",
            Directive(raises="pickle.UnpicklingError"),
        ),
        ("<!-- codeout: timeout=120 rtol=1e-2 -->\n", Directive(timeout=120.0, rtol=0.01)),
        ("<!-- codeout: rtol=0 -->\n", Directive(rtol=0.0)),
        ("<!-- codeout:\n  timeout=3\n  volatile -->\n", Directive(timeout=3.0, volatile=True)),
        (
            "<!-- codeout: timeout=3 -->\n\n<!-- codeout: skip -->\n",
            Directive(skip=True, timeout=3.0),
        ),
        ("<!-- codeout: skip --><!-- codeout: volatile -->\n", Directive(skip=True, volatile=True)),
        ("<!-- codeout: skip -->\n<!-- a word on it -->\n", Directive(skip=True)),
        ("<!-- codeout: timeout=3 timeout=3.0 -->\n", Directive(timeout=3.0)),
        ("<!--pytest.mark.skip-->\n", Directive(skip=True)),
        ("<!-- pytest.mark.xfail -->\n", Directive(may_fail=True)),
        ('<!--pytest.mark.xfail(reason="so", strict=True)-->\n', Directive(may_fail=True)),
        ("<!--pytest-codeblocks:cont-->\n", Directive()),
        ("<!-- pytest-codeblocks: skip -->\n", Directive(skip=True)),
        ("<!--pytest-codeblocks:expect-error-->\n", Directive(may_fail=True)),
    ],
)
def test_comments_steer_the_fence_below_them(comments: str, directive: Directive) -> None:
    assert only(comments + FENCE) == directive


@pytest.mark.parametrize(
    "around",
    [
        "> <!-- codeout: skip -->\n> ```python\n> x\n> ```\n",
        "- item\n\n    <!-- codeout: skip -->\n\n    ```python\n    x\n    ```\n",
        '!!! note\n\n    === "T"\n\n        <!-- codeout: skip -->\n        ~~~py\n        ~~~\n',
    ],
)
def test_comments_steer_inside_containers(around: str) -> None:
    assert only(around) == Directive(skip=True)


@pytest.mark.parametrize(
    ("comment", "line", "message", "hint"),
    [
        ("codeout: skp", 3, "unknown word 'skp'", "did you mean 'skip'?"),
        ("codeout: xyz", 3, "unknown word 'xyz'", f"one of: {WORDS}"),
        ("codeout: skip=yes", 3, "'skip' takes no value", "write skip"),
        ("codeout: raises", 3, "bad value in 'raises'", "write raises=ValueError"),
        ("codeout: timeout=soon", 3, "bad value in 'timeout=soon'", "write timeout=120"),
        ("codeout: timeout=0", 3, "bad value in 'timeout=0'", "write timeout=120"),
        ("codeout: rtol=-1", 3, "bad value in 'rtol=-1'", "write rtol=1e-2"),
        ("codeout: rtol=nan", 3, "bad value in 'rtol=nan'", "write rtol=1e-2"),
        ("codeout:\nskip\nskpi", 5, "unknown word 'skpi'", "did you mean 'skip'?"),
        ("codeout: rtol=1 -->\n<!-- codeout: rtol=2", 4, TWICE, "keep one of the two"),
        ("codeout: rtol=1\ncheck", 4, "'check' is for a hidden block", "write hidden check"),
        ("pytest.mark.slow(1)", 3, "unknown comment 'pytest.mark.slow'", f"one of: {PYTEST}"),
        ("pytest-codeblocks:x(1)", 3, "unknown comment 'pytest-codeblocks:x'", f"one of: {PYTEST}"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_told_with_its_line(
    comment: str, line: int, message: str, hint: str
) -> None:
    page = parse(f"# Title\n\n<!-- {comment} -->\n{FENCE}".encode(), "p.md")
    assert page.problems == (Problem("p.md", line, message, hint),)


@pytest.mark.parametrize(
    "page",
    [
        "\n<!-- codeout: skip -->\n```text\nx\n```\n",
        "\n<!-- codeout: skip -->\n\ntext\n\n" + FENCE,
        "\n<!-- codeout: skip -->\n> ```python\n> x\n> ```\n",
        "\n<!-- codeout: skip -->\n",
    ],
)
def test_a_comment_of_ours_that_steers_nothing_is_told(page: str) -> None:
    (told,) = problems(page)
    assert told.startswith("p.md:2: 'codeout: skip' precedes no Python fence that runs")


def test_a_pytest_comment_before_another_language_is_left_alone() -> None:
    assert problems("<!--pytest-codeblocks:expected-output-->\n```\nx\n```\n") == []


def test_a_comment_that_the_renderer_shows_as_text_is_told() -> None:
    (told,) = problems(
        '=== "T"\n\n    <!-- codeout: hidden\n\n    ```py\n    x\n    ```\n\n    -->\n'
    )
    assert told.startswith("p.md:3: a comment that the renderer shows as text")


@pytest.mark.parametrize(
    "page",
    [
        "````md\n<!-- codeout: typo -->\n" + FENCE + "````\n",
        "<pre>\n<!-- codeout: typo -->\n</pre>\n",
        "Write `<!-- codeout: typo -->` before it.\n",
        "text\n\n    <!-- codeout: typo -->\n",
    ],
)
def test_a_comment_that_is_shown_as_code_says_nothing(page: str) -> None:
    assert problems(page) == []


def hidden(page: Page) -> list[tuple[str, bool]]:
    return [(block.code, block.directive.hidden) for block in page.blocks]


@pytest.mark.parametrize("prefix", ["", "    "])
def test_a_fence_in_a_hidden_comment_is_a_block(prefix: str) -> None:
    lines = ["<!-- codeout: hidden timeout=3", "```python", "a", "", "b", "```", "-->"]
    source = "- item\n\n" + "".join(f"{prefix}{line}".rstrip() + "\n" for line in lines)
    page = parse(source.encode())
    assert page.problems == ()
    assert hidden(page) == [("a\n\nb\n", True)]
    assert page.blocks[0].directive == Directive(hidden=True, timeout=3.0)
    assert page.blocks[0].line == 4


def test_hidden_needs_no_blank_before_it() -> None:
    page = parse(f"<!-- codeout:hidden\n{FENCE}-->\n".encode())
    assert (page.problems, hidden(page)) == ((), [("x\n", True)])


def test_a_fence_in_any_other_comment_is_none() -> None:
    page = parse(f"<!-- so far\n{FENCE}-->\n{FENCE}".encode())
    assert hidden(page) == [("x\n", False)]


def test_hidden_needs_a_fence_inside_the_comment() -> None:
    (told,) = problems(f"<!-- codeout: hidden -->\n{FENCE}")
    assert told.startswith("p.md:1: a hidden comment without a Python fence in it")


def test_skipfile_on_the_first_line_takes_all_blocks_away() -> None:
    assert parse(f"<!--pytest-codeblocks:skipfile-->\n{FENCE}".encode()).blocks == ()
    assert len(parse(f"\n<!--pytest-codeblocks:skipfile-->\n{FENCE}".encode()).blocks) == 1
