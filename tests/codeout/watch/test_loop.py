"""``codeout watch``: what is saved is run as far as it has to be, and written."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.config import toml
from codeout.engine.project import Project
from codeout.fs.regular import read_regular
from codeout.watch.beside import EachTurn
from codeout.watch.events import PageSettled
from codeout.watch.loop import Watch

from tests.support.processes import gone, with_in_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from codeout.engine.update import Update
    from codeout.errors import Problem

    from tests.support.folder import Folder

PROGRAM = Path(sys.executable).with_name("codeout")
MARK = f"TEST_OF_WATCH={os.getpid()}"
SETTINGS = "[tool.codeout]\npages = ['docs']\nsnippets = ['snippets']\njobs = 2\n"
SECONDS = 120  # a busy machine gets there too


class Rested(Exception):  # noqa: N818  # no error: the test is over
    """Nothing has happened for a while."""


class Watched:
    """A watch in a process of its own, whose lines can be waited for."""

    def __init__(self, folder: Folder, *arguments: str) -> None:
        name, _, value = MARK.partition("=")
        self.process = subprocess.Popen(
            [PROGRAM, "watch", *arguments],
            cwd=folder.root,
            env={**os.environ, name: value},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self) -> None:
        """Take the lines as they come."""
        assert self.process.stdout
        with self.process.stdout as lines:
            for line in lines:
                self.lines.put(line.rstrip("\n"))

    def line(self) -> str:
        """The next line."""
        return self.lines.get(timeout=SECONDS)

    def line_with(self, text: str) -> str:
        """The next line that holds a text; those before it are passed over."""
        while text not in (line := self.line()):
            pass
        return line

    def rest(self) -> list[str]:
        """All lines until it ends by itself."""
        self.process.wait(SECONDS)
        self.reader.join()
        return [self.lines.get() for _ in range(self.lines.qsize())]

    def silent(self) -> bool:
        """Whether nothing is told for a while."""
        time.sleep(0.5)
        return self.lines.empty()

    def end(self, by: signal.Signals) -> int:
        """End it; returns its exit status."""
        self.process.send_signal(by)
        return self.process.wait(SECONDS)


@pytest.fixture
def begin(folder: Folder) -> Iterator[Callable[..., Watched]]:
    """Begins watches, and sees that nothing is left of them."""
    folder.write("pyproject.toml", SETTINGS)
    folder.write("docs/first.md", "# Nothing to run\n")
    begun: list[Watched] = []

    def make(*arguments: str) -> Watched:
        begun.append(Watched(folder, *arguments))
        first = begun[-1].line()
        assert first.startswith("watching "), "\n".join([first, *begun[-1].rest()])
        return begun[-1]

    yield make
    for watched in begun:
        watched.end(signal.SIGKILL)
        watched.reader.join()
    assert all(map(gone, with_in_environment(MARK)))


def begin_with_two_blocks(folder: Folder, begin: Callable[..., Watched]) -> tuple[Watched, str]:
    """A watch that has run both blocks of ``docs/a.md``, and that page as it was written."""
    folder.page("docs/a.md", ("import os; x = os.getpid()", ""), ("print(1)", "?"))
    watched = begin()
    assert watched.line().startswith("docs/a.md: written; blocks 1 to 2 of 2 ran in ")
    page = folder.read("docs/a.md")
    return watched, page


def test_what_is_stale_runs_at_first_and_what_is_saved_runs_then(
    folder: Folder, begin: Callable[..., Watched]
) -> None:
    watched, page = begin_with_two_blocks(folder, begin)
    folder.write("docs/a.md", page.replace("print(1)", "print(2)"))
    told = watched.line()
    assert told.startswith("docs/a.md: written; block 2 of 2 ran in ")
    assert " s, and the checkpoint before block 2 saved " in told
    assert "\n    2\n" in folder.read("docs/a.md")
    assert watched.silent()
    assert Project.open().status(Project.open().plans()[0]).fresh


def test_a_page_that_is_emptied_and_then_written_is_saved_once(
    folder: Folder, begin: Callable[..., Watched]
) -> None:
    watched, page = begin_with_two_blocks(folder, begin)
    folder.write("docs/a.md", "")
    time.sleep(0.1)
    folder.write("docs/a.md", page.replace("print(1)", "print(2)"))
    assert watched.line().startswith("docs/a.md: written; block 2 of 2 ran in ")
    folder.write("docs/a.md", "")
    assert watched.line() == "docs/a.md: unchanged; no block ran; nothing to run"


def test_prose_runs_nothing_and_outputs_that_were_edited_are_put_right(
    folder: Folder, begin: Callable[..., Watched]
) -> None:
    folder.page("docs/a.md", ("import time; print(time.time_ns())", "?"))
    watched = begin()
    watched.line()
    page = folder.read("docs/a.md")
    folder.write("docs/a.md", f"Prose.\n\n{page}")
    assert watched.silent()
    assert folder.read("docs/a.md") == f"Prose.\n\n{page}"
    number = page.split("```")[3].strip()
    folder.write("docs/a.md", page.replace(number, "by hand"))
    assert watched.line().startswith("docs/a.md: written; no block ran; true")
    assert folder.read("docs/a.md") == page


def test_a_page_that_is_named_runs_at_once_though_it_is_fresh(
    folder: Folder, begin: Callable[..., Watched]
) -> None:
    folder.page("docs/a.md", ("print(1)", "1"))
    first = begin("docs/a.md")
    assert first.line().startswith("docs/a.md: unchanged; block 1 of 1 ran in ")
    assert first.end(signal.SIGTERM) == 0
    again = begin("docs/a.md")
    assert again.line().startswith("docs/a.md: unchanged; block 1 of 1 ran in ")
    folder.page("docs/b.md", ("print(1)", "?"))
    assert again.silent(), "it was not named"


def test_without_settings_a_page_is_watched_as_well(
    folder: Folder, begin: Callable[..., Watched]
) -> None:
    (folder.root / "pyproject.toml").unlink()
    folder.page("docs/a.md", ("x = 1", ""), ("print(x)", "?"))
    watched = begin("docs/a.md")
    assert watched.line().startswith("docs/a.md: written; blocks 1 to 2 of 2 ran in ")
    assert watched.silent(), "what it has written is no change"
    folder.write("docs/a.md", folder.read("docs/a.md").replace("(x)", "(x + 1)"))
    assert watched.line().startswith("docs/a.md: written; block 2 of 2 ran in ")


def test_a_failure_is_told_once_and_mended_by_the_next_save(
    folder: Folder, begin: Callable[..., Watched]
) -> None:
    folder.page("docs/a.md", ("x = 1", ""), ("1 / 0", "?"))
    watched = begin()
    assert "raised ZeroDivisionError" in watched.line()
    told = [watched.line() for _ in range(6)][-1]
    assert told.startswith("docs/a.md: failed; blocks 1 to 2 of 2 ran in ")
    folder.write("docs/first.md", "# Another page\n")
    assert watched.silent()
    folder.write("docs/a.md", folder.read("docs/a.md").replace("1 / 0", "x"))
    assert watched.line().startswith("docs/a.md: written; block 2 of 2 ran in ")


@pytest.mark.parametrize(
    ("code", "outcome"), [("print(2)", "written"), ("x = 2", "unchanged"), ("1 / 0", "failed")]
)
def test_the_same_edit_runs_again_once_the_page_was_as_before(
    folder: Folder, begin: Callable[..., Watched], code: str, outcome: str
) -> None:
    folder.page("docs/a.md", ("x = 1", ""))
    watched = begin("docs")
    watched.line_with("docs/a.md: ")
    before = {name: folder.read(name) for name in ("codeout.lock", "docs/a.md")}
    for count in range(3):
        folder.page("docs/a.md", (code, ""))
        watched.line_with(f"docs/a.md: {outcome}; ")
        for name, text in before.items():
            folder.write(name, text)
        folder.page("docs/b.md", (f"print({count})", "?"))
        watched.line_with("docs/b.md: written; ")


def test_a_page_that_was_gone_meanwhile_fails_once_more(
    folder: Folder, begin: Callable[..., Watched]
) -> None:
    page = folder.page("docs/a.md", ("1 / 0", "?"))
    watched = begin()
    watched.line_with("docs/a.md: failed; ")
    text = page.read_text()
    page.unlink()
    folder.page("docs/b.md", ("print(1)", "?"))
    watched.line_with("docs/b.md: written; ")
    page.write_text(text)
    watched.line_with("docs/a.md: failed; ")


@pytest.mark.parametrize("name", ["far/data.txt", "far/module.py"])
def test_a_page_that_failed_hears_that_what_it_read_is_mended(
    folder: Folder, begin: Callable[..., Watched], name: str
) -> None:
    texts = {"far/data.txt": "{}", "far/module.py": "value = {}"}
    for file, text in texts.items():
        folder.write(file, text.format(0))
    path = f"import sys; sys.path.insert(0, {str(folder.root / 'far')!r})"
    reading = f"data = int(open({str(folder.root / 'far/data.txt')!r}).read())"
    folder.page("docs/a.md", (f"{path}\n{reading}\nimport module; 1 / (data + module.value)", "?"))
    watched = begin()
    watched.line_with("docs/a.md: failed; block 1 of 1 ran in ")
    assert watched.silent(), "nothing has changed"
    folder.write(name, texts[name].format("0 "))
    watched.line_with("docs/a.md: failed; block 1 of 1 ran in ")
    folder.write(name, texts[name].format("2  "))
    assert watched.line().startswith("docs/a.md: written; block 1 of 1 ran in ")
    assert "\n    0.5\n" in folder.read("docs/a.md")


@pytest.mark.parametrize("name", ["far/data.txt", "far/module.py"])
def test_a_page_that_failed_for_a_missing_file_hears_when_it_is_there(
    folder: Folder, begin: Callable[..., Watched], name: str
) -> None:
    texts = {"far/data.txt": "1", "far/module.py": "value = 1"}
    for file, text in texts.items():
        folder.write(file, text)
    path = f"import sys; sys.path.insert(0, {str(folder.root / 'far')!r})"
    reading = f"print(open({str(folder.root / 'far/data.txt')!r}).read())"
    folder.page("docs/a.md", (f"{path}\nimport module\n{reading}", "?"))
    watched = begin()
    watched.line_with("docs/a.md: written; ")
    (folder.root / name).unlink()
    watched.line_with("docs/a.md: failed; ")
    folder.write(name, texts[name])
    assert watched.line().startswith("docs/a.md: unchanged; block 1 of 1 ran in ")


def test_a_save_leaves_a_run_alone_that_began_anew_for_a_file(
    folder: Folder, begin: Callable[..., Watched]
) -> None:
    data, runs, go = (folder.write(name, "") for name in ("data.txt", "runs", "go"))
    reading = f"open({str(data)!r}).read(); print('x', end='', file=open({str(runs)!r}, 'a'))"
    waiting = f"import os, time\nwhile not os.path.exists({str(go)!r}): time.sleep(0.01)"
    page = folder.page("docs/a.md", (f"{reading}\n{waiting}", ""))
    watched = begin()
    watched.line_with("docs/a.md: ")
    go.unlink()
    data.write_text("other")
    until = time.monotonic() + SECONDS
    while runs.read_text() != "xx" and time.monotonic() < until:
        time.sleep(0.05)
    page.write_text(f"Prose.\n\n{page.read_text()}")
    folder.page("docs/b.md", ("print(1)", "?"))
    watched.line_with("docs/b.md: written; ")
    go.touch()
    watched.line_with("docs/a.md: ")
    assert runs.read_text() == "xx"


@pytest.mark.parametrize(("end", "outcome"), [("print(1)", "written"), ("1 / 0", "failed")])
def test_a_file_that_the_page_itself_changes_does_not_make_it_run_on(
    folder: Folder, begin: Callable[..., Watched], end: str, outcome: str
) -> None:
    count = folder.write("count.txt", "0")
    step = "number = int(count.read_text()) + 1; count.write_text(str(number))"
    code = f"from pathlib import Path\ncount = Path({str(count)!r})\n{step}\n{end}"
    folder.page("docs/a.md", (code, "?"))
    watched = begin()
    watched.line_with(f"docs/a.md: {outcome}; ")
    assert watched.silent()
    assert count.read_text() == "1"


def sleeping(folder: Folder) -> tuple[tuple[str, str], ...]:
    """Blocks of which the second says that it runs, and runs on."""
    say = f"open({str(folder.root / 'begun')!r}, 'w').close()"
    return ("x = 1", ""), (f"{say}\nimport time; time.sleep(1000)", "?")


def wait_for(file: Path) -> None:
    until = time.monotonic() + SECONDS
    while not file.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert file.exists()


def test_a_save_stops_what_it_makes_out_of_date(
    folder: Folder, begin: Callable[..., Watched]
) -> None:
    folder.page("docs/a.md", *sleeping(folder))
    watched = begin()
    wait_for(folder.root / "begun")
    page = folder.read("docs/a.md")
    folder.write("docs/a.md", page.replace("import time; time.sleep(1000)", "print(2)"))
    assert watched.line().startswith("docs/a.md: written; block 2 of 2 ran in ")


@pytest.mark.parametrize("arguments", [(), ("docs/a.md",)], ids=["all", "named"])
def test_the_run_of_a_page_that_is_gone_ends(
    folder: Folder, begin: Callable[..., Watched], arguments: tuple[str, ...]
) -> None:
    begun = folder.root / "begun"
    say = f"part = Path({str(begun)!r} + '.part'); part.write_text(str(os.getpid()))"
    code = f"import os, time\nfrom pathlib import Path\n{say}; part.rename({str(begun)!r})"
    page = folder.page("docs/a.md", (f"{code}\ntime.sleep(1000)", "?"))
    watched = begin(*arguments)
    wait_for(begun)
    page.unlink()
    assert gone(int(begun.read_text()))
    begun.unlink()
    page = folder.page("docs/a.md", ("print(2)", "?"))
    watched.line_with("docs/a.md: written; block 1 of 1 ran in ")


def test_a_page_that_cannot_be_read_is_told(folder: Folder, begin: Callable[..., Watched]) -> None:
    (folder.root / "docs/a.md").symlink_to("a.md")
    watched = begin()
    assert watched.line().startswith("docs/a.md: cannot be read: ")


def test_a_save_as_the_page_is_written_is_nothing_to_tell_of(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = folder.page("docs/a.md", ("print(1)", "?"))
    write = Project.write

    def late(project: Project, update: Update) -> tuple[Problem, ...]:
        if b"print(1)" in update.plan.source:
            folder.page("docs/a.md", ("print(2)", "?"))
        return write(project, update)

    monkeypatch.setattr(Project, "write", late)
    with closing(Watch(folder.root, [page], lambda _: None).events()) as events:
        settled = next(event for event in events if isinstance(event, PageSettled))
    assert settled.outcome == "written"
    assert "\n    2\n" in page.read_text()


def test_a_saved_edit_reads_the_settings_once_and_the_lock_again_before_it_replaces_it(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("pyproject.toml", SETTINGS)
    page = folder.page("docs/a.md", ("print(1)", "?"))
    read: list[str] = []

    def counted(file: Path, largest: int) -> bytes:
        read.append(file.name)
        return read_regular(file, largest)

    monkeypatch.setattr(toml, "read_regular", counted)
    outcomes: list[str] = []
    rests_at = float("inf")

    def edit_once() -> None:
        nonlocal rests_at
        if time.monotonic() < rests_at:
            return
        if len(outcomes) > 1:
            raise Rested
        read.clear()
        page.write_text(page.read_text().replace("print(1)", "print(2)"))
        rests_at = float("inf")

    watch = Watch(folder.root, [], lambda _: None)
    with suppress(Rested), closing(watch.events(EachTurn(edit_once))) as events:
        for event in events:
            if isinstance(event, PageSettled):
                outcomes.append(event.outcome)
                rests_at = time.monotonic() + 1
    assert outcomes == ["written", "written"]
    assert sorted(read) == ["codeout.lock", "codeout.lock", "pyproject.toml"]


def test_a_page_that_cannot_be_written_is_told_once(
    folder: Folder, begin: Callable[..., Watched]
) -> None:
    page = folder.page("docs/a.md", ("print(1)", "?"))
    page.chmod(0o444)
    watched = begin()
    assert watched.line() == "docs/a.md: cannot be written: it is read-only"
    watched.line_with("docs/a.md: failed; block 1 of 1 ran in ")
    folder.write("docs/first.md", "# Another page\n")
    assert watched.silent()


@pytest.mark.parametrize("name", ["snippets/part.py", "data.txt", "module.py"])
def test_what_pages_are_made_of_is_watched(
    folder: Folder, begin: Callable[..., Watched], name: str
) -> None:
    texts = {"snippets/part.py": "part = {}", "data.txt": "{}", "module.py": "value = {}"}
    for file, text in texts.items():
        folder.write(file, text.format(1))
    path = f"import sys; sys.path.insert(0, {str(folder.root)!r})"
    reading = f"data = open({str(folder.root / 'data.txt')!r}).read()"
    folder.page(
        "docs/a.md",
        ('--8<-- "part.py"', ""),
        (f"{path}\n{reading}\nimport module", ""),
        ("print(part, data, module.value)", "?"),
    )
    watched = begin()
    watched.line()
    assert "\n    1 1 1\n" in folder.read("docs/a.md")
    folder.write(name, texts[name].format(2))
    assert watched.line().startswith("docs/a.md: written; blocks 1 to 3 of 3 ran in ")
    assert sorted(folder.read("docs/a.md").split("```")[-2].split()) == ["1", "1", "2"]


def test_pages_that_are_new_are_found_in_new_folders_too(
    folder: Folder, begin: Callable[..., Watched]
) -> None:
    watched = begin()
    folder.page("docs/new.md", ("print(1)", "?"))
    assert watched.line().startswith("docs/new.md: written; ")
    (folder.root / "docs/below").mkdir()
    time.sleep(1)
    folder.page("docs/below/new.md", ("print(1)", "?"))
    assert watched.line().startswith("docs/below/new.md: written; ")
    (folder.root / "docs/new.md").unlink()
    assert watched.silent()


def empty(docs: Path) -> None:
    shutil.rmtree(docs)
    docs.mkdir()


def bring_back(docs: Path) -> None:
    docs.rename(docs.with_name("away"))
    shutil.copytree(docs.with_name("away"), docs)


@pytest.mark.parametrize("arguments", [(), ("docs/sub/a.md",)], ids=["all", "named"])
@pytest.mark.parametrize("replaced", ["docs", "docs/sub"])
@pytest.mark.parametrize("replace", [empty, bring_back])
def test_pages_in_a_folder_that_is_made_anew_are_heard(
    folder: Folder,
    begin: Callable[..., Watched],
    replace: Callable[[Path], None],
    replaced: str,
    arguments: tuple[str, ...],
) -> None:
    folder.page("docs/sub/a.md", ("print(1)", "?"))
    watched = begin(*arguments)
    watched.line_with("docs/sub/a.md: written; ")
    replace(folder.root / replaced)
    for code in ("print(2)", "print(3)"):
        folder.page("docs/sub/a.md", (code, "?"))
        watched.line_with("docs/sub/a.md: written; ")


def test_a_page_that_is_gone_for_a_while_is_told_once_and_runs_when_it_is_back(
    folder: Folder, begin: Callable[..., Watched]
) -> None:
    folder.page("docs/a.md", ("print(1)", "?"))
    watched = begin("docs/a.md")
    watched.line()
    shutil.rmtree(folder.root / "docs")
    assert watched.line() == "codeout: docs/a.md: no such file or folder"
    (folder.root / "docs").mkdir()
    assert watched.silent()
    folder.page("docs/a.md", ("print(2)", "?"))
    assert watched.line().startswith("docs/a.md: written; ")


def test_snippets_in_a_folder_that_is_made_anew_are_heard(
    folder: Folder, begin: Callable[..., Watched]
) -> None:
    folder.write("snippets/part.py", "print(1)")
    folder.page("docs/a.md", ('--8<-- "part.py"', "?"))
    watched = begin()
    watched.line()
    empty(folder.root / "snippets")
    for code in ("print(2)", "print(3)"):
        folder.write("snippets/part.py", code)
        watched.line_with("docs/a.md: written; ")
        assert watched.silent(), "its own writing is over"


def test_settings_that_cannot_be_used_are_told_and_the_old_ones_hold(
    folder: Folder, begin: Callable[..., Watched]
) -> None:
    watched = begin()
    folder.write("pyproject.toml", f"{SETTINGS}timeouts = 1\n")
    told = "codeout: pyproject.toml:5: unknown key `timeouts` in [tool.codeout]"
    assert watched.line() == told
    assert watched.line() == "  hint: did you mean `timeout`?"
    folder.page("docs/a.md", ("print(1)", "?"))
    assert watched.line() == told, "as long as they stand there"


@pytest.mark.parametrize("name", ["codeout.lock", "pyproject.toml"])
def test_what_is_saved_while_not_all_can_be_read_runs_when_that_is_mended(
    folder: Folder, begin: Callable[..., Watched], name: str
) -> None:
    folder.page("docs/a.md", ("print(1)", "?"))
    watched = begin()
    watched.line()
    good = folder.read(name)
    folder.write(name, f"<<<<<<< ours\n{good}")
    for code in ("print(2)", "print(3)"):
        folder.page("docs/a.md", (code, "?"))
        watched.line_with(f"codeout: {name}:1: ")
    assert watched.line().startswith("  hint: ")
    folder.write(name, good)
    assert watched.line().startswith("docs/a.md: written; block 1 of 1 ran in ")
    assert watched.silent(), "what it has written is no change"


def test_a_page_that_is_missing_is_told_once_and_keeps_no_other_from_running(
    folder: Folder, begin: Callable[..., Watched]
) -> None:
    names = ("docs/a.md", "docs/other.md")
    for name in names:
        folder.page(name, ("print(1)", "?"))
    watched = begin(*names)
    for _ in names:
        assert ": written; " in watched.line()
    for code in ("print(2)", "print(3)"):
        (folder.root / "docs/a.md").unlink(missing_ok=True)
        folder.page("docs/other.md", (code, "?"))
        if code == "print(2)":
            assert watched.line() == "codeout: docs/a.md: no such file or folder"
        assert watched.line().startswith("docs/other.md: written; ")
        assert watched.silent()
    folder.page("docs/a.md", ("print(2)", "?"))
    assert watched.line().startswith("docs/a.md: written; ")


def test_what_pages_are_forked_from_cannot_change(
    folder: Folder, begin: Callable[..., Watched]
) -> None:
    watched = begin()
    folder.write("pyproject.toml", f"{SETTINGS}preload = ['json']\n")
    message = "pyproject.toml: `preload` or `environment` in [tool.codeout] changed"
    assert watched.line() == f"codeout: {message}"
    assert watched.line() == "  hint: start `codeout watch` again"
    assert watched.process.wait(SECONDS) == 2


def test_pages_that_are_too_many_wait_for_their_turn(
    folder: Folder, begin: Callable[..., Watched]
) -> None:
    folder.write("pyproject.toml", SETTINGS.replace("jobs = 2", "jobs = 1"))
    for name in "abc":
        folder.page(f"docs/{name}.md", ("import time; time.sleep(0.1)", ""), ("print(1)", "?"))
    watched = begin()
    told = [watched.line().partition(";")[0] for _ in range(3)]
    assert told == [f"docs/{name}.md: written" for name in "abc"]
    folder.write("docs/b.md", folder.read("docs/b.md").replace("(1)", "(2)"))
    assert watched.line().startswith("docs/b.md: written; block 2 of 2 ran in ")


def test_notebooks_are_watched_as_well(folder: Folder, begin: Callable[..., Watched]) -> None:
    folder.notebook("docs/a.ipynb", ("x = 1", ""), ("print(x)", "?"))
    watched = begin()
    assert watched.line().startswith("docs/a.ipynb: written; blocks 1 to 2 of 2 ran in ")
    folder.write("docs/a.ipynb", folder.read("docs/a.ipynb").replace("print(x)", "print(x + 1)"))
    assert watched.line().startswith("docs/a.ipynb: written; block 2 of 2 ran in ")


def test_more_checkpoints_than_may_be_kept_are_let_go_of(
    folder: Folder, begin: Callable[..., Watched]
) -> None:
    folder.write("pyproject.toml", f"{SETTINGS}checkpoints = 3\n")
    pairs = [(f"x{at} = {at}", "") for at in range(6)]
    slow = ("import time; time.sleep(0.5)", "")
    folder.page("docs/a.md", pairs[0], slow, *pairs[2:], ("print(x5)", "?"))
    watched = begin()
    watched.line()
    folder.write("docs/a.md", folder.read("docs/a.md").replace("x4 = 4", "x4 = 5"))
    assert " ran in " in (told := watched.line())
    assert "blocks 3 to 7" in told, "what stayed is the one that saves most"


@pytest.mark.usefixtures("ctrl_c")
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_when_it_ends(
    folder: Folder, begin: Callable[..., Watched], by: signal.Signals
) -> None:
    file = folder.page("docs/a.md", *sleeping(folder))
    before = file.read_bytes()
    watched = begin()
    wait_for(folder.root / "begun")
    assert len(with_in_environment(MARK)) > 3
    status = watched.end(by)
    assert status == (-signal.SIGKILL if by is signal.SIGKILL else 0)
    assert all(map(gone, with_in_environment(MARK)))
    assert file.read_bytes() == before
