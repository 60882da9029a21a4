"""``codeout watch --json``: one event a line, as its schema says."""

from __future__ import annotations

import json
import signal
from typing import TYPE_CHECKING, Any

import pytest
from codeout.cli.machine import watch
from codeout.cli.machine.watch import NoCheckpoint, Removed, told_of
from codeout.engine.plan import Plan
from codeout.run.events import Doubted, Ended, Lasting
from codeout.watch.events import PageRemoved

from tests.codeout.cli.machine.test_schema import faults
from tests.codeout.cli.test_main import codeout
from tests.codeout.watch.test_loop import Watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.folder import Folder


def events(watched: Watched, last: str) -> list[dict[str, Any]]:
    """The events up to one of a kind."""
    found: list[dict[str, Any]] = []
    while not found or found[-1]["event"] != last:
        found.append(json.loads(watched.line()))
        assert faults("watch", found[-1]) == []
    return found


@pytest.fixture
def watched(folder: Folder) -> Iterator[Watched]:
    """A watch of a page with two blocks."""
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    folder.page("docs/a.md", ("x = 1", ""), ("print(x)", "?"))
    watched = Watched(folder, "--json")
    yield watched
    watched.end(signal.SIGKILL)
    watched.reader.join()


def test_what_happens_is_told_event_by_event(folder: Folder, watched: Watched) -> None:
    first = events(watched, "settled")
    assert [each["event"] for each in first] == [
        *("watching", "started", "finished", "started", "finished", "settled")
    ]
    assert [each.get("line") for each in first[1:5]] == [3, 3, 15, 15]
    settled = first[-1]
    assert (settled["page"], settled["outcome"], settled["result"]) == (
        *("docs/a.md", "written", "true"),
    )
    assert (settled["first"], settled["ran"], settled["blocks"]) == (1, 2, 2)
    assert [each["message"] for each in settled["changes"]] == ["the output differs"]

    folder.write("docs/a.md", folder.read("docs/a.md").replace("print(x)", "x / 0"))
    again = events(watched, "settled")
    assert (again[0]["event"], again[0]["block"]) == ("resumed", 2)
    (problem,) = again[-1]["problems"]
    assert (problem["line"], again[-1]["outcome"], again[-1]["result"]) == (16, "failed", None)

    folder.write("pyproject.toml", "[tool.codeout]\npages = 1\n")
    (*_, rejected) = events(watched, "rejected")
    assert "`pages` in [tool.codeout] must be" in rejected["message"]
    assert watched.end(signal.SIGTERM) == 0


class OnePage:
    """A watch of one page without blocks."""

    def plan(self, path: str) -> Plan:
        """A plan without blocks."""
        return Plan(path, None)  # type: ignore[arg-type]


def test_rare_events() -> None:
    here: Any = OnePage()
    assert told_of(PageRemoved("a.md"), here) == Removed("a.md")
    assert told_of(Doubted("a.md", 1, "a pipe is open"), here) == NoCheckpoint(
        "a.md", 2, "a pipe is open"
    )
    lasting = told_of(Lasting("a.md", 3, 5), here)
    assert isinstance(lasting, watch.Block)
    assert (lasting.event, lasting.block, lasting.line, lasting.seconds) == ("lasting", 4, 0, 5.0)
    assert told_of(Ended("a.md", 1.0, "/"), here) is None


def test_json_and_a_site_do_not_go_together() -> None:
    assert codeout("watch", "--json", "--serve").exit_code == 2
