"""Quick fixes: hints that are edits, which `check` then agrees with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.codeout.cli.test_main import codeout
from tests.support.editor import awaited, editing, started
from tests.support.folder import tabs

if TYPE_CHECKING:
    from tests.support.editor import Editor
    from tests.support.folder import Folder

PROJECT = "[tool.codeout]\npages = ['docs']\n"


def fixed(folder: Folder, source: str, line: int, title: str, *, run: bool = False) -> str:
    """A page after the quick fix with a title at a line, maybe after a run of all of it."""
    folder.write("pyproject.toml", PROJECT)

    async def fix() -> str:
        async with started(folder.root) as editor:
            uri = editor.open(folder.write("docs/a.md", source))
            await editor.told(uri)
            if run:
                await editor.run(uri)
            actions = await editor.actions(uri, line)
            assert title in actions, [*actions]
            editor.apply(actions[title])
            return editor.texts[uri]

    text = awaited(fix())
    folder.write("docs/a.md", text)
    return text


@pytest.mark.parametrize(
    ("before", "line", "title", "after"),
    [
        pytest.param(
            "<!-- codeout: volatil -->\n\n```python\n1\n```\n",
            1,
            "Write `volatile`",
            "<!-- codeout: volatile -->\n\n```python\n1\n```\n",
            id="a word that was meant",
        ),
        pytest.param(
            "<!-- codeout: rasies=KeyError -->\n\n```python\n{}[0]\n```\n",
            1,
            "Write `raises`",
            "<!-- codeout: raises=KeyError -->\n\n```python\n{}[0]\n```\n",
            id="a word that was meant, with a value",
        ),
        pytest.param(
            "<!-- codeout: volatile=yes rtol=1 -->\n\n```python\n1\n```\n",
            1,
            "Write `volatile`",
            "<!-- codeout: volatile rtol=1 -->\n\n```python\n1\n```\n",
            id="a value too many",
        ),
        pytest.param(
            "```python\nprint(1)\n```\n\n```text\n1\n```\n",
            5,
            "Write `<!-- codeout: out -->` before the code",
            "<!-- codeout: out -->\n```python\nprint(1)\n```\n\n```text\n1\n```\n",
            id="an output that is not compared",
        ),
    ],
)
def test_what_can_be_seen_without_a_run(
    folder: Folder, before: str, line: int, title: str, after: str
) -> None:
    assert fixed(folder, before, line, title) == after
    assert codeout("check").exit_code == 0


@pytest.mark.parametrize("indent", ["", "> "])
def test_an_error_that_the_page_means_to_show(folder: Folder, indent: str) -> None:
    source = "".join(f"{indent}{line}\n" for line in ("```python", "1 / 0", "```"))
    title = "Write `<!-- codeout: raises=ZeroDivisionError -->` before the block"
    text = fixed(folder, f"Text.\n\n{source}", 4, title, run=True)
    comment = "<!-- codeout: raises=ZeroDivisionError -->"
    assert text == f"Text.\n\n{indent}{comment}\n{source}"
    assert codeout("check").exit_code == 0


def test_an_error_that_is_gone(folder: Folder) -> None:
    source = "<!-- codeout: raises=KeyError -->\n```python\n1\n```\n"
    assert fixed(folder, source, 2, "Remove `raises=KeyError`", run=True) == source[34:]
    assert codeout("check").exit_code == 0


def test_one_word_of_several(folder: Folder) -> None:
    source = "<!-- codeout: raises=KeyError timeout=5 -->\n```python\n1\n```\n"
    text = fixed(folder, source, 2, "Remove `raises=KeyError`", run=True)
    assert text == "<!-- codeout: timeout=5 -->\n```python\n1\n```\n"


def test_a_block_that_does_not_run_and_should(folder: Folder) -> None:
    source = "<!-- codeout: skip -->\n```python\nx = 1\n```\n\n```python\nprint(x)\n```\n"
    text = fixed(folder, source, 7, "Remove `skip`", run=True)
    assert text == source.removeprefix("<!-- codeout: skip -->\n")
    assert codeout("check").exit_code == 0


@pytest.mark.parametrize("out", ["", "3"])
def test_outputs_of_a_run(folder: Folder, out: str) -> None:
    source = tabs("1 + 1", out) if out else tabs("1 + 1", out).partition('\n=== "Out"')[0]
    folder.write("docs/a.md", source)
    line = 9 if out else 3
    text = fixed(folder, source, line, "Write the outputs of this run", run=True)
    assert text == tabs("1 + 1", "2")
    assert codeout("check").exit_code == 0


@editing
async def test_hidden_code_gets_no_comment_within_a_comment(folder: Folder, editor: Editor) -> None:
    folder.write("pyproject.toml", PROJECT)
    source = "<!-- codeout: hidden\n```python\nimport nothing_by_that_name\n```\n-->\n"
    uri = editor.open(folder.write("docs/a.md", source))
    await editor.run(uri)
    assert [*await editor.actions(uri, 3)] == ["Run to here"]


@editing
async def test_a_run_can_be_asked_for_without_lenses(folder: Folder, editor: Editor) -> None:
    uri = editor.open(folder.page("a.md", ("1 + 1", "2")))
    action = (await editor.actions(uri, 4))["Run to here"]
    await editor.execute(action)
    await editor.until(lambda: editor.messages)
    assert editor.messages[0].endswith("s: 2")
