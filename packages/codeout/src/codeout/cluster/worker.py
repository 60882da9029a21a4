"""What a worker does: it runs a page in a process beside it, and tells what the page left."""

from __future__ import annotations

import math
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from distributed import WorkerPlugin, get_worker
from distributed.utils import sync

from codeout.cluster import store
from codeout.cluster.hosts import HostEndedError, Hosts
from codeout.cluster.task import Answer, Differs, Lacks, Result, Unfit
from codeout.cluster.versions import differing
from codeout.lock.observing import name_of, observe
from codeout.lock.versions import versions_of
from codeout.run.access import site_folders
from codeout.run.events import Ended, Finished
from codeout.run.protocol import from_line

if TYPE_CHECKING:
    from distributed import Worker

    from codeout.cluster.task import Task

LEAST_FREE: Final = 16 << 20
"""Bytes that must be free for temporary files, before a page and after it."""

_PLUGIN: Final = "codeout"
_STOPPED: Final = frozenset({"cancelled", "forgotten", "released"})
_HOSTS: Final = Hosts()


class StopPages(WorkerPlugin):
    """Ends a page whose task is no longer wanted: Dask would let it run to its end."""

    def transition(self, key: Any, start: str, finish: str, **_: Any) -> None:
        """Called by the worker when the state of a task changes."""
        if start == "executing" and finish in _STOPPED:
            _HOSTS.stop(str(key))


def run_task(key: str, task: Task) -> Answer:
    """Run a page on this worker.

    Args:
        key: The name of the task.
        task: The page.

    Raises:
        HostEndedError: The process beside this worker has ended.
        StoppedError: The task was cancelled; nobody waits for it.
    """
    worker = get_worker()
    _stop_pages_on(worker)
    if found := differing(task.versions):
        return Differs(worker.address, found)
    if lacking := store.lacking(task.files):
        return Lacks(worker.address, store.store_name(), lacking)
    if full := _is_full():
        return Unfit(worker.address, full)
    ready = replace(task, job=replace(task.job, files=store.fetched(task.files)))
    try:
        lines = _run(key, ready, worker)
    except HostEndedError as ended:
        if ended.begun:
            raise
        lines = _run(key, ready, worker)  # it may have ended for lack of work, just then
    if full := _is_full():  # so the page may have failed for want of room
        return Unfit(worker.address, full)
    return _result(worker.address, ready, lines)


def _run(key: str, task: Task, worker: Worker) -> tuple[bytes, ...]:
    lines: list[bytes] = []
    with _HOSTS.lent(key, task.limits) as host:
        for line in host.run(task.job, task.limits):
            if line.startswith(b'{"Lasting"'):
                worker.log_event(task.topic, line)
            else:
                lines.append(line)
    return tuple(lines)


def _result(worker: str, task: Task, lines: tuple[bytes, ...]) -> Result:
    """What a page has left, with what it accessed in names that hold on every machine."""
    events = [from_line(line) for line in lines]
    imports = {
        name for event in events if isinstance(event, Finished) for name in event.ran.imports
    }
    result = Result(worker, lines, str(Path.home()), site_folders(), versions=versions_of(imports))
    ended = events[-1] if events else None
    if not isinstance(ended, Ended):
        return result
    root, touched = Path(task.root), ended.touched
    page = root / task.job.path
    seen = observe(touched, root, page, math.inf, tuple(map(Path, task.ours)))
    names = {path: name_of(path, root) for path in touched.reads | touched.writes}
    return replace(result, names=names, reads=seen.reads)


def _is_full() -> str:
    """Why no page can run here, if there is no room for temporary files; otherwise empty."""
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free
    return f"{free >> 20} MiB are free in {folder}" if free < LEAST_FREE else ""


def _stop_pages_on(worker: Worker) -> None:
    if _PLUGIN not in worker.plugins:
        sync(worker.loop, worker.plugin_add, StopPages(), name=_PLUGIN)
