"""What a page gave in another environment."""

from __future__ import annotations

import datetime as dt  # noqa: TC003  # dataclasses look it up
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Tested:
    """What a page gave in an environment of the matrix.

    Attributes:
        environment: Digest of the settings of the environment.
        result: In one word, as in a verdict.
        date: The day of the run, in UTC.
        line: The first line that is not true; 0 for none.
        says: What is wrong there; empty for nothing.
        python: The version of Python; empty if the page did not end.
        versions: Versions of the distributions that the page imported, by name.
        block: Which of the blocks that run is the one on that line, from 1; 0 for none.
    """

    environment: str
    result: str
    date: dt.date
    line: int = 0
    says: str = ""
    python: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    block: int = 0
