"""The update: what a run makes of a page."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Any

import pytest
from codeout.config.settings import Config
from codeout.engine.commit import write
from codeout.engine.plan import Plan
from codeout.engine.planning import plan_page
from codeout.engine.settle import settle
from codeout.engine.transcript import Transcript
from codeout.engine.update import Update
from codeout.errors import Problem
from codeout.lock.lockfile import Lock
from codeout.lock.record import Inputs, Record
from codeout.output.model import Error, Figure, Output, Ran, Stream, Value
from codeout.page.layout import Layout
from codeout.page.model import Block, Page, SlotKind, Text
from codeout.run.events import Ended
from PIL import Image

from tests.support.folder import tabs

if TYPE_CHECKING:
    from tests.support.folder import Folder


def settled(
    folder: Folder, *outputs: list[Output], before: Record | None = None, **settings: Any
) -> Update:
    """The update of ``page.md`` after a run in which its blocks left these outputs."""
    config = Config(folder.root, **settings)
    runs = tuple(Ran(tuple(each), 0.1, 0, frozenset({"rich", "json"})) for each in outputs)
    plan = plan_page(config, folder.root / "page.md")
    ended = Ended("page.md", 1.5, "/tmp/work", stand_ins=("data/x",))  # noqa: S108
    return settle(plan, Transcript(runs, ended), config, before)


def png(color: str, level: int = 6) -> bytes:
    file = BytesIO()
    Image.new("RGB", (8, 8), color).save(file, "png", compress_level=level)
    return file.getvalue()


def test_a_page_that_is_true_stays(folder: Folder) -> None:
    file = folder.page("page.md", ("x", "2"))
    update = settled(folder, [Value("2")])
    assert (update.changes, update.problems, update.pictures) == ((), (), {})
    assert update.after == file.read_bytes()


def test_a_changed_output_is_told_and_written(folder: Folder) -> None:
    folder.page("page.md", ("x", "1\n2"), ("y", "3"))
    update = settled(folder, [Value("1\n20")], [Value("3")])
    assert update.after.decode() == tabs("x", "1\n20") + "\n" + tabs("y", "3")
    assert update.changes == (
        Problem(
            "page.md",
            9,
            "the output differs",
            "`codeout run` writes it",
            "--- in the page\n+++ from the run\n@@ -1,4 +1,4 @@\n ```\n 1\n-2\n+20\n ```",
        ),
    )


def test_a_missing_output_is_told_and_written(folder: Folder) -> None:
    folder.write("page.md", '=== "Code"\n\n    ```python\n    x\n    ```\n')
    update = settled(folder, [Value("1")])
    assert update.after.decode() == tabs("x", "1")
    (change,) = update.changes
    assert (change.message, change.line) == ("the output is missing", 6)
    assert change.detail == "--- in the page\n+++ from the run\n@@ -0,0 +1,3 @@\n+```\n+1\n+```"


def test_numbers_within_tolerance_stay(folder: Folder) -> None:
    file = folder.page("page.md", ("x", "loss 1.0000"))
    assert settled(folder, [Stream("loss 1.0009\n")]).after == file.read_bytes()
    assert settled(folder, [Stream("loss 1.002\n")]).changes
    assert not settled(folder, [Stream("loss 1.002\n")], rtol=0.01).changes
    folder.page("page.md", ("x", "loss 1.0000"), comment="<!-- codeout: rtol=1e-2 -->")
    assert not settled(folder, [Stream("loss 1.002\n")]).changes
    folder.page("page.md", ("x", "loss 1.0000"), comment="<!-- codeout: rtol=0 -->")
    assert settled(folder, [Stream("loss 1.0001\n")]).changes


def test_elisions_survive(folder: Folder) -> None:
    folder.page("page.md", ("x", "a\n...\nz"))
    assert not settled(folder, [Stream("a\nb\nc\nz\n")]).changes
    after = settled(folder, [Stream("A\na\nb\nz\n")]).after.decode()
    assert after == tabs("x", "A\na\n...\nz")


def test_a_problem_leaves_the_page_as_it_was(folder: Folder) -> None:
    folder.page("page.md", ("x", "1"), ("y", "2"))
    text = "Traceback (most recent call last):\nKeyError: no\n"
    update = settled(folder, [Value("wrong")], [Error(("builtins.KeyError",), 1, text)])
    assert [problem.message for problem in update.problems] == ["raised KeyError: no"]
    assert (update.after, update.changes) == (update.plan.source, ())
    lock = Lock(None)
    assert write(update, lock) == ()
    assert list(lock) == []


@pytest.mark.parametrize(
    "fence", ['```text title="By hand"\n1\n```', "```mermaid\ngraph LR\n```", "![](diagram.png)"]
)
@pytest.mark.parametrize("comment", ["", "<!-- codeout: volatile -->"])
def test_what_others_made_stays_though_a_run_has_recorded_it(
    fence: str, comment: str, folder: Folder
) -> None:
    """A record says what a page showed, not who made it."""
    file = folder.page("page.md", ("x", "1"), comment=comment)
    file.write_text(file.read_text().replace(indent("```\n1\n```", "    "), indent(fence, "    ")))
    plan = plan_page(Config(folder.root), file)
    recorded = Record(Inputs("old"), plan.outputs, {}, "", "", dt.date.min, 0.0, 1)
    update = settled(folder, [Value("2")], before=recorded)
    assert update.after == file.read_bytes()
    (problem,) = update.problems
    assert problem.message.endswith("is not what the code prints, nor made by codeout")


CODE_CHANGED = Record(Inputs("old"), "", {}, "", "", dt.date.min, 0.0, 1)


def test_a_volatile_output_is_rewritten_only_with_its_code(folder: Folder) -> None:
    file = folder.page("page.md", ("x", "11:02"), comment="<!-- codeout: volatile -->")
    first = settled(folder, [Value("11:03")])
    assert first.after == file.read_bytes()
    again = settled(folder, [Value("11:03")], before=first.record)
    assert (again.after, again.changes) == (file.read_bytes(), ())
    edited = settled(folder, [Value("11:03")], before=CODE_CHANGED)
    assert edited.changes == (), "check never minds"
    assert "11:03" in edited.after.decode()


def test_a_volatile_output_is_written_the_first_time(folder: Folder) -> None:
    folder.page("page.md", ("x", ""), comment="<!-- codeout: volatile -->")
    update = settled(folder, [Value("11:03")])
    assert "11:03" in update.after.decode()
    assert len(update.changes) == 1


def test_colours_come_and_go_with_their_setting(folder: Folder) -> None:
    file = folder.page("page.md", ("x", "red"))
    plain = settled(folder, [Stream("\x1b[31mred\x1b[0m\n")])
    assert plain.after == file.read_bytes()
    coloured = settled(folder, [Stream("\x1b[31mred\x1b[0m\n")], before=plain.record, colour=True)
    assert [change.message for change in coloured.changes] == ["the output differs"]
    file.write_bytes(coloured.after)
    again = settled(folder, [Stream("red\n")], before=coloured.record, colour=True)
    assert again.changes == ()
    assert settled(folder, [Stream("red\n")], before=coloured.record).after == plain.after


def test_a_record_tells_of_the_run(folder: Folder) -> None:
    folder.page("page.md", ("x", "2"))
    record = settled(folder, [Value("2")]).record
    assert record is not None
    assert list(record.versions) == ["rich"], "the standard library has no version of its own"
    assert (record.seconds, record.blocks, record.stand_ins) == (1.5, 1, ("data/x",))
    assert record.date == dt.datetime.now(dt.UTC).date()


DRAWN = '=== "Code"\n\n    ```python\n    x\n    ```\n\n=== "Out"\n\n    {}\n'
IN_WORDS = "![a loss that falls](assets/out/page/1.png){ width=300 }"


@pytest.fixture
def drawn(folder: Folder) -> Folder:
    """A page that shows a red figure in the author's words, and a leftover of another."""
    folder.write("page.md", DRAWN.format(IN_WORDS))
    folder.write("assets/out/page/1.png", "").write_bytes(png("red"))
    folder.write("assets/out/page/2.png", "")
    return folder


def test_the_same_picture_keeps_its_bytes(drawn: Folder) -> None:
    update = settled(drawn, [Figure(png("red", level=0), "png")])
    assert update.changes == ()
    assert write(update, Lock(None)) == ()
    figures = drawn.root / "assets/out/page"
    assert {file.name for file in figures.iterdir()} == {"1.png"}, "the leftover is removed"
    assert (figures / "1.png").read_bytes() == png("red")
    assert drawn.read("page.md") == DRAWN.format(IN_WORDS)


def test_another_picture_keeps_the_words_about_it(drawn: Folder) -> None:
    update = settled(drawn, [Figure(png("blue"), "png")])
    assert [(change.line, change.message, change.detail) for change in update.changes] == [
        (9, "the output differs", "a figure looks different")
    ]
    assert write(update, Lock(None)) == ()
    assert (drawn.root / "assets/out/page/1.png").read_bytes() == png("blue")
    assert drawn.read("page.md") == DRAWN.format(IN_WORDS)


def test_one_more_picture_gets_the_next_number(drawn: Folder) -> None:
    update = settled(drawn, [Figure(png("red"), "png"), Figure(png("blue"), "png")])
    assert write(update, Lock(None)) == ()
    second = "![figure 2](assets/out/page/2.png)"
    assert drawn.read("page.md") == DRAWN.format(f"{IN_WORDS}\n\n    {second}")
    assert (drawn.root / "assets/out/page/2.png").read_bytes() == png("blue")


def test_problems_belong_to_the_block_above_them() -> None:
    parts = (Block("", 3, "x"), Text("…"), Block("", 10, "y"), Block("", 20, "skipped"))
    plan = Plan("a.md", Path("a.md"), page=Page("a.md", parts), blocks=(0, 1))
    failed, whole = Problem("a.md", 11, "raised KeyError: 1"), Problem("a.md", 0, "cannot be read")
    differs, above = Problem("a.md", 14, "differs"), Problem("a.md", 2, "above the first block")
    update = Update(plan, b"", problems=(failed, whole), changes=(differs,))
    assert update.problems_by_block() == {0: [], 1: [failed, differs], -1: [whole]}
    update = Update(plan, b"", problems=(above,))
    assert update.problems_by_block() == {0: [], 1: [], -1: [above]}


def test_problems_of_cells_on_one_line_belong_to_those_that_they_name() -> None:
    cells = (Block("", 1, "x", name="cell 1"), Block("", 1, "y", name="cell 12"))
    plan = Plan("a.ipynb", Path("a.ipynb"), page=Page("a.ipynb", cells), blocks=(0, 1))
    first, second = (Problem("a.ipynb", 1, each.with_name("differs")) for each in cells)
    update = Update(plan, b"", problems=(first,), changes=(second,))
    assert update.problems_by_block() == {0: [first], 1: [second]}


def test_a_fence_is_emptied_only_if_codeout_filled_it(folder: Folder) -> None:
    layout = Layout(outputs=(SlotKind.FENCE,))
    folder.write("page.md", "```python\nx\n```\n\n```\nold\n```\n")
    refused = settled(folder, [], layout=layout)
    assert [problem.line for problem in refused.problems] == [5]
    outputs = plan_page(Config(folder.root, layout=layout), folder.root / "page.md").outputs
    record = Record(Inputs(""), outputs, {}, "3.11", "cpu", dt.date(2026, 1, 1), 1.0, 1)
    emptied = settled(folder, [], before=record, layout=layout)
    assert (emptied.problems, b"old" in emptied.after) == ((), False)
