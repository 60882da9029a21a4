"""The engine: plans in, events and one update a page out; nothing is written."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from codeout.config.settings import Config
from codeout.data.assets import Asset
from codeout.engine.execute import execute
from codeout.engine.planning import plan_page
from codeout.engine.update import Update
from codeout.errors import Problem
from codeout.lock.lockfile import Lock
from codeout.lock.record import Inputs, Record
from codeout.run.events import Ended, Started
from codeout.run.job import Isolation

from tests.support.records import lock_of

if TYPE_CHECKING:
    import pytest
    from codeout.run.events import Event

    from tests.support.folder import Folder


def record(seconds: float) -> Record:
    return Record(Inputs(""), "", {}, "", "", dt.date.min, seconds, 1)


def updates(events: list[Event | Update]) -> dict[str, Update]:
    return {event.plan.path: event for event in events if isinstance(event, Update)}


def test_every_page_has_one_update(folder: Folder) -> None:
    folder.page("wrong.md", ("1 + 1", "3"))
    folder.page("true.md", ("1 + 1", "2"))
    folder.page("failing.md", ("1 / 0", ""))
    folder.write("bad.md", "<!-- codeout: skipp -->\n\n```python\n1\n```\n")
    folder.write("prose.md", "Nothing to run.\n")
    before = {file.name: file.read_bytes() for file in folder.root.iterdir()}
    config = Config(folder.root)
    plans = [plan_page(config, folder.root / name) for name in before]
    events = list(execute(config, plans, Lock(None), workers=1))
    found = updates(events)
    told = {
        name: (len(each.changes), [problem.message for problem in each.problems])
        for name, each in found.items()
    }
    assert told == {
        "wrong.md": (1, []),
        "true.md": (0, []),
        "failing.md": (0, ["raised ZeroDivisionError: division by zero"]),
        "bad.md": (0, ["unknown word 'skipp'"]),
        "prose.md": (0, []),
    }
    assert found["wrong.md"].after.decode() == folder.read("wrong.md").replace("3", "2")
    ran = {event.path for event in events if isinstance(event, Ended)}
    assert ran == {"wrong.md", "true.md", "failing.md"}
    assert {file.name: file.read_bytes() for file in folder.root.iterdir()} == before


def test_the_longest_page_starts_first_and_one_that_never_ran_before_it(folder: Folder) -> None:
    lock = lock_of({"short.md": record(1), "long.md": record(60), "middle.md": record(5)})
    config = Config(folder.root)
    names = ("short.md", "long.md", "new.md", "middle.md")
    plans = [plan_page(config, folder.page(name, ("1", "1"))) for name in names]
    events = execute(config, plans, lock, workers=1)
    started = [event.path for event in events if isinstance(event, Started)]
    assert started == ["new.md", "long.md", "middle.md", "short.md"]


def test_data_files_stand_beside_the_page(folder: Folder) -> None:
    data = b"numbers"
    asset = Asset("data/x.bin", hashlib.sha256(data).hexdigest(), ())
    config = Config(folder.root, assets=(asset,))
    plan = plan_page(config, folder.page("page.md", ("open('data/x.bin').read()", "'numbers'")))
    (missing,) = execute(config, [plan], Lock(None))
    assert isinstance(missing, Update)
    assert list(missing.problems) == [
        Problem(
            "page.md", 0, "its data file data/x.bin is not on this machine", "run `codeout fetch`"
        )
    ]
    folder.write(f".cache/{asset.sha256[:16]}/x.bin", "").write_bytes(data)
    found = updates(list(execute(config, [plan], Lock(None))))["page.md"]
    assert (found.problems, found.changes) == ((), ())


def test_a_page_without_code_needs_no_data(folder: Folder) -> None:
    folder.write("prose.md", "Nothing to run.\n")
    config = Config(folder.root, assets=(Asset("x.bin", "0" * 64, ()),))
    (update,) = execute(config, [plan_page(config, folder.root / "prose.md")], Lock(None))
    assert isinstance(update, Update)
    assert (update.problems, update.writes) == ((), False)


def test_every_missing_data_file_is_told(folder: Folder) -> None:
    folder.page("a.md", ("1", ""))
    assets = tuple(Asset(name, digit * 64, ()) for name, digit in (("x.bin", "0"), ("y.bin", "1")))
    config = Config(folder.root, assets=assets)
    (update,) = execute(config, [plan_page(config, folder.root / "a.md")], Lock(None))
    assert isinstance(update, Update)
    assert [str(problem) for problem in update.problems] == [
        "a.md: its data file x.bin is not on this machine\n  hint: run `codeout fetch`",
        "a.md: its data file y.bin is not on this machine\n  hint: run `codeout fetch`",
    ]


def test_code_brings_no_file_into_the_sandbox_that_is_not_shown_there(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Includes are put into the code outside of it."""
    monkeypatch.setattr("codeout.sandbox.client.run_sandboxed", lambda *_: iter(()))
    folder.write(".env", "hush")
    (folder.root / "link.py").symlink_to(".env")
    folder.write("near.py", "1")
    codes = [(f'--8<-- "{name}"', "") for name in (".env", "link.py", "near.py")]
    plan = plan_page(Config(folder.root), folder.page("page.md", *codes))
    (update,) = execute(Config(folder.root), [plan], Lock(None), isolation=Isolation(sandbox=True))
    assert isinstance(update, Update)
    what = "includes {}, which pages in the sandbox may not see"
    assert [each.message for each in update.problems] == [*map(what.format, (".env", "link.py"))]
