"""The order in which pages go to workers, and how those are found that end them."""

from __future__ import annotations

import pytest
from codeout.cluster.crew import Crew
from codeout.cluster.queues import Queues
from codeout.cluster.task import Task
from codeout.run.job import Job, Limits
from hypothesis import given
from hypothesis import strategies as st

CREW = Crew({"one": 1, "two": 2}, {"one": {}, "two": {"GPU": 1}})
NOBODY = Crew({}, {})


def tasks(names: str, **needs: float) -> list[Task]:
    """Pages with names of one letter."""
    return [Task(Job(name, (), needs=needs), Limits(1)) for name in names]


def taken(queues: Queues, crew: Crew = CREW) -> str:
    """The names of the pages that workers get now."""
    return "".join(task.job.path for task in queues.take(crew))


def test_each_thread_has_one_page_and_one_ahead() -> None:
    pages = tasks("abcdefgh")
    queues = Queues(pages, 0)
    assert [taken(queues), taken(queues)] == ["abcdef", ""]
    queues.returned(pages[0])
    assert taken(queues) == "g"
    assert taken(Queues(pages, 4)) == "abcd"
    assert taken(Queues(tasks("abc", GPU=1), 0)) == "ab"


def test_a_page_runs_again_before_all_others() -> None:
    pages = tasks("abc")
    queues = Queues(pages, 2)
    assert taken(queues) == "ab"
    queues.returned(pages[1])
    queues.again(pages[1])
    assert taken(queues) == "b"


def test_suspects_run_after_all_others_and_alone() -> None:
    first, second, third, fourth = pages = tasks("abcd")
    queues = Queues(pages, 3)
    assert taken(queues) == "abc"
    for page in (first, second):
        queues.returned(page)
        queues.suspect(page)
        queues.again(page)
    assert taken(queues) == "d", "those that have done nothing go first"
    queues.returned(third)
    assert taken(queues) == "", "another one still runs"
    queues.returned(fourth)
    assert taken(queues) == "b"
    queues.again(third)
    assert taken(queues) == "", "nothing runs beside a suspect"
    queues.returned(second)
    assert taken(queues) == "c", "as when its data files have come"
    queues.returned(third)
    assert taken(queues) == "a"


@pytest.mark.parametrize("needs", [{}, {"GPU": 1.0}])
def test_suspects_wait_for_a_worker_as_others_do(needs: dict[str, float]) -> None:
    (page,) = tasks("a", **needs)
    queues = Queues([page], 0)
    assert taken(queues) == "a"
    queues.returned(page)
    queues.suspect(page)
    queues.again(page)
    assert taken(queues, NOBODY) == ""
    assert [*queues.needs] == [("a", page.needs)]
    assert taken(queues) == "a"


@given(st.sets(st.sampled_from("abcdefgh"), max_size=8), st.integers(0, 4))
def test_only_pages_that_end_workers_are_ever_lost_alone(killers: set[str], most: int) -> None:
    """All that run together are lost if one of them ends a worker; three losses are too many."""
    pages = {task.job.path: task for task in tasks("abcdefgh")}
    queues = Queues([*pages.values()], most)
    losses = dict.fromkeys(pages, 0)
    done = set()
    while names := taken(queues):
        for name in names:
            queues.returned(pages[name])
        for name in names:
            if not killers & {*names}:
                done.add(name)
            elif (losses := {**losses, name: losses[name] + 1})[name] < 3:
                queues.suspect(pages[name])
                queues.again(pages[name])
    assert done == pages.keys() - killers
