"""Sends data files to a worker, in parts that Dask takes well."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from codeout.cluster.store import receive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from distributed import Client

    from codeout.cluster.task import Content

_PART: Final = 4 << 20


def send(client: Client, worker: str, files: Iterable[Content], data: Mapping[str, Path]) -> str:
    """Send files to a worker; they are taken beside the page that runs there.

    Args:
        client: The cluster.
        worker: The address of the worker.
        files: The files.
        data: Where they are on this machine, by their checksum.

    Returns:
        Why the worker does not have them now; empty if it has.
    """
    for content in files:
        sender = secrets.token_hex(4)
        for start, part, last in _parts(data[content.sha256]):
            answers = client.run(
                receive,
                content,
                sender,
                start,
                part,
                last=last,
                workers=[worker],
                on_error="return",
            )
            why = answers.get(worker, "it is gone")
            if why:
                return f"worker {worker}: {why}"
    return ""


def _parts(file: Path) -> Iterator[tuple[int, bytes, bool]]:
    """The parts of a file, with the place where each begins, and whether it is the last."""
    size, start = file.stat().st_size, 0
    with file.open("rb") as source:
        while True:
            part = source.read(_PART)
            last = start + len(part) >= size
            yield start, part, last
            if last:
                return
            start += len(part)
