"""Outputs of ranges of versions: where they are on a page, and which of them is active."""

from __future__ import annotations

import pytest
from codeout.page.document import fill, parse, render
from codeout.page.model import Page, Slot
from codeout.page.version_range import choose, holds, problems_of_ranges
from hypothesis import given
from hypothesis import strategies as st

RANGE = "<!-- codeout: out torch{} -->\n```\n{}\n```\n"
FENCE = "<!-- codeout: out -->\n```python\nx\n```\n\n```\nmain\n```\n"


def page_with(*ranges: str, tabs: bool = False) -> Page:
    """A page with a main output, and one for each range."""
    others = [RANGE.format(each, f"in {each}") for each in ranges]
    if not tabs:
        return parse("\n".join([FENCE, *others]).encode())
    lines = "\n".join(["```\nmain\n```\n", *others]).splitlines()
    body = "\n".join(f"    {line}".rstrip() for line in lines)
    return parse(f'=== "Code"\n\n    ```python\n    x\n    ```\n\n=== "Out"\n\n{body}\n'.encode())


def active(page: Page) -> list[str]:
    """The second line of each output that is compared."""
    return [slot.source.splitlines()[1].strip() for slot in page.slots]


def torch(version: str) -> str:
    return version


@pytest.mark.parametrize("tabs", [False, True])
@pytest.mark.parametrize(
    ("version", "chosen"),
    [
        ("2.15.0", "main"),
        ("2.10.0", "main"),
        ("2.9.1", "in >=2.8,<2.10"),
        ("2.8.0", "in >=2.8,<2.10"),
        ("2.7.1", "in <2.8"),
        ("2.8.0.dev20250101", "main"),  # before 2.8 and not below it, says the standard
        ("", "main"),
    ],
)
def test_the_output_whose_range_holds_the_version_is_active(
    version: str, chosen: str, *, tabs: bool
) -> None:
    page = page_with("<2.8", ">=2.8,<2.10", tabs=tabs)
    assert page.problems == ()
    assert active(page) == ["main"]
    assert [slot.versions for slot in page.outputs] == ["", "torch<2.8", "torch>=2.8,<2.10"]
    assert {slot.blocks for slot in page.outputs} == {(0,)}
    there = choose(page, lambda name: version if name == "torch" else "")
    assert active(there) == [chosen]
    assert render(there) == render(page)
    assert len(there.outputs) == 3


@pytest.mark.parametrize("tabs", [False, True])
def test_only_the_active_output_is_written(*, tabs: bool) -> None:
    page = choose(page_with("<2.8", ">=2.8,<2.10", tabs=tabs), lambda _: "2.9")
    lead = "    " if tabs else ""
    filled = fill(page, {0: f"{lead}```\n{lead}new\n{lead}```\n"})
    assert render(filled) == render(page).replace(b"in >=2.8,<2.10", b"new", 1)
    again = choose(parse(render(filled)), lambda _: "2.9")
    assert [(slot.line, slot.source) for slot in again.outputs] == [
        (slot.line, slot.source) for slot in filled.outputs
    ]


def test_a_page_without_ranges_is_the_same_page() -> None:
    page = parse(FENCE.encode())
    assert choose(page, lambda _: "1") is page


def test_a_comment_above_code_is_a_comment_of_that_code() -> None:
    page = parse(f"{FENCE}\n<!-- codeout: out torch<2 -->\n{FENCE}".encode())
    assert [slot.versions for slot in page.outputs] == ["", ""]
    assert len(page.problems) == 1


def messages(*ranges: str, source: str = "1\n") -> list[str]:
    """What is wrong with ranges of an output."""
    main = Slot(source, 1, (0,), "")
    return [each.message for each in problems_of_ranges("p.md", main, [*enumerate(ranges, 1)])]


@pytest.mark.parametrize(
    "text",
    [
        "torch",
        "torch=2",
        "torch 2.10",
        "<2",
        "torch[a]<2",
        "torch<2; python_version<'3'",
        "a @ b:c",
    ],
)
def test_a_text_that_is_no_range(text: str) -> None:
    assert messages(text) == [f"`out {text}` names no versions of a package"]
    assert not holds(text, torch)


@pytest.mark.parametrize(
    "ranges",
    [
        ("torch<2", "torch<3"),
        ("torch<=2", "torch>=2"),
        ("torch~=2.8", "torch>=2.9,<2.10"),
        ("torch==2.8.*", "torch==2.8.1"),
        ("torch!=2", "torch!=3"),
        ("torch>2", "torch>3"),
        ("Torch_vision<2", "torch-vision<1"),
        ("torch>=2.8,<2.10", "torch>=1,<2.8.1"),
    ],
)
def test_ranges_with_a_version_in_common(ranges: tuple[str, str]) -> None:
    first, second = ranges
    assert messages(*ranges) == [f"`{first}` and `{second}` have versions in common"]


@pytest.mark.parametrize(
    "ranges",
    [
        ("torch<2", "torch>=2"),
        ("torch<2", "torch>2"),
        ("torch==2.8.*", "torch==2.9.*"),
        ("torch~=2.8.0", "torch>=2.9"),
        ("torch<2", "torch>=2,<3", "torch>=3,<4"),
        ("torch>2,<2", "torch<2"),
    ],
)
def test_ranges_side_by_side(ranges: tuple[str, ...]) -> None:
    assert messages(*ranges) == []


VERSIONS = st.builds("{}.{}".format, st.integers(0, 3), st.integers(0, 3))
BOUNDS = st.builds(
    "{}{}".format, st.sampled_from(["<", "<=", ">", ">=", "==", "!=", "~="]), VERSIONS
)
RANGES = st.lists(BOUNDS, min_size=1, max_size=3).map(",".join).map("torch{}".format)


@given(RANGES, RANGES, st.builds("{}.{}".format, VERSIONS, st.integers(0, 2)))
def test_a_version_in_both_ranges_is_told(one: str, other: str, version: str) -> None:
    if holds(one, lambda _: version) and holds(other, lambda _: version):
        assert messages(one, other)


def test_what_has_no_main_output_or_another_package() -> None:
    assert messages("torch<2", source="") == ["an output of `torch<2` without a main output"]
    assert messages("torch<2", "numpy<2") == [
        "outputs of `torch<2` and of `numpy<2` for one block: which of the two holds with both?"
    ]
