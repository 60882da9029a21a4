"""A page of several sessions under a watch: each change runs all of it again, as a run would."""

from __future__ import annotations

import time
from contextlib import closing
from multiprocessing import connection
from typing import TYPE_CHECKING

from codeout.config.settings import Config
from codeout.engine.planning import plan_page
from codeout.engine.project import Project
from codeout.lock.lockfile import Lock
from codeout.run.events import Finished
from codeout.watch.rerun import Rerun
from codeout.watch.scheduler import Scheduler

if TYPE_CHECKING:
    from codeout.run.events import LiveEvent

    from tests.support.folder import Folder

FRESH = """\
```python
x = {value}
print(x)
#> old
```

{directive}
```python
print("x" in globals())
#> old
```
"""
BEGINS = "<!-- codeout: fresh -->"
SECONDS = 120  # a busy machine gets there too


def edited(
    folder: Folder, scheduler: Scheduler, value: int, directive: str
) -> tuple[str, list[LiveEvent | Rerun]]:
    """Save the page; returns what its run writes, and what is told."""
    source = FRESH.format(value=value, directive=directive)
    config = Config(folder.root)
    plan = plan_page(config, folder.write("page.md", source))
    told = [*scheduler.schedule(Project(config, Lock(None)), plan)]
    until = time.monotonic() + SECONDS
    while not (told and isinstance(told[-1], Rerun)):
        assert time.monotonic() < until
        connection.wait(scheduler.waitables, 0.2)
        told += scheduler.poll()
    rerun = told[-1]
    assert isinstance(rerun, Rerun)
    assert not rerun.update.problems
    return rerun.update.after.decode(), told


def test_each_change_runs_all_sessions(folder: Folder) -> None:
    with closing(Scheduler()) as scheduler:
        for value, directive, shares in [
            (1, BEGINS, False),
            (2, BEGINS, False),
            (3, "<!-- codeout: group=a -->", False),
            (3, "", True),
            (3, BEGINS, False),
        ]:
            after, told = edited(folder, scheduler, value, directive)
            assert f"#> {value}\n" in after
            assert f"#> {shares}\n" in after
            if directive:
                ran = [event.index for event in told if isinstance(event, Finished)]
                assert ran == [0, 1]


def test_a_change_stops_a_session_that_runs(folder: Folder) -> None:
    config = Config(folder.root)
    with closing(Scheduler()) as scheduler:
        endless = FRESH.format(value="__import__('time').sleep(1e6)", directive=BEGINS)
        plan = plan_page(config, folder.write("page.md", endless))
        assert not [*scheduler.schedule(Project(config, Lock(None)), plan)]
        assert scheduler.is_running("page.md")
        after, _ = edited(folder, scheduler, 4, BEGINS)
        assert "#> 4\n" in after
        assert not scheduler.busy
