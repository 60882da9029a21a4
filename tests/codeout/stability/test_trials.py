"""One page under varied settings: what reaches it, and what becomes of its processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import pytest
from codeout.config.settings import Config
from codeout.engine.planning import plan_page
from codeout.errors import CodeoutError
from codeout.output.model import Stream
from codeout.stability.trials import run_trials
from codeout.stability.variants import USUAL, Kind, Variation, variations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.support.folder import Folder

SETTINGS = """\
import os, random, sys
from zlib import crc32
print(os.environ["PYTHONHASHSEED"], os.environ["OMP_NUM_THREADS"], hash("a"))
print(random.random(), [name for name in dir() if "seed" in name or "context" in name])
"""


def told(folder: Folder, code: str, varied: Sequence[Variation]) -> dict[Variation, str]:
    plan = plan_page(Config(folder.root), folder.page("page.md", (code, "")))
    found = {}
    for trial in run_trials(Config(folder.root), plan, varied, workers=2):
        assert trial.transcript is not None
        (output,) = trial.transcript.outputs_of(plan, plan.page.slots[0])
        assert isinstance(output, Stream)
        found[trial.variation] = output.text
    return found


def test_settings_reach_the_page_and_leave_no_trace(folder: Folder) -> None:
    ways = (USUAL, *variations(5))
    found = {way.title: text.split() for way, text in told(folder, SETTINGS, ways).items()}
    environment = {title: words[:2] for title, words in found.items()}
    assert environment == {way.title: ["0", "1"] for way in ways} | {
        "hash seed 1": ["1", "1"],
        "2 threads": ["0", "2"],
    }
    hashes = {title: words[2] for title, words in found.items()}
    assert hashes.pop("hash seed 1") not in hashes.values()
    assert len({*hashes.values()}) == 1
    drawn = {title: words[3] for title, words in found.items()}
    assert drawn["seed 1"] == drawn["seed 1 again"]
    assert len({*drawn.values()}) == 5
    assert {words[4] for words in found.values()} == {"[]"}


def test_a_page_that_fails_says_why(folder: Folder) -> None:
    code = "import os\nassert os.environ['PYTHONHASHSEED'] == '0'"
    plan = plan_page(Config(folder.root), folder.page("page.md", (code, "")))
    varied = (USUAL, Variation(Kind.HASH_SEED, 1))
    well, badly = sorted(
        run_trials(Config(folder.root), plan, varied, 2),
        key=lambda each: varied.index(each.variation),
    )
    assert well.transcript is not None
    assert badly.transcript is None
    assert [(each.line, each.message) for each in badly.problems] == [(5, "raised AssertionError")]


def test_what_cannot_begin_is_told(folder: Folder) -> None:
    config = Config(folder.root, preload=("no_such_module",))
    plan = plan_page(config, folder.page("page.md", ("1", "1")))
    with pytest.raises(CodeoutError, match="no_such_module"):
        [*run_trials(config, plan, (USUAL,), 1)]


def test_a_run_that_is_killed_is_told(folder: Folder) -> None:
    kill = f"import os, signal\nos.kill({os.getpid()}, signal.SIGUSR1)\nimport time; time.sleep(99)"
    plan = plan_page(Config(folder.root), folder.page("page.md", (kill, "")))

    def kill_the_child(*_: object) -> None:
        for child in multiprocessing.active_children():
            child.kill()

    before = signal.signal(signal.SIGUSR1, kill_the_child)
    try:
        with pytest.raises(CodeoutError, match="ended without an answer"):
            [*run_trials(Config(folder.root), plan, (USUAL,), 1)]
    finally:
        signal.signal(signal.SIGUSR1, before)


def test_closing_stops_what_runs(folder: Folder) -> None:
    sign = folder.root / "sign"
    code = (
        "import os, pathlib, time\n"
        f"file = pathlib.Path({str(sign)!r})\n"
        "if os.environ['PYTHONHASHSEED'] == '1':\n"
        "    file.write_text(str(os.getpid())); time.sleep(99)\n"
        "while not file.exists() or not file.read_text():\n    time.sleep(0.01)"
    )
    plan = plan_page(Config(folder.root), folder.page("page.md", (code, "")))
    running = run_trials(Config(folder.root), plan, (USUAL, Variation(Kind.HASH_SEED, 1)), 2)
    next(running)
    running.close()
    assert not multiprocessing.active_children()
    with pytest.raises(ProcessLookupError):
        os.kill(int(sign.read_text()), 0)


class Terminating(Mapping[str, str]):
    """Variables of a process that is terminated while it reads them."""

    def __getitem__(self, key: str) -> str:
        raise KeyError(key)

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[str]:
        os.kill(os.getpid(), signal.SIGTERM)
        return iter(())


def test_a_run_that_is_stopped_at_any_moment_prints_nothing(
    folder: Folder, capfd: pytest.CaptureFixture[str]
) -> None:
    """Here while it begins, where nothing else would catch it."""
    plan = plan_page(Config(folder.root), folder.page("page.md", ("1", "1")))
    with pytest.raises(CodeoutError, match="ended without an answer"):
        [*run_trials(Config(folder.root, environment=Terminating()), plan, (USUAL,), 1)]
    assert capfd.readouterr() == ("", "")
