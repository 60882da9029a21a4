"""The processes that run pages, seen from the language server: one for each project."""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from codeout.lsp.result import RunResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from codeout.config.settings import Config
    from codeout.lsp.analysis import Analysis
    from codeout.run.job import Isolation

_LONGEST_LINE: Final = 1 << 28
_MODULE: Final = "codeout.lsp.runner"
_ENDED: Final = "the process that runs pages ended"


@dataclass(frozen=True, slots=True)
class BlockStarted:
    """A block begins; the index is among those of its session that run."""

    index: int


@dataclass(frozen=True, slots=True)
class RunFailed:
    """Nothing could run."""

    message: str


@dataclass(frozen=True, slots=True)
class RunStopped:
    """The run was stopped, as was asked for."""


RunEvent = BlockStarted | RunResult | RunFailed | RunStopped


class Runs:
    """Runs pages for an editor.

    Args:
        isolation: What pages may not reach.
    """

    def __init__(self, isolation: Isolation) -> None:
        self._isolation = isolation
        self._processes: dict[object, _Process] = {}

    async def run(self, analysis: Analysis, at: int, tell: Callable[[RunEvent], None]) -> None:
        """Run a page up to a block; what ran before it and has not changed does not run again.

        Args:
            analysis: The page as it is in the editor.
            at: The index of the block, among those that run.
            tell: Called with what happens.
        """
        key = _key(analysis.project.config)
        if key not in self._processes or not self._processes[key].alive:
            self._processes[key] = await _Process.start(analysis.project.config, self._isolation)
        request = {"file": str(analysis.plan.file), "source": analysis.text, "at": at}
        self._processes[key].ask(request, tell)

    def stop(self, analysis: Analysis) -> None:
        """Stop whatever runs in the project of a page."""
        if process := self._processes.pop(_key(analysis.project.config), None):
            process.close()

    def close(self) -> None:
        """Stop everything."""
        for process in self._processes.values():
            process.close()
        self._processes.clear()


def _key(config: Config) -> tuple[object, ...]:
    """What a process is for: its server of workers has one environment and one set of modules."""
    return config.root, config.preload, tuple(sorted(config.environment.items()))


class _Process:
    """One process, and who waits for its answers."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._asked = 0
        self._tell: dict[int, Callable[[RunEvent], None]] = {}
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def start(cls, config: Config, isolation: Isolation) -> _Process:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # no module of a project takes the place of ours
            *("-m", _MODULE, json.dumps(asdict(isolation))),
            cwd=config.root,
            stdin=pipe,
            stdout=pipe,
            start_new_session=True,
            limit=_LONGEST_LINE,
        )
        return cls(process)

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    def ask(self, request: dict[str, Any], tell: Callable[[RunEvent], None]) -> None:
        assert self._process.stdin  # noqa: S101
        self._asked += 1
        self._tell[self._asked] = tell
        self._process.stdin.write(json.dumps({"id": self._asked, **request}).encode() + b"\n")

    async def _listen(self) -> None:
        assert self._process.stdout  # noqa: S101
        with suppress(ValueError):  # a line that is too long, or no JSON
            while line := await self._process.stdout.readline():
                self._take(json.loads(line))
        await self._process.wait()
        for tell in self._tell.values():
            tell(RunFailed(_ENDED))

    def _take(self, told: dict[str, Any]) -> None:
        match told:
            case {"id": number, "started": index}:
                self._tell[number](BlockStarted(index))
            case {"id": number, "result": result}:
                self._tell.pop(number)(RunResult.from_json(result))
            case {"id": number, "error": message}:
                self._tell.pop(number)(RunFailed(message))

    def close(self) -> None:
        """End it, and the pages with it."""
        stopped, self._tell = self._tell, {}
        with suppress(ProcessLookupError):
            self._process.terminate()
        for tell in stopped.values():
            tell(RunStopped())
