"""A cluster for the tests that do not harm it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.clusters import cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.clusters import Cluster


@pytest.fixture(scope="module")  # idle processes of Dask take an eighth of two cores
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster of two workers, of which one has another home."""
    folder = tmp_path_factory.mktemp("cluster")
    with cluster(folder) as made:
        made.start()
        home = folder / "home"
        home.mkdir()
        made.start(HOME=str(home))
        yield made
