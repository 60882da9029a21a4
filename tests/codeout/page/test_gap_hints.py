"""What a gap says to write makes it go: each hint is followed to the letter, and the page read."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Final

import pytest
from codeout.formats import parse
from codeout.page.any_fences import any_fences
from codeout.page.code_cells import CELLS
from codeout.page.layout import Layout
from codeout.page.model import SlotKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from codeout.page.gap import Gap
    from codeout.page.model import Page

RUN: Final = Layout(console=("console",))
CODE: Final = {
    "plain": "```python\nprint(1)\n```",
    "magic": "```python\n%env A=1\nprint(1)\n#> 1\n```",
    "comments": "```python\nprint(1)\n#> 1\n```",
    "others' comments": "```python\nprint(1)  # => 1\n```",
    "typed": "```pycon\n>>> print(1)\n1\n```",
    "console": "```console\n$ echo 1\n1\n```",
    "hidden": "<!-- codeout: hidden\n```python\nprint(1)\n```\n-->",
    "skipped": "<!-- codeout: skip -->\n```python\nprint(1)\n```",
    "tab": '=== "Code"\n\n    ```python\n    print(1)\n    ```',
    "tabs": '=== "Code"\n\n    ```python\n    1\n    ```\n\n=== "Out"\n\n    ```\n    1\n    ```',
    "tab of others": '=== "Python"\n\n    ```python\n    print(1)\n    ```',
    "tab apart": '=== "Code"\n\n    ```python\n    1\n    ```\n\n=== "More"\n\n    Text.',
    "tab of others apart": '=== "Py"\n\n    ```python\n    1\n    ```\n\n=== "More"\n\n    Text.',
    "typed in a tab": '=== "Python"\n\n    ```pycon\n    >>> print(1)\n    1\n    ```',
}
BETWEEN: Final = {"nothing": "", "text": "It prints:\n\n", "comment": "<!-- a note -->\n\n"}
OUTPUT: Final = {
    "fence": "```\n1\n```",
    "text": "```text\n1\n```",
    "fence in a list": "- 1\n\n    ```text\n    1\n    ```",
    "prompts later": "```text\nPython\n>>> 1\n```",
    "prompts": "```text\n>>> 1\n```",
    "commands": "```console\n$ ls\n```",
    "commands of another shell": "```shell\n$ ls\na.txt\n```",
    "data": '```json\n{"a": 1}\n```',
    "indented": "    1",
    "pre": "<pre>\n1\n</pre>",
    "table": "| a | b |\n| - | - |\n| 1 | 2 |",
    "picture": "![a](a.png)",
    "tab": '=== "Result"\n\n    ```\n    1\n    ```',
    "tab of ours": '=== "Out"\n\n    ```\n    1\n    ```',
}
ALONE: Final = {
    "other words": "```python notest\n1\n```",
    "cell": "```{python}\n1\n```",
    "cell of MyST": "```{code-cell} ipython3\n1\n```",
    "IPython": "```ipython\nIn [1]: 1\n```",
    "transcript": "```pycon\n>>> 1\n1\n```",
    "transcript without a language": "```\n>>> 1\n1\n```",
    "indented transcript": "    >>> 1\n    1",
    "indented code": "    import os\n    print(os.sep)",
    "pre": "<pre>\nimport os\nprint(os.sep)\n</pre>",
}


@dataclass(frozen=True)
class Draft:
    """A page that somebody changes."""

    name: str
    lines: tuple[str, ...]
    layout: Layout

    @property
    def page(self) -> Page:
        """The page as it is read."""
        return parse("\n".join((*self.lines, "")).encode(), self.name, self.layout)

    def code_above(self, line: int) -> tuple[int, int]:
        """The first and the last line of the code above a line, from 0."""
        starts = (block.line - 1 for block in self.page.blocks if block.line < line)
        start = max(starts)
        fences = (fence.end for fence in any_fences(self.lines) if fence.start == start)
        return start, next(fences)

    def end_of(self, start: int) -> int:
        """The line after something that starts on a line: a fence, or a paragraph."""
        fences = (fence.end + 1 for fence in any_fences(self.lines) if fence.start == start)
        blank = (at for at in range(start, len(self.lines)) if not self.lines[at].strip())
        return next(fences, next(blank, len(self.lines)))

    def text_of(self, start: int) -> list[str]:
        """What a reader sees of it."""
        fences = [fence for fence in any_fences(self.lines) if fence.start == start]
        lines = fences[0].code if fences else self.lines[start : self.end_of(start)]
        return [line.strip() for line in lines if not line.startswith(("<pre", "</pre"))]

    def put(self, start: int, end: int, lines: Sequence[str]) -> Draft:
        """The page with other lines in place of some."""
        return replace(self, lines=(*self.lines[:start], *lines, *self.lines[end:]))


def indent_of(line: str) -> str:
    return line[: len(line) - len(line.lstrip("> "))]


def add_mark(draft: Draft, gap: Gap, mark: str, rest: str) -> Draft:
    start, end = draft.code_above(gap.line)
    at = gap.line - 1
    after = draft.end_of(at)
    indent = indent_of(draft.lines[start])
    if "right below" in rest:
        moved = [indent + line.lstrip("> ") for line in draft.lines[at:after]]
        draft = draft.put(at, after, []).put(end + 1, end + 1, ["", *moved, ""])
    elif "in place" in rest and at > end:
        draft = draft.put(at, after, [])
    elif "in place" in rest:
        draft = draft.put(at, at + 1, [])
    return draft.put(start, start, [indent + mark])


def use_tabs(draft: Draft, gap: Gap, *_: str) -> Draft:
    start, end = draft.code_above(gap.line)
    at = gap.line - 1
    after = draft.end_of(at) if at > end else at + 1
    tabbed = draft.lines[start].startswith("    ")
    code = [line for n, line in enumerate(draft.lines[start : end + 1], start) if n != at]
    head = [] if tabbed else ['=== "Code"', ""]
    body = code if tabbed else [f"    {line}" for line in code]
    out = ["", '=== "Out"', "", "    ```", "    1", "    ```", "", "Text.", ""]
    between = draft.lines[end + 1 : at]
    rest = draft.put(at, after, []).lines[max(at, end + 1) - (at <= end) :]
    return replace(draft, lines=(*draft.lines[:start], *head, *body, *out, *between, *rest))


def print_it(draft: Draft, gap: Gap, *_: str) -> Draft:
    at = gap.line - 1
    mark = "{/* codeout: out */}" if draft.name.endswith(".mdx") else "<!-- codeout: out -->"
    if draft.lines[at].startswith("==="):
        return draft.put(at, at + 5, ["Text.", "", mark, "```python", "print(1)", "```"])
    return draft.put(at, draft.end_of(at), ["Text.", "", mark, "```python", "print(1)", "```"])


def print_below(draft: Draft, gap: Gap, *_: str) -> Draft:
    at = gap.line - 1
    return draft.put(at, at + 1, [draft.lines[at].partition("  #")[0], "#> 1"])


def add_output(draft: Draft, _gap: Gap, kind: str, _: str) -> Draft:
    outputs = (*draft.layout.outputs, kind)
    return replace(draft, layout=replace(draft.layout, outputs=outputs))


def add_console(draft: Draft, _gap: Gap, language: str, _: str) -> Draft:
    return replace(draft, layout=replace(draft.layout, console=(*draft.layout.console, language)))


def add_cell(draft: Draft, _gap: Gap, cell: str, _: str) -> Draft:
    return replace(draft, layout=replace(draft.layout, fences=(*draft.layout.fences, cell)))


def use_fence(draft: Draft, gap: Gap, language: str, rest: str) -> Draft:
    at = gap.line - 1
    texts = draft.text_of(at)
    if "without prompts" in rest:
        texts = [text.partition("]: ")[2] or text for text in texts]
    return draft.put(at, draft.end_of(at), [f"```{language}", *texts, "```"])


def name_tabs(draft: Draft, gap: Gap, names: str, place: str) -> Draft:
    found = {key: json.loads(labels) for key, labels in re.findall(r"`(\w+) = (\[.*?\])`", names)}
    layout = replace(draft.layout, **{key: tuple(labels) for key, labels in found.items()})
    lines = [*draft.lines]
    if "right after" in place:  # the tab between the two goes
        end = gap.line - 1
        start = max(at for at in range(end) if lines[at].startswith("==="))
        del lines[start:end]
    return replace(draft, lines=tuple(lines), layout=layout)


def mark_to_run(draft: Draft, gap: Gap, mark: str, _: str) -> Draft:
    at = gap.line - 1
    return draft.put(at, at, [indent_of(draft.lines[at]) + mark])


FOLLOW: Final[dict[str, Callable[[Draft, Gap, str, str], Draft]]] = {
    r"`((?:<!--|\{/\*) codeout: out (?:-->|\*/\}))` before the code(.*)": add_mark,
    r"`((?:<!--|\{/\*) codeout: run (?:-->|\*/\}))` before it()": mark_to_run,
    r"an (output) tab()": use_tabs,
    r"(code) of its own that prints it()": print_it,
    r"`(#>) …` below a `print`()": print_below,
    r"`(\w+)` in `outputs`()": add_output,
    r"`console = \[\"(.*)\"\]` in \[tool.codeout\]()": add_console,
    r"`(\{.*\})` in `fences`()": add_cell,
    r"a fence `(\w+)`(.*)": use_fence,
    r"(`(?:code|out) = \[.*\]`)?(?: and )?(the tab right after `\w+`)?": name_tabs,
}


def follow(draft: Draft, gap: Gap) -> Draft:
    for pattern, step in FOLLOW.items():
        if found := re.fullmatch(pattern, gap.nearest):
            return step(draft, gap, *found.groups(default=""))
    raise AssertionError(f"nobody knows how to follow {gap.nearest!r}")


def assert_hints_help(draft: Draft) -> None:
    assert not draft.page.problems
    for gap in draft.page.gaps:
        if gap.nearest:
            after = follow(draft, gap)
            shown = "\n".join(after.lines)
            told = [each.what for each in after.page.gaps]
            before = [each.what for each in draft.page.gaps]
            assert not after.page.problems, (gap, after.page.problems, shown)
            assert told.count(gap.what) < before.count(gap.what), (gap, after.page.gaps, shown)


@pytest.mark.parametrize(
    ("code", "output", "suffix"),
    [
        (code, output, suffix)
        for code, output, suffix in product(CODE, OUTPUT, [".md", ".mdx", ".qmd"])
        if suffix == ".md" or "tab" not in code + output  # nobody sees tabs elsewhere
        if (code, output) != ("tabs", "tab of ours")  # a second output tab is an error
    ],
)
def test_hints_for_outputs_help(code: str, output: str, suffix: str) -> None:
    for between in BETWEEN.values():
        text = f"# Title\n\n{CODE[code]}\n\n{between}{OUTPUT[output]}\n"
        if suffix == ".mdx":
            text = text.replace("<!--", "{/*").replace("-->", "*/}")
        assert_hints_help(Draft(f"page{suffix}", tuple(text.split("\n")), RUN))


@pytest.mark.parametrize(
    "layout",
    [
        Layout(),
        Layout(outputs=(SlotKind.TABS,)),
        Layout(outputs=(SlotKind.FENCE,)),
        Layout(run="marked"),
        Layout(fences=CELLS),
    ],
    ids=["default", "tabs", "fence", "marked", "cells"],
)
@pytest.mark.parametrize("code", [*CODE.values(), *ALONE.values()], ids=[*CODE, *ALONE])
def test_hints_for_code_help(code: str, layout: Layout) -> None:
    for name in ("page.md", "page.mdx"):
        text = code.replace("<!--", "{/*").replace("-->", "*/}") if name == "page.mdx" else code
        draft = Draft(name, (*text.split("\n"), ""), layout)
        if not draft.page.problems:  # a transcript in a Python fence, where none is looked for
            assert_hints_help(draft)


def test_hints_are_in_the_comments_of_the_page() -> None:
    marked = replace(RUN, run="marked")
    for name, comment in (("a.mdx", "{/* codeout: run */}"), ("a.md", "<!-- codeout: run -->")):
        (gap,) = parse(b"```python\nx = 1\n```\n", name, marked).gaps
        assert gap.nearest == f"`{comment}` before it"


def test_a_comment_with_a_problem_is_told_alone() -> None:
    """What the fence below it lacks follows from it."""
    twice = "```python\nprint(1)\n#> 1\n```\n\n<!-- codeout: out -->\n```\n1\n```\n"
    page = parse(twice.encode(), "page.md")
    assert [problem.line for problem in page.problems] == [6]
    assert not page.gaps
    assert parse(twice.replace("<!-- codeout: out -->\n", "").encode(), "page.md").gaps


def test_tabs_that_the_settings_do_not_list_are_told() -> None:
    tabs = CODE["tabs"].encode()
    without = parse(tabs, "page.md", Layout(outputs=(SlotKind.FENCE,)))
    (gap,) = without.gaps
    assert (without.slots, gap.line) == ((), 7)
    assert gap.nearest == "`tabs` in `outputs`"
    assert parse(tabs, "page.md", Layout(outputs=(SlotKind.FENCE, SlotKind.TABS))).slots
