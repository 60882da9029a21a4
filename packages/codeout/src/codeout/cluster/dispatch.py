"""Runs pages on a cluster, the longest first, each until a worker has told of it once."""

from __future__ import annotations

import contextlib
import queue
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from distributed import KilledWorker

from codeout.cluster.answers import Sent, events_of, given_up
from codeout.cluster.crew import refuse
from codeout.cluster.hosts import HostEndedError
from codeout.cluster.queues import Queues
from codeout.cluster.roster import LOOK_SECONDS, Roster
from codeout.cluster.sending import send
from codeout.cluster.task import Differs, Lacks, Result, Task, Unfit
from codeout.cluster.worker import run_task
from codeout.run.events import Lasting
from codeout.run.protocol import from_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from distributed import Client, Future

    from codeout.run.events import Event

_ATTEMPTS: Final = 3


@dataclass(frozen=True, slots=True)
class Supplied:
    """Data files have been sent for a page; ``why`` says why the worker could not keep them."""

    sent: Sent
    why: str


class Dispatch:
    """The pages of one run.

    Args:
        client: The cluster.
        tasks: The pages, in the order in which to start them.
        data: The files that workers may ask for, by their checksum.
        most: How many pages run at the same time; 0 means as many as workers have threads.
    """

    def __init__(
        self, client: Client, tasks: Sequence[Task], data: Mapping[str, Path], most: int
    ) -> None:
        self._client = client
        self._data = data
        self._name = f"codeout-{secrets.token_hex(4)}"
        self._queues = Queues([replace(task, topic=self._name) for task in tasks], most)
        self._open = len(tasks)
        self._count = 0
        self._sent: dict[str, tuple[Sent, Future[Any]]] = {}
        self._failures: dict[str, int] = {}
        self._reports: queue.SimpleQueue[Future[Any] | Supplied | Lasting] = queue.SimpleQueue()
        self._suppliers = ThreadPoolExecutor(max_workers=4)
        self._roster = Roster(client)

    def events(self) -> Iterator[Event]:
        """Run the pages; see ``codeout.run.pool.run_jobs``.

        Raises:
            ConfigError: The scheduler is gone, or workers that could run the pages.
        """
        self._client.subscribe_topic(self._name, self._note)
        try:
            while self._open:
                self._fill()
                with contextlib.suppress(queue.Empty):
                    yield from self._read(self._reports.get(timeout=LOOK_SECONDS))
                self._look()
        finally:
            self._suppliers.shutdown(wait=False, cancel_futures=True)
            if self._client.status == "running":
                futures = [future for _, future in self._sent.values()]
                self._client.cancel(futures, force=True)
                self._client.unsubscribe_topic(self._name)

    def _note(self, event: tuple[float, Any]) -> None:
        """Take the note on a block that takes its time; Dask calls this in a thread of its own."""
        _, line = event
        with contextlib.suppress(ValueError):
            if isinstance(lasting := from_line(line), Lasting):
                self._reports.put(lasting)

    def _fill(self) -> None:
        """Send pages to workers that have room for more."""
        for task in self._queues.take(self._roster.crew):
            self._count += 1
            key = f"{self._name}-{self._count}"
            chosen = self._roster.chosen(task.needs)
            future = self._client.submit(
                run_task,
                key,
                task,
                key=key,
                priority=-self._count,
                resources=dict(task.needs) or None,
                workers=[*chosen] or None,
            )
            self._sent[key] = (Sent(task, time.time(), chosen), future)
            future.add_done_callback(self._reports.put)

    def _read(self, report: Future[Any] | Supplied | Lasting) -> Iterator[Event]:
        """Take one report: of a block that takes its time, of data, or of a page."""
        match report:
            case Lasting():
                yield report
            case Supplied(sent, ""):
                self._queues.again(sent.task)
            case Supplied(sent, why):
                yield from self._again(sent.task, why)
            case _ if found := self._sent.pop(str(report.key), None):
                sent, _ = found
                self._queues.returned(sent.task)
                self._fill()  # before the page is compared: no worker waits for that
                yield from self._answer(sent, report)

    def _answer(self, sent: Sent, future: Future[Any]) -> Iterator[Event]:
        """What has become of a page that a worker had."""
        if future.status != "finished":
            yield from self._lost(sent.task, future)
            return
        match future.result():
            case Result() as result:
                self._open -= 1
                yield from events_of(sent, result)
            case Lacks() as lacks:
                self._suppliers.submit(self._supply, sent, lacks)
            case Differs(worker, found):
                refuse(worker, found, sent.task.versions)
            case Unfit(worker, why):
                self._roster.exclude(worker)
                yield from self._again(sent.task, f"worker {worker}: {why}")

    def _supply(self, sent: Sent, lacks: Lacks) -> None:
        """Send data files; in a thread of its own."""
        files = [file for file in sent.task.files if file.sha256 in lacks.digests]
        try:
            why = send(self._client, lacks.worker, files, self._data)
        except Exception as error:  # noqa: BLE001  # whatever it is, the page waits for a word
            why = f"{type(error).__name__}: {error}"
        self._reports.put(Supplied(sent, why))

    def _lost(self, task: Task, future: Future[Any]) -> Iterator[Event]:
        """A page that no worker has answered.

        Raises:
            ConfigError: The scheduler is gone.
        """
        self._roster.check_scheduler()
        error = future.exception() if future.status == "error" else None
        if error is None or isinstance(error, KilledWorker):
            self._queues.suspect(task)  # it, or one that was there with it
            yield from self._again(task, "workers were lost while they ran it")
        elif isinstance(error, HostEndedError):
            yield from self._again(task, str(error))
        else:
            self._open -= 1
            yield given_up(task, f"{type(error).__name__}: {error}")

    def _again(self, task: Task, why: str) -> Iterator[Event]:
        """Run a page again, unless that has failed too often."""
        path = task.job.path
        self._failures[path] = self._failures.get(path, 0) + 1
        if self._failures[path] < _ATTEMPTS:
            self._queues.again(task)
        else:
            self._open -= 1
            yield given_up(task, why)

    def _look(self) -> None:
        """See who is there, and give back the pages of workers that are not any more."""
        if self._roster.look([*self._queues.needs]):
            for sent, future in self._sent.values():
                if sent.workers and not sent.workers & self._roster.crew.threads.keys():
                    future.cancel(force=True)  # or it would wait for ever
