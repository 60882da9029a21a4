"""Runs one page in several ways, each in a process of its own.

The hash seed and the number of threads are fixed when an interpreter starts, and a process has one
fork server for all of its pages.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from dataclasses import dataclass, replace
from multiprocessing import connection
from typing import TYPE_CHECKING

from codeout.engine.execute import run_page
from codeout.engine.transcript import Transcript
from codeout.errors import CodeoutError
from codeout.run.interpreter import without_flags, without_main

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.errors import Problem
    from codeout.stability.variants import Variation


@dataclass(frozen=True, slots=True)
class Trial:
    """One run of the page.

    Attributes:
        variation: How it ran.
        transcript: What it left behind; None if it failed.
        problems: Why it failed.
    """

    variation: Variation
    transcript: Transcript | None
    problems: tuple[Problem, ...] = ()


def run_trials(
    config: Config, plan: Plan, ways: Sequence[Variation], workers: int
) -> Generator[Trial]:
    """Run a page in each of some ways, several at the same time.

    Closing the iterator, or an exception in the caller, stops what runs.

    Args:
        config: The settings.
        plan: The page.
        ways: How to run it.
        workers: How many runs go on at the same time.

    Yields:
        Each trial as soon as it is over.

    Raises:
        CodeoutError: A run ended without an answer, or could not begin.
    """
    context = multiprocessing.get_context("spawn")
    waiting = deque(ways)
    running: dict[Connection, tuple[Variation, BaseProcess]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                variation = waiting.popleft()
                ours, theirs = context.Pipe(duplex=False)
                process: BaseProcess = context.Process(
                    target=_run_and_send, args=(theirs, config, plan, variation)
                )
                with without_main(), without_flags():
                    process.start()
                running[ours] = variation, process
                theirs.close()
            ready = connection.wait([*running])
            for ours in [each for each in running if each in ready]:
                yield _receive(running[ours][0], ours, plan, config)
                running.pop(ours)[1].join()
    finally:
        for _, process in running.values():
            process.terminate()
            process.join()


def _receive(variation: Variation, ours: Connection, plan: Plan, config: Config) -> Trial:
    try:
        answer = ours.recv()
    except EOFError as error:
        raise CodeoutError(f"{plan.path}: a run of it ended without an answer") from error
    if isinstance(answer, CodeoutError):
        raise answer
    if not isinstance(answer, Transcript):
        return Trial(variation, None, answer)
    problems = answer.problems(plan, config.output_limit)
    return Trial(variation, None if problems else answer, problems)


def _run_and_send(parent: Connection, config: Config, plan: Plan, variation: Variation) -> None:
    """Run the page in this process, and send its transcript or its problems to the parent."""
    signal.signal(signal.SIGTERM, _stop_quietly)  # or the page would outlive it
    varied = replace(config, environment={**config.environment, **variation.environment})
    try:
        codes = [each.code for each in config.setup_of(plan.path)]
        codes += [cell.code for cell in plan.cells]
        found = run_page(varied, plan, variation.setup("\n".join(codes)))
    except CodeoutError as error:
        parent.send(error)
        return
    except KeyboardInterrupt:
        return
    parent.send(found if isinstance(found, Transcript) else found.problems)


def _stop_quietly(*_: object) -> None:
    """End this process in order, and print nothing more: the parent knows why it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    raise KeyboardInterrupt
