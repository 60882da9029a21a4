"""Connects to a cluster, or starts one on this machine."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Final

from codeout.errors import ConfigError
from codeout.run.interpreter import without_main

if TYPE_CHECKING:
    from collections.abc import Iterator

    from distributed import Client, LocalCluster

LOCAL: Final = "local"
"""The address that stands for a cluster on this machine, started for one run."""

_ANSWER_SECONDS: Final = 10.0
_WORKERS_SECONDS: Final = 30.0


@contextlib.contextmanager
def connected(address: str, workers: int) -> Iterator[Client]:
    """A client of a cluster that has workers.

    Args:
        address: Of its scheduler, such as ``tcp://10.0.0.1:8786``; or ``LOCAL``.
        workers: How many workers a cluster on this machine has.

    Raises:
        ConfigError: Dask Distributed is not installed, there is no scheduler, or no worker.
    """
    try:
        from distributed import Client
    except ImportError as error:
        hint = "install it into this Python: `pip install distributed`"
        raise ConfigError("`--cluster` needs Dask Distributed", hint) from error
    with contextlib.ExitStack() as stack:
        stack.enter_context(_quiet())
        if address == LOCAL:
            address = stack.enter_context(_local(workers)).scheduler_address
        try:
            client = Client(address, timeout=_ANSWER_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            hint = "`dask scheduler` prints its address when it starts"
            raise ConfigError(f"no scheduler answers at {address}", hint) from error
        stack.callback(_close, client)
        try:
            client.wait_for_workers(1, timeout=_WORKERS_SECONDS)
        except (OSError, TimeoutError) as error:
            message = f"the cluster at {address} has no workers"
            raise ConfigError(message, f"start one: `dask worker {address}`") from error
        yield client


@contextlib.contextmanager
def _local(workers: int) -> Iterator[LocalCluster]:
    """A cluster on this machine, which ends with the context, or with this process."""
    from distributed import LocalCluster

    resource_tracker.ensure_running()  # or its start would let Ctrl-C reach workers
    with (
        _own_environment(),
        without_main(),
    ):  # also for workers that start later, in the place of others
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            cluster = LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                dashboard_address="127.0.0.1:0",  # None would take port 8787
                memory_limit=0,  # Dask would count its worker alone, not the pages beside it
                silence_logs=logging.CRITICAL,
            )
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        with cluster:
            yield cluster


@contextlib.contextmanager
def _own_environment() -> Iterator[None]:
    """Undo what Dask sets for its workers in the environment of this process."""
    before = dict(os.environ)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask from printing: what it tells of lost connections we tell ourselves."""
    logger = logging.getLogger("distributed")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


def _close(client: Client) -> None:
    with contextlib.suppress(OSError, TimeoutError):
        client.close(timeout=_ANSWER_SECONDS)
