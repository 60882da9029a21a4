"""One page, run again and again under varied settings, each time in a process of its own.

The hash seed and the number of threads are settled when an interpreter starts, and the server that
pages are forked from is one for each process that asks for it.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from dataclasses import dataclass, replace
from multiprocessing import connection
from typing import TYPE_CHECKING

from codeout.engine.execute import rehearse
from codeout.engine.transcript import Transcript
from codeout.errors import CodeoutError

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
        transcript: What it left behind; None where it did not run to its end.
        problems: Why it did not.
    """

    variation: Variation
    transcript: Transcript | None
    problems: tuple[Problem, ...] = ()


def trials(
    config: Config, plan: Plan, varied: Sequence[Variation], workers: int
) -> Generator[Trial]:
    """Run a page under each variation, some of them side by side.

    Closing the iterator, or an exception in the caller, stops what runs.

    Args:
        config: The settings.
        plan: The page.
        varied: How to run it.
        workers: How many runs go on at the same time.

    Yields:
        A trial as soon as it is over.

    Raises:
        CodeoutError: A run ended without an answer, or could not begin.
    """
    context = multiprocessing.get_context("spawn")
    waiting = deque(varied)
    running: dict[Connection, tuple[Variation, BaseProcess]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                variation = waiting.popleft()
                ours, theirs = context.Pipe(duplex=False)
                process: BaseProcess = context.Process(
                    target=_perform, args=(theirs, config, plan, variation)
                )
                process.start()
                running[ours] = variation, process
                theirs.close()
            ready = connection.wait([*running])
            for ours in [each for each in running if each in ready]:
                yield _trial(running[ours][0], ours, plan, config)
                running.pop(ours)[1].join()
    finally:
        for _, process in running.values():
            process.terminate()
            process.join()


def _trial(variation: Variation, ours: Connection, plan: Plan, config: Config) -> Trial:
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


def _perform(parent: Connection, config: Config, plan: Plan, variation: Variation) -> None:
    """Run the page in this process, which is there for that alone."""
    import signal

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # or the page would outlive it
    varied = replace(config, environment={**config.environment, **variation.environment})
    try:
        left = rehearse(varied, plan, variation.setup(plan))
    except CodeoutError as error:
        parent.send(error)
        return
    except KeyboardInterrupt:
        return
    parent.send(left if isinstance(left, Transcript) else left.problems)
