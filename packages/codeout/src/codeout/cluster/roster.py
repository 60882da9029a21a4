"""Which workers are there during a run: they come, go, and start again."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from codeout.cluster.crew import Crew, check_needs
from codeout.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from distributed import Client

    from codeout.cluster.task import Needs

LOOK_SECONDS: Final = 1.0
"""How often to ask the scheduler."""

_GRACE_SECONDS: Final = 30.0
_GONE: Final = (
    "the scheduler is gone",
    "finished pages are as they should be; run the others again",
)


class Roster:
    """The workers of a cluster, as they were a moment ago.

    Args:
        client: The cluster.

    Attributes:
        crew: The workers.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._unfit: set[str] = set()
        self._looked = self._enough = time.monotonic()
        self.crew = Crew.of(client)

    def exclude(self, worker: str) -> None:
        """Send no more pages to a worker, if another one can take them."""
        self._unfit.add(worker)

    def chosen(self, needs: Needs) -> frozenset[str]:
        """The addresses of the workers that are to run a page; none if it does not matter."""
        return self.crew.able(needs) - self._unfit if self._unfit else frozenset()

    def look(self, needs: Sequence[tuple[str, Needs]]) -> bool:
        """Ask who is there, unless that has just been asked.

        Args:
            needs: The names of pages that have not ended, with what they need.

        Returns:
            Whether the scheduler was asked.

        Raises:
            ConfigError: The scheduler is gone, or for a while no worker was there for a page.
        """
        if time.monotonic() - self._looked < LOOK_SECONDS:
            return False
        self.check_scheduler()
        try:
            self.crew = Crew.of(self._client)
        except OSError as error:
            raise ConfigError(*_GONE) from error
        self._looked = time.monotonic()
        if all(self.crew.places(wanted) for _, wanted in needs):
            self._enough = self._looked
        elif self._looked - self._enough > _GRACE_SECONDS:
            check_needs(self.crew, needs)
        return True

    def check_scheduler(self) -> None:
        """Look whether the scheduler is still connected.

        Raises:
            ConfigError: It is not.
        """
        if self._client.status != "running":
            raise ConfigError(*_GONE)
