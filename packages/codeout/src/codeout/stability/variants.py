"""The ways to run one page: with other seeds, hash seeds and numbers of threads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kind(Enum):
    """What a run changes; the value says in a message how an output moves with it."""

    USUAL = "not at all"
    AGAIN = "from run to run unless it is seeded"
    SEED = "with the seed"
    SAME_SEED = "from run to run even when it is seeded"
    HASH_SEED = "with the hash seed"
    THREADS = "with the number of threads"


@dataclass(frozen=True, slots=True)
class Variation:
    """One way to run a page.

    Attributes:
        kind: What it changes.
        number: The seed, the hash seed or the number of threads.
    """

    kind: Kind
    number: int = 0

    @property
    def title(self) -> str:
        """What it is called: ``seed 1``."""
        names = {
            Kind.USUAL: "as usual",
            Kind.AGAIN: "another run",
            Kind.SEED: f"seed {self.number}",
            Kind.SAME_SEED: f"seed {self.number} again",
            Kind.HASH_SEED: f"hash seed {self.number}",
            Kind.THREADS: f"{self.number} threads",
        }
        return names[self.kind]

    @property
    def environment(self) -> Mapping[str, str]:
        """Environment variables of the page and of the fork server."""
        if self.kind is Kind.HASH_SEED:
            return {"PYTHONHASHSEED": str(self.number)}
        if self.kind is Kind.THREADS:
            return dict.fromkeys(_THREADS, str(self.number))
        return {}

    def setup(self, code: str) -> str:
        """Python that seeds the sources of random numbers that the code of a page names."""
        if self.kind not in {Kind.SEED, Kind.SAME_SEED}:
            return ""
        named = [name for name in ("numpy", "torch") if re.search(rf"\b{name}\b", code)]
        return _SEEDING.format(seed=self.number, named=named)


USUAL: Final = Variation(Kind.USUAL)

_THREADS: Final = ("MKL_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
_SEEDING: Final = """\
import contextlib
import importlib
import random
import sys

for name in {named}:
    with contextlib.suppress(ImportError):
        importlib.import_module(name)
random.seed({seed})
if "numpy" in sys.modules:
    importlib.import_module("numpy.random").seed({seed})
if "torch" in sys.modules:
    sys.modules["torch"].manual_seed({seed})
"""


def variations(count: int) -> tuple[Variation, ...]:
    """The first ``count`` ways to run a page, in rounds of five.

    A round repeats the usual run, runs twice with a new seed, once with a new hash seed and once
    with one more thread. An output that moves from run to run, but not between two runs with the
    same seed, needs seeding.
    """
    found: list[Variation] = []
    for number in range(1, 2 + count // 5):
        found += [
            Variation(Kind.AGAIN, number),
            Variation(Kind.SEED, number),
            Variation(Kind.SAME_SEED, number),
            Variation(Kind.HASH_SEED, number),
            Variation(Kind.THREADS, 1 + number),
        ]
    return tuple(found[:count])
