"""What an editor marks while a page is written, in the words of `check` and `status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lsprotocol import types

from tests.codeout.cli.test_main import codeout
from tests.support.editor import awaited, editing, started
from tests.support.folder import tabs

if TYPE_CHECKING:
    from tests.support.editor import Editor
    from tests.support.folder import Folder

PROJECT = "[tool.codeout]\npages = ['docs']\n"
NEVER = "stale: never ran; `codeout run` refreshes it"


@editing
async def test_a_page_that_never_ran_is_marked_until_it_has_run(
    folder: Folder, editor: Editor
) -> None:
    folder.write("pyproject.toml", PROJECT)
    page = editor.open(folder.page("docs/a.md", ("1 + 1", "")))
    assert await editor.told(page) == [(3, NEVER)]
    assert editor.marks[page][0].severity is types.DiagnosticSeverity.Warning
    editor.marks.pop(page)
    assert codeout("run").exit_code == 0  # elsewhere, while the editor is open
    editor.type(page, folder.read("docs/a.md"))
    await editor.becomes(page, [])


@editing
async def test_the_lock_is_followed(folder: Folder, editor: Editor) -> None:
    folder.write("pyproject.toml", PROJECT)
    file = folder.page("docs/a.md", ("1 + 1", "2"))
    page = editor.open(file)
    assert await editor.told(page) == [(3, NEVER)]
    editor.marks.pop(page)
    assert codeout("run").exit_code == 0
    await editor.becomes(page, [])


@editing
async def test_what_is_not_saved_is_what_is_read(folder: Folder, editor: Editor) -> None:
    folder.write("pyproject.toml", PROJECT)
    file = folder.page("docs/a.md", ("1 + 1", "2"))
    assert codeout("run").exit_code == 0
    page = editor.open(file)
    assert await editor.told(page) == []
    editor.type(page, tabs("1 + 2", "2"))
    assert await editor.told(page) == [(3, "stale: code changed; `codeout run` refreshes it")]
    assert file.read_text(encoding="utf-8") == tabs("1 + 1", "2")
    editor.type(page, tabs("1 + 1", "2"))
    assert await editor.told(page) == []


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("<!-- codeout: skipp -->\n\n```python\n1\n```\n", id="unknown word"),
        pytest.param("<!-- codeout: timeout=x -->\n\n```python\n1\n```\n", id="bad value"),
        pytest.param("<!-- codeout: timeout=1 timeout=2 -->\n```python\n1\n```\n", id="twice"),
        pytest.param('```python\n--8<-- "gone.py"\n```\n', id="missing snippet"),
        pytest.param("```python\n1\n", id="open fence"),
    ],
)
def test_errors_of_form_are_told_as_check_tells_them(folder: Folder, source: str) -> None:
    folder.write("pyproject.toml", PROJECT)
    file = folder.write("docs/a.md", "Nothing yet.\n")

    async def type_it() -> list[tuple[int, str]]:
        async with started(folder.root) as editor:
            page = editor.open(file)
            await editor.told(page)
            editor.type(page, source)
            return await editor.told(page)

    told = awaited(type_it())
    folder.write("docs/a.md", source)
    checked = codeout("check").output
    assert told
    for line, message in told:
        assert f"docs/a.md:{line}: {message}" in checked


@editing
async def test_what_is_not_compared_is_noted(folder: Folder, editor: Editor) -> None:
    folder.write("pyproject.toml", PROJECT)
    source = "```python\nprint(1)\n```\n\n```text\n1\n```\n"
    page = editor.open(folder.write("docs/a.md", source))
    told = await editor.told(page)
    assert (1, NEVER) in told
    assert any(line == 5 and message.startswith("not compared") for line, message in told)
    notes = [each for each in editor.marks[page] if each.code == "not-compared"]
    assert [each.severity for each in notes] == [types.DiagnosticSeverity.Information]


@pytest.mark.parametrize(("encoding", "width"), [("utf-16", 26), ("utf-8", 28), ("utf-32", 25)])
def test_places_are_counted_as_the_editor_counts(folder: Folder, encoding: str, width: int) -> None:
    """A face is two units of UTF-16 and four of UTF-8; a form feed ends no line."""
    source = "A\fB\u2028C\n\n> <!-- codeout: skip😀 -->\n> ```python\n> 1\n> ```\n"

    async def open_it() -> types.Range:
        async with started(folder.root, encoding=encoding) as editor:
            page = editor.open(folder.write("a.md", source))
            await editor.told(page)
            return editor.marks[page][0].range

    place = awaited(open_it())
    assert (place.start.line, place.start.character) == (2, 0)
    assert (place.end.line, place.end.character) == (2, width)


@editing
async def test_documents_that_are_no_pages_are_left_alone(folder: Folder, editor: Editor) -> None:
    folder.write("pyproject.toml", PROJECT)
    wrong = "<!-- codeout: skipp -->\n\n```python\n1\n```\n"
    folder.page("docs/a.md", ("1", "1"))
    for name in ("README.md", "docs/code.py", "docs/.hidden/a.md"):
        assert await editor.told(editor.open(folder.write(name, wrong))) == []
        assert not await editor.lenses((folder.root / name).as_uri())
    cell = "vscode-notebook-cell:/a.ipynb#W0"
    item = types.TextDocumentItem(cell, "python", 1, "1")
    editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    assert await editor.lenses(cell) == []


@editing
async def test_a_page_outside_of_a_project_has_its_form_read(
    folder: Folder, editor: Editor
) -> None:
    page = editor.open(folder.page("a.md", ("1 + 1", "")))
    assert await editor.told(page) == []
    assert len(await editor.lenses(page)) == 1
    editor.type(page, "<!-- codeout: skipp -->\n\n```python\n1\n```\n")
    assert await editor.told(page) == [(1, "unknown word 'skipp'\n  hint: did you mean 'skip'?")]


@editing
async def test_a_notebook_as_text_is_a_page(folder: Folder, editor: Editor) -> None:
    folder.write("pyproject.toml", PROJECT)
    page = editor.open(folder.notebook("docs/a.ipynb", ("1 + 1", "")))
    ((_, message),) = await editor.told(page)
    assert message == NEVER
    assert len(await editor.lenses(page)) == 1
    editor.type(page, "{")
    assert "JSON" in (await editor.told(page))[0][1]


@editing
async def test_a_huge_page_is_left_to_check(folder: Folder, editor: Editor) -> None:
    folder.write("pyproject.toml", PROJECT)
    page = editor.open(folder.write("docs/a.md", "word " * 200_001))
    ((line, message),) = await editor.told(page)
    assert line == 1
    assert message.startswith("more than 1,000,000 characters are not read")


@editing
async def test_a_page_that_is_deleted_has_no_marks(folder: Folder, editor: Editor) -> None:
    folder.write("pyproject.toml", PROJECT)
    file = folder.page("docs/a.md", ("1 + 1", ""))
    folder.page("docs/b.md", ("1 + 1", ""))
    page = editor.open(file)
    assert len(await editor.told(page)) == 1
    editor.marks.pop(page)
    file.unlink()
    assert await editor.told(page) == []
    assert await editor.lenses(page) == []


@editing
async def test_a_new_page_is_one_when_it_is_saved(folder: Folder, editor: Editor) -> None:
    folder.write("pyproject.toml", PROJECT)
    await editor.told(editor.open(folder.page("docs/a.md", ("1", "1"))))
    file = folder.root / "docs/new.md"
    page = editor.open(file, tabs("1 + 1", ""))
    assert await editor.told(page) == []
    editor.save(page, file)
    await editor.becomes(page, [(3, NEVER)])


@editing
async def test_a_page_that_is_closed_has_no_marks(folder: Folder, editor: Editor) -> None:
    folder.write("pyproject.toml", PROJECT)
    page = editor.open(folder.page("docs/a.md", ("1 + 1", "")))
    assert len(await editor.told(page)) == 1
    editor.close(page)
    assert await editor.told(page) == []


@editing
async def test_settings_that_cannot_be_used_are_told(folder: Folder, editor: Editor) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npags = ['docs']\n")
    page = editor.open(folder.page("docs/a.md", ("1 + 1", "2")))
    ((line, message),) = await editor.told(page)
    assert line == 1
    assert "unknown key" in message
    assert "hint: " in message
    editor.marks.pop(page)
    folder.write("pyproject.toml", PROJECT)
    assert await editor.told(page) == [(3, NEVER)]


@editing
async def test_two_projects_do_not_meet(folder: Folder, editor: Editor) -> None:
    pages = []
    for name in ("one", "two"):
        settings = f"{PROJECT}environment = {{ WHERE = '{name}' }}\n"
        folder.write(f"{name}/pyproject.toml", settings)
        code = "import os\nos.environ['WHERE']"
        pages.append(editor.open(folder.page(f"{name}/docs/a.md", (code, ""))))
    for page, name in zip(pages, ("one", "two"), strict=True):
        assert await editor.told(page) == [(3, NEVER)]
        assert f"'{name}'" in await editor.run(page)
