"""A record that tests share: every value of it is unlike the defaults."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from codeout.lock.lockfile import Lock
from codeout.lock.record import Inputs, Record
from codeout.lock.tested import Tested

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

RECORD = Record(
    inputs=Inputs(
        "c0de",
        {"snippets/net.py": "1ab", "snippets/그물.py": "2cd"},
        "da7a",
        {"codeout-sql": "1.0"},
    ),
    outputs="0075",
    versions={"torch": "2.14.1", "numpy": "2.4.0"},
    python="3.11.2",
    device="cpu",
    date=dt.date(2026, 11, 23),
    seconds=2.5,
    blocks=3,
    stand_ins=("data/가중치.pth",),
    figures={"1.png": "f1"},
    matrix={
        "torch-2.6": Tested(
            "e0", "differs", dt.date(2026, 11, 29), 7, "3 → 2", "3.12.1", {"a": "1"}, 2
        )
    },
)


def lock_of(records: Mapping[str, Record], file: Path | None = None) -> Lock:
    """A lock with some records, not yet written."""
    lock = Lock(file)
    for page, record in records.items():
        lock.put(page, record)
    return lock
