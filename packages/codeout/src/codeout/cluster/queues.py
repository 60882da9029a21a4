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

    Who loses a worker cannot tell which of its pages ended it. Those run again one at a time, after
    all others: what is lost then is lost for the page that ran.

    Args:
        tasks: The pages, in the order in which to start them.
        most: How many workers have at the same time; 0 means as many as their threads ask for.
    """

    def __init__(self, tasks: Sequence[Task], most: int) -> None:
        self._most = most
        self._sent: Counter[Needs] = Counter()
        self._waiting: dict[Needs, deque[Task]] = {}
        self._suspected: set[str] = set()
        self._suspects: deque[Task] = deque()
        self._alone = False
        for task in tasks:
            self._waiting.setdefault(task.needs, deque()).append(task)

    @property
    def needs(self) -> Iterator[tuple[str, Needs]]:
        """For each kind of page that waits or runs: the name of one that waits, and its needs."""
        for needs, tasks in self._waiting.items():
            if tasks or self._sent[needs]:
                yield tasks[0].job.path if tasks else "a page", needs
        for task in self._suspects:
            yield task.job.path, task.needs

    def take(self, crew: Crew) -> Iterator[Task]:
        """The pages that workers get now."""
        if self._alone:
            return
        for needs, tasks in self._waiting.items():
            room = _AHEAD * crew.places(needs)
            while tasks and self._sent[needs] < room and self._may_send():
                self._sent[needs] += 1
                yield tasks.popleft()
        others = self._sent.total() or any(self._waiting.values())
        if self._suspects and not others and crew.places(self._suspects[0].needs):
            task = self._suspects.popleft()
            self._alone = True
            self._sent[task.needs] += 1
            yield task

    def returned(self, task: Task) -> None:
        """A worker does not have a page any more."""
        self._sent[task.needs] -= 1
        self._alone = False

    def suspect(self, task: Task) -> None:
        """A page was on workers that were lost: if it runs again, then alone."""
        self._suspected.add(task.job.path)

    def again(self, task: Task) -> None:
        """A page has to run again, before all others; or after them, if it is a suspect."""
        suspected = task.job.path in self._suspected
        (self._suspects if suspected else self._waiting[task.needs]).appendleft(task)

    def _may_send(self) -> bool:
        return not self._most or self._sent.total() < self._most
