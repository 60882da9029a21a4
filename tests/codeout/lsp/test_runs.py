"""Runs from an editor: up to a block, without writing, and isolated as a check is."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.codeout.cli.test_main import codeout
from tests.codeout.sandbox.test_client import needs_bwrap
from tests.support.editor import awaited, editing, started
from tests.support.folder import tabs
from tests.support.processes import gone, with_in_environment

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.editor import Editor
    from tests.support.folder import Folder

PROJECT = "[tool.codeout]\npages = ['docs']\n"
COUNTED = "with open({log!r}, 'a') as log:\n    _ = log.write('{name} ')\nx = '{name}'\nx"


def page(folder: Folder, *outs: str) -> Path:
    """A page whose blocks tell a file that they ran."""
    folder.write("pyproject.toml", PROJECT)
    log = str(folder.root / "log")
    blocks = (COUNTED.format(log=log, name="abcdef"[at]) for at in range(len(outs)))
    return folder.page("docs/a.md", *zip(blocks, outs, strict=True))


def files(folder: Folder) -> set[str]:
    return {each.relative_to(folder.root).as_posix() for each in folder.root.rglob("*")}


def running(variable: str) -> set[int]:
    """The processes with a variable in their environment, once there are some."""
    while not (held := with_in_environment(variable)):
        time.sleep(0.1)
    return held


@editing
async def test_nothing_runs_until_it_is_asked_for(folder: Folder, editor: Editor) -> None:
    uri = editor.open(page(folder, "", ""))
    await editor.told(uri)
    editor.type(uri, editor.texts[uri] + "\n")
    await editor.told(uri)
    await editor.hover(uri, 3)
    assert [each.command.title for each in await editor.lenses(uri) if each.command] == [
        "Run to here",
        "Run to here",
    ]
    assert "log" not in files(folder)


@editing
async def test_a_run_ends_with_its_block_and_writes_nothing(folder: Folder, editor: Editor) -> None:
    file = page(folder, "", "'b'", "")
    before = file.read_text(encoding="utf-8")
    uri = editor.open(file)
    shown = await editor.run(uri, 1)
    assert shown.endswith("s: 'b'\noutputs that differ from the page: 1")
    assert folder.read("log") == "a b "
    assert file.read_text(encoding="utf-8") == before
    assert "codeout.lock" not in files(folder)
    titles = [each.command.title for each in await editor.lenses(uri) if each.command]
    assert titles == ["Run to here: 'a'", "Run to here: 'b'", "Run to here"]
    assert (await editor.told(uri))[1] == (
        12,
        "the output is missing\n  hint: `codeout run` writes it",
    )


@editing
async def test_what_has_not_changed_does_not_run_again(folder: Folder, editor: Editor) -> None:
    uri = editor.open(page(folder, "", "", ""))
    await editor.run(uri, 2)
    editor.type(uri, editor.texts[uri].replace("x = 'b'", "x = 'B'"))
    assert "'B'" in await editor.run(uri, 1)
    assert folder.read("log") == "a b c b "
    titles = [each.command.title for each in await editor.lenses(uri) if each.command]
    assert titles == ["Run to here: 'a'", "Run to here: 'B'", "Run to here"]


@editing
async def test_marks_move_with_their_blocks_and_go_when_these_change(
    folder: Folder, editor: Editor
) -> None:
    file = folder.page("docs/a.md", ("1 + 1", "3"), ("1 / 0", ""))
    folder.write("pyproject.toml", PROJECT)
    uri = editor.open(file)
    await editor.run(uri)
    raised = (
        "raised ZeroDivisionError: division by zero\n  hint: if the page means to show this, write "
        "`<!-- codeout: raises=ZeroDivisionError -->` before the block"
    )
    assert (16, raised) in await editor.told(uri)
    editor.type(uri, "A line.\n\n" + editor.texts[uri])
    assert (18, raised) in await editor.told(uri)
    editor.type(uri, editor.texts[uri].replace("1 / 0", "1 / 2"))
    assert raised not in dict(await editor.told(uri)).values()


@editing
async def test_a_block_shows_how_it_was_made(folder: Folder, editor: Editor) -> None:
    folder.write("pyproject.toml", PROJECT)
    file = folder.page("docs/a.md", ("import click\n1 + 1", ""))
    uri = editor.open(file)
    assert await editor.hover(uri, 4) == "```text\nBlock 1 of 1: never ran\n```"
    assert await editor.hover(uri, 1) == ""
    assert codeout("run").exit_code == 0
    editor.type(uri, folder.read("docs/a.md"))
    shown = await editor.hover(uri, 10)
    version = ".".join(map(str, sys.version_info[:3]))
    assert shown.startswith("```text\nBlock 1 of 1: made on 20")
    assert f"with Python {version}, click 8." in shown
    assert "on cpu; the page took " in shown
    editor.type(uri, editor.texts[uri].replace("1 + 1", "1 + 2"))
    assert (await editor.hover(uri, 10)).endswith("; stale: code changed\n```")
    await editor.run(uri)
    assert "as it ran here in " in await editor.hover(uri, 5)
    assert "```text\n3\n```" in await editor.hover(uri, 5)
    assert "-2\n+3" in await editor.hover(uri, 10)


@editing
async def test_what_a_page_prints_is_no_link(folder: Folder, editor: Editor) -> None:
    link = "![x](https://example.org/x.png) [x](command:x) ``` \\x1b[31m"
    uri = editor.open(folder.page("a.md", (f"print('{link}')", "")))
    shown = await editor.run(uri)
    assert "](" not in shown
    assert "\x1b" not in shown
    hovered = await editor.hover(uri, 4)
    assert "````text\n![x](https" in hovered
    assert "\x1b" not in hovered


@editing
async def test_sessions_run_by_themselves(folder: Folder, editor: Editor) -> None:
    source = tabs("x = 1\nx", "").replace("    ```py", "    <!-- codeout: group=a -->\n    ```py")
    folder.write("pyproject.toml", PROJECT)
    uri = editor.open(folder.write("docs/a.md", source + "\n" + tabs("'x' in dir()", "")))
    assert "False" in await editor.run(uri, 1)
    assert "1" in await editor.run(uri, 0)


@editing
async def test_statements_at_prompts_run_as_one(folder: Folder, editor: Editor) -> None:
    folder.write("pyproject.toml", PROJECT)
    uri = editor.open(folder.write("docs/a.md", "```pycon\n>>> 1 + 1\n2\n>>> 1 + 2\n4\n```\n"))
    assert len(await editor.lenses(uri)) == 1
    assert "outputs that differ from the page: 1" in await editor.run(uri)
    assert (5, "the output differs\n  hint: `codeout run` writes it") in await editor.told(uri)


@editing
async def test_a_run_can_be_stopped(folder: Folder, editor: Editor) -> None:
    folder.write("pyproject.toml", PROJECT + "environment = { STOPPED = 'by-an-editor' }\n")
    uri = editor.open(folder.page("docs/a.md", ("import time\ntime.sleep(600)", "")))
    (run,) = await editor.lenses(uri)
    await editor.execute(run.command)
    held = await asyncio.to_thread(running, "STOPPED=by-an-editor")
    (stop,) = await editor.lenses(uri)
    assert stop.command
    assert stop.command.title == "Running line 3: stop"
    await editor.execute(stop.command)
    assert all(map(gone, held))
    assert [each.command.title for each in await editor.lenses(uri) if each.command] == [
        "Run to here"
    ]


@editing
async def test_a_stop_ends_all_runs_of_the_project(folder: Folder, editor: Editor) -> None:
    folder.write("pyproject.toml", PROJECT)
    pages = [folder.page(f"docs/{name}.md", ("import time\ntime.sleep(600)", "")) for name in "ab"]
    one, other = (editor.open(each) for each in pages)
    for uri in (one, other):
        await editor.execute((await editor.lenses(uri))[0].command)
    (stop,) = await editor.lenses(one)
    await editor.execute(stop.command)
    for uri in (one, other):
        titles = [each.command.title for each in await editor.lenses(uri) if each.command]
        assert titles == ["Run to here"]


@pytest.mark.parametrize("killed", [False, True], ids=["closed", "killed"])
def test_nothing_outlives_an_editor(folder: Folder, *, killed: bool) -> None:
    folder.write("pyproject.toml", PROJECT + "environment = { HELD = 'by-an-editor' }\n")
    file = folder.page("docs/a.md", ("import time\ntime.sleep(600)", ""))

    async def end() -> set[int]:
        async with started(folder.root, cold=True) as editor:
            uri = editor.open(file)
            await editor.execute((await editor.lenses(uri))[0].command)
            held = await asyncio.to_thread(running, "HELD=by-an-editor")
            if killed:
                editor.kill()
            return held

    assert all(map(gone, awaited(end())))


@editing
async def test_pages_have_no_network(folder: Folder, editor: Editor) -> None:
    folder.write("pyproject.toml", PROJECT)
    code = "import socket\nsocket.create_connection(('192.0.2.1', 80))"
    uri = editor.open(folder.page("docs/a.md", (code, "")))
    shown = await editor.run(uri)
    assert "tried to reach 192.0.2.1" in shown
    assert "allow the network with `--online`" in shown


@needs_bwrap
def test_pages_see_no_private_files_in_the_sandbox(folder: Folder) -> None:
    folder.write("pyproject.toml", PROJECT)
    file = folder.page("docs/a.md", ("import os\nx = os.path.exists('/proc/1/exe')", ""), ("x", ""))

    async def run() -> str:
        async with started(folder.root, "--sandbox") as editor:
            return await editor.run(editor.open(file))

    assert "s: False" in awaited(run())


def test_a_module_of_the_project_takes_the_place_of_none_of_ours(folder: Folder) -> None:
    async def run() -> str:
        async with started(folder.root, cold=True) as editor:
            for name in ("json", "codeout", "pygls", "asyncio"):
                folder.write(f"{name}.py", "raise SystemExit('not here')\n")
            return await editor.run(editor.open(page(folder, "")))

    assert "'a'" in awaited(run())


@editing
async def test_modules_to_preload_that_are_not_there_are_told(
    folder: Folder, editor: Editor
) -> None:
    folder.write("pyproject.toml", PROJECT + "preload = ['nothing_by_that_name']\n")
    uri = editor.open(folder.page("docs/a.md", ("1", "")))
    shown = await editor.run(uri)
    assert "`preload` in [tool.codeout] names nothing_by_that_name: no such module" in shown


def test_without_its_library_the_command_says_what_is_missing(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    del folder
    for name in [each for each in sys.modules if each.startswith("codeout.lsp")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pygls", None)
    monkeypatch.setitem(sys.modules, "lsprotocol", None)
    told = codeout("lsp")
    assert told.exit_code == 2
    assert told.stderr == (
        "codeout: `codeout lsp` needs pygls\n"
        '  hint: install it into this Python: `pip install "codeout[lsp]"`\n'
    )


def test_the_server_ends_with_its_input(folder: Folder) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "codeout", "lsp"],
        cwd=folder.root,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
        env=dict(os.environ),
    )
    assert done.stdout == b""
