"""The server of pages starts while these are read, if it will run them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.engine import dispatch
from codeout.engine.dispatch import start_early
from codeout.engine.project import Project
from codeout.errors import ConfigError
from codeout.run.job import Isolation, Limits

if TYPE_CHECKING:
    from tests.support.folder import Folder


@pytest.fixture
def started(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> list[Limits]:
    """How servers were started, on a project that preloads what is not there."""
    folder.write("pyproject.toml", "[tool.codeout]\npreload = ['a_module_to_come']\n")
    found: list[Limits] = []

    def start(limits: Limits) -> None:
        found.append(limits)
        raise ConfigError("no such module", "install it")

    monkeypatch.setattr(dispatch, "start_server", start)
    return found


def test_a_server_starts_and_what_is_wrong_with_it_is_told_later(started: list[Limits]) -> None:
    start_early(Project.open().config, Isolation(), "")
    assert [limits.preload for limits in started] == [("a_module_to_come",)]


def test_none_starts_for_pages_that_others_run(
    started: list[Limits], monkeypatch: pytest.MonkeyPatch
) -> None:
    config, left = Project.open().config, []

    class Resident:
        def close(self) -> None:
            left.append(True)

    start_early(config, Isolation(sandbox=True), "")
    start_early(config, Isolation(), "local")
    monkeypatch.setattr(dispatch, "find", lambda *_: Resident())
    start_early(config, Isolation(), "")
    assert started == []
    assert left == [True]
