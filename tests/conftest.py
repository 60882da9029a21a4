"""What all tests have: a plain terminal, and a folder to work in if they ask for it."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.run import memory
from hypothesis import settings

from tests.support.folder import Folder

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTS = Path(__file__).parent


# On a busy machine a deadline would measure the machine.
settings.register_profile("tests", deadline=None)
settings.load_profile("tests")

# Begun first, so that at the end of a run no process waits long for another one.
LONG = (
    "site/browser/test_generators.py",
    "site/browser/test_accessibility.py",
    "codeout/test_killed.py",
    "codeout/cluster/test_faults.py",
    "codeout/watch/test_edits.py",
    "site/pages/test_course.py",
    "codeout/test_messages.py",
    "codeout/watch/test_loop.py",
    "codeout/plugins/test_examples.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort what takes long to the front."""
    order = {TESTS / name: at for at, name in enumerate(LONG)}
    items.sort(key=lambda item: order.get(item.path, len(LONG)))


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same messages everywhere: 80 columns, no colors, no annotations for GitHub."""
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("CI", "FORCE_COLOR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def module_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for modules where Python did at first: a shell of IPython adds the current folder."""
    steady = [each for each in sys.path if Path(each).is_absolute()]
    monkeypatch.setattr(sys, "path", steady)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CODEOUT_CACHE", str(tmp_path / ".cache"))
    return Folder(tmp_path)


@pytest.fixture
def no_memory_kills(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a count of kills for lack of memory that stands still: the system's is of everybody."""
    counters = tmp_path / "vmstat"
    counters.write_text("oom_kill 1\n", encoding="ascii")
    monkeypatch.setattr(memory, "COUNTERS", counters)


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Let Ctrl-C reach new processes, also where whoever started the tests has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
