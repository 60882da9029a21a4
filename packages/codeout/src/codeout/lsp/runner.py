"""The process that runs the pages of a project for an editor.

It reads what to run as lines of JSON, and answers in lines of JSON. The server of workers changes
the environment and the signals of its caller, and belongs to one project; the language server has
several and must not stop for any of them. Pages stay alive between runs, as under ``watch``.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from dataclasses import asdict
from multiprocessing import connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codeout.config.pyproject import find_config
from codeout.engine.dispatch import limits_of
from codeout.engine.execute import Transcribed, transcribe
from codeout.engine.moved_pages import record_before
from codeout.engine.planning import plan_source
from codeout.engine.project import Project
from codeout.engine.settle import settle
from codeout.engine.update import Update
from codeout.errors import CodeoutError
from codeout.lsp.result import RunResult
from codeout.run.events import Started
from codeout.run.job import Isolation
from codeout.watch.rerun import Rerun
from codeout.watch.scheduler import Scheduler

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from codeout.engine.plan import Plan
    from codeout.run.events import LiveEvent

_POLL_SECONDS: Final = 0.2
_INPUT: Final = 0
_OUTPUT: Final = 1


class Runner:
    """Runs pages of one project up to some block.

    Args:
        isolation: What they may not reach.
        out: The descriptor for answers.
    """

    def __init__(self, isolation: Isolation, out: int) -> None:
        self._isolation = isolation
        self._out = out
        self._scheduler = Scheduler(isolation)
        self._project: Project | None = None
        self._asked: dict[str, dict[str, Any]] = {}  # the last request, by page

    @property
    def waitables(self) -> list[int]:
        """Descriptors that become readable when there is news."""
        return self._scheduler.waitables

    def run(self, request: dict[str, Any]) -> None:
        """Run a page up to a block.

        Args:
            request: ``id``, ``file``, ``source`` and the index of the block, ``at``.
        """
        try:
            file = Path(request["file"])
            config = find_config(file.parent)
            self._project = (
                self._project.reopened(config) if self._project else Project.open(config=config)
            )
            source = request["source"].encode("utf-8", "surrogatepass")
            plan = plan_source(config, file, source)
            plan = plan.up_to(request["at"]) if request["at"] < len(plan.cells) else plan
            self._asked[plan.path] = request
            if self._isolation.sandbox:
                self._report(_run_in_sandbox(self._project, plan, self._isolation))
            else:
                self._report(self._scheduler.schedule(self._project, plan))
        except CodeoutError as error:
            self._send(request, error=str(error))

    def poll(self) -> None:
        """Tell what has happened since the last call."""
        self._report(self._scheduler.poll())
        if self._project and not self._scheduler.busy:
            self._scheduler.evict(self._project.config)

    def close(self) -> None:
        """End all pages."""
        self._scheduler.close()

    def _report(self, events: Iterable[LiveEvent | Rerun]) -> None:
        for event in events:
            if isinstance(event, Rerun):
                request = self._asked[event.update.plan.path]
                self._send(request, result=asdict(RunResult.of(event, request["at"])))
            elif isinstance(event, Started):
                self._send(self._asked[event.path], started=event.index)

    def _send(self, request: dict[str, Any], **told: Any) -> None:
        line = json.dumps({"id": request["id"], **told}).encode("ascii") + b"\n"
        while line:
            line = line[os.write(self._out, line) :]


def _run_in_sandbox(
    project: Project, plan: Plan, isolation: Isolation
) -> Iterator[LiveEvent | Rerun]:
    """Run a page from its first block: nothing stays alive in a sandbox."""
    config, began = project.config, time.monotonic()
    before = record_before(config, plan, project.lock)
    limits = limits_of(config, 1, isolation)
    for event in transcribe(config, [plan], project.lock, limits, isolation):
        seconds = time.monotonic() - began
        if isinstance(event, Transcribed):
            update = settle(plan, event.transcript, config, before)
            ran = len(plan.cells)
            yield Rerun(update, ran=ran, seconds=seconds, transcript=event.transcript)
        elif isinstance(event, Update):
            yield Rerun(event, seconds=seconds)
        else:
            yield event


def main(isolation: Isolation) -> None:
    """Answer requests until the input ends."""
    out = os.dup(_OUTPUT)
    os.dup2(2, _OUTPUT)  # whatever prints must not answer
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # pages end with it
    runner = Runner(isolation, out)
    waiting = b""
    try:
        while True:
            if _INPUT in connection.wait([_INPUT, *runner.waitables], _POLL_SECONDS):
                read = os.read(_INPUT, 1 << 16)
                if not read:
                    return
                *lines, waiting = (waiting + read).split(b"\n")
                for line in lines:
                    runner.run(json.loads(line))
            runner.poll()
    except (KeyboardInterrupt, BrokenPipeError):  # nobody listens any more
        return
    finally:
        runner.close()


if __name__ == "__main__":
    main(Isolation(**json.loads(sys.argv[1])))
