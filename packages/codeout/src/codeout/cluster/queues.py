"""The pages that wait for a worker, the longest first, by what they need."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.cluster.crew import Crew
    from codeout.cluster.task import Needs, Task

_AHEAD: Final = 2
"""How many pages each thread of a worker has: one that runs, and one that begins after it."""


class Queues:
    """Pages that wait, and how many of each kind workers have.

    Args:
        tasks: The pages, in the order in which to start them.
        most: How many workers have at the same time; 0 means as many as their threads ask for.
    """

    def __init__(self, tasks: Sequence[Task], most: int) -> None:
        self._most = most
        self._sent: Counter[Needs] = Counter()
        self._waiting: dict[Needs, deque[Task]] = {}
        for task in tasks:
            self._waiting.setdefault(task.needs, deque()).append(task)

    def __bool__(self) -> bool:
        """Whether a page waits."""
        return any(self._waiting.values())

    @property
    def needs(self) -> Iterator[tuple[str, Needs]]:
        """For each kind of page that waits or runs: the name of one that waits, and its needs."""
        for needs, tasks in self._waiting.items():
            if tasks or self._sent[needs]:
                yield tasks[0].job.path if tasks else "a page", needs

    def take(self, crew: Crew) -> Iterator[Task]:
        """The pages that workers get now."""
        for needs, tasks in self._waiting.items():
            room = _AHEAD * crew.places(needs)
            while tasks and self._sent[needs] < room and self._may_send():
                self._sent[needs] += 1
                yield tasks.popleft()

    def returned(self, task: Task) -> None:
        """A worker does not have a page any more."""
        self._sent[task.needs] -= 1

    def again(self, task: Task) -> None:
        """A page has to run again, before all others."""
        self._waiting[task.needs].appendleft(task)

    def _may_send(self) -> bool:
        return not self._most or self._sent.total() < self._most
