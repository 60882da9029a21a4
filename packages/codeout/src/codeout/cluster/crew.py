"""The workers of a cluster: what they can do, and whether pages come out there as here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from codeout.cluster.versions import versions_here
from codeout.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from distributed import Client

    from codeout.cluster.task import Needs


@dataclass(frozen=True, slots=True)
class Crew:
    """The workers at one moment.

    Attributes:
        threads: How many tasks each worker runs at the same time, by its address.
        resources: What each offers, by its address.
    """

    threads: Mapping[str, int]
    resources: Mapping[str, Mapping[str, float]]

    @classmethod
    def of(cls, client: Client) -> Crew:
        """Ask the scheduler.

        Raises:
            OSError: It does not answer.
        """
        workers = client.scheduler_info(n_workers=-1)["workers"]
        return cls(
            {address: worker["nthreads"] for address, worker in workers.items()},
            {address: worker["resources"] for address, worker in workers.items()},
        )

    def places(self, needs: Needs) -> int:
        """How many pages with some needs can run at the same time."""
        return sum(self._places_on(worker, needs) for worker in self.threads)

    def able(self, needs: Needs) -> frozenset[str]:
        """The addresses of the workers that can run a page with some needs."""
        return frozenset(worker for worker in self.threads if self._places_on(worker, needs))

    def _places_on(self, worker: str, needs: Needs) -> int:
        has = self.resources[worker]
        return min([self.threads[worker], *(int(has.get(name, 0) // much) for name, much in needs)])


def check_versions(client: Client, wanted: Mapping[str, str]) -> None:
    """Compare the versions on all workers with those on this machine.

    One that ends meanwhile is passed over: each page looks again, wherever it runs.

    Raises:
        ConfigError: A worker has others, or no codeout.
    """
    for worker, found in client.run(versions_here, (*wanted,), on_error="return").items():
        if isinstance(found, OSError):  # its connection was lost
            continue
        if isinstance(found, ModuleNotFoundError):
            hint = "give all workers the Python environment of this machine"
            raise ConfigError(f"worker {worker}: {found}", hint)
        if isinstance(found, BaseException):
            raise ConfigError(f"worker {worker} does not answer: {found}", "look into its log")
        refuse(worker, {n: v for n, v in found.items() if v != wanted[n]}, wanted)


def refuse(worker: str, found: Mapping[str, str], wanted: Mapping[str, str]) -> None:
    """Refuse a worker with other versions, if there are any.

    Raises:
        ConfigError: There are.
    """
    if found:
        told = "; ".join(told_difference(name, has, wanted[name]) for name, has in found.items())
        hint = "outputs may differ with them; give all workers the environment of this machine"
        raise ConfigError(f"worker {worker} has {told}", hint)


def told_difference(name: str, there: str, here: str) -> str:
    """Two versions of one thing, in words."""
    return f"{name} {there}, not {here}" if there else f"no {name}, where here is {here}"


def check_needs(crew: Crew, needs: Iterable[tuple[str, Needs]]) -> None:
    """Look whether every page has a worker: Dask would let it wait without an end.

    Args:
        crew: The workers.
        needs: The names of pages and what they need.

    Raises:
        ConfigError: No worker has what a page needs.
    """
    for page, wanted in needs:
        if not crew.places(wanted):
            told = ", ".join(f"{name} = {much:g}" for name, much in wanted)
            words = " ".join(f"{name}={much:g}" for name, much in wanted)
            hint = f"start one with them: `dask worker ADDRESS --resources '{words}'`"
            raise ConfigError(f"{page} needs {{ {told} }}, and no worker has that", hint)
