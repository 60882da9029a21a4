"""Words of other tools after the language of a fence."""

from __future__ import annotations

import pytest
from codeout.page.fence_words import as_rendered, notes_of_fence, words_in
from codeout.page.fences import find_fences
from hypothesis import given
from hypothesis import strategies as st

MAPPING = {"notest": "skip", 'test="skip*"': "skip", "error=*": "raises=*", ".no-run": "skip"}


@pytest.mark.parametrize(
    ("info", "words"),
    [
        ("python", ["python"]),
        ("python {test=\"skip\" lint='off'}", ["python", "test=skip", "lint=off"]),
        ("{python, eval=FALSE}", ["python", "eval=FALSE"]),
        ("{ .python .no-run }", [".python", ".no-run"]),
        ('py title="a, b = c" notest', ["py", "title=a, b = c", "notest"]),
        ("", []),
    ],
)
def test_words_of_a_fence(info: str, words: list[str]) -> None:
    assert words_in(info) == words


@pytest.mark.parametrize(
    ("info", "directives"),
    [
        ("python notest", ["codeout: skip"]),
        ('python {test="skip - needs a server"}', ["codeout: skip"]),
        ("python error=KeyError", ["codeout: raises=KeyError"]),
        ('python title="notest"', []),
        ("python notests", []),
        ("notest", []),
    ],
)
def test_directives_that_they_stand_for(info: str, directives: list[str]) -> None:
    assert [note.text for note in notes_of_fence(info, 1, MAPPING)] == directives


@pytest.mark.parametrize(
    ("line", "rendered"),
    [
        ("```python notest", "```python"),
        ('> ~~~ py title="x" notest hl_lines="1"', '> ~~~ py title="x" hl_lines="1"'),
        ("```python {notest}", "```python {notest}"),
        ("```console notest", "```console notest"),
        ("```python other", "```python other"),
        ("```", "```"),
        ("a notest", "a notest"),
    ],
)
def test_words_that_superfences_does_not_know_are_not_for_it(line: str, rendered: str) -> None:
    assert as_rendered(line, MAPPING) == rendered


@given(st.text("`~> py{}.=\"' notest"))
def test_without_a_mapping_each_line_stays(line: str) -> None:
    assert as_rendered(line, {}) == line


@given(st.lists(st.sampled_from(["notest", 'title="x"', 'test="skip"', "test=skip"])))
def test_a_fence_with_known_words_opens(words: list[str]) -> None:
    line = as_rendered(" ".join(["```python", *words]), MAPPING)
    (fence,) = find_fences([line, "```"])
    assert fence.python
