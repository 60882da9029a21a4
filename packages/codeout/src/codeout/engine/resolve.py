"""Resolves the conflict that a merge has left in the lock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from codeout.config.toml import read_bytes, read_if_there
from codeout.engine.discovery import find_pages, name_of
from codeout.engine.planning import plan_page
from codeout.errors import ConfigError, display_path
from codeout.lock.file_text import read_records
from codeout.lock.lockfile import Lock
from codeout.lock.merge import merge, sides
from codeout.lock.staleness import why_stale

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from codeout.config.settings import Config
    from codeout.lock.record import Record


@dataclass(frozen=True, slots=True)
class Resolved:
    """What became of a conflict.

    Attributes:
        kept: How many records are in the lock now.
        stale: The pages of which no record fits, so that they have to run.
    """

    kept: int
    stale: tuple[str, ...]


def resolve(config: Config) -> Resolved | None:
    """Keep, for each page, the record that fits the page as it is now.

    Returns:
        None if there is no conflict.

    Raises:
        ConfigError: The lock cannot be read or written, or one of its sides is not a lock.
    """
    path = config.root / config.lock
    source = read_if_there(path) if config.lock else None
    if source is None:
        return None
    texts = sides(source.decode(errors="replace"))
    if texts is None:
        return None
    merged = merge(*(read_records(path, text.encode()) for text in texts))
    fitting = _fitting(config, merged.open)
    records = {**merged.records, **fitting}
    overwrite(path, records, config.root)
    return Resolved(len(records), tuple(page for page in merged.open if page not in fitting))


def merge_files(base: Path, ours: Path, theirs: Path) -> tuple[str, ...]:
    """Merge the locks of two branches into ``ours``, as git asks a driver to.

    Returns:
        The pages that both have changed; they have no record then, and are stale.

    Raises:
        ConfigError: One of the files is not a lock.
    """
    one, other, before = (read_records(file, read_bytes(file)) for file in (ours, theirs, base))
    merged = merge(one, other, before)
    overwrite(ours, merged.records)
    return tuple(merged.open)


def join(config: Config, shards: Sequence[Path]) -> int:
    """Put what several machines have recorded into the lock that they began with.

    Args:
        config: The settings of the project, whose lock is as it was on all of them.
        shards: Their locks.

    Returns:
        How many records there are.

    Raises:
        ConfigError: A file is not a lock, two have recorded the same page, or there is no lock.
    """
    if not config.lock:
        raise ConfigError("this project has no lock", "name one in [tool.codeout]")
    path = config.root / config.lock
    source = read_if_there(path)
    base = read_records(path, source) if source is not None else {}
    joined: Mapping[str, Record] = base
    for shard in shards:
        merged = merge(joined, read_records(shard, read_bytes(shard)), base)
        if merged.open:
            message = f"{display_path(shard)}: another shard has recorded {min(merged.open)} too"
            raise ConfigError(message, "run the shards of one commit: `--shard 1/2`, `--shard 2/2`")
        joined = merged.records
    overwrite(path, joined, config.root)
    return len(joined)


def overwrite(path: Path, records: Mapping[str, Record], root: Path | None = None) -> None:
    """Write a lock that has these records and no others."""
    lock = Lock(path, root)
    for page, record in records.items():
        lock.put(page, record)
    lock.replace()


def _fitting(config: Config, undecided: Mapping[str, tuple[Record, Record]]) -> dict[str, Record]:
    """Of the records of two branches, those of pages that are fresh by one of them."""
    found: dict[str, Record] = {}
    for file in find_pages(config) if config.pages else ():
        name = name_of(config, file)
        if name not in undecided:
            continue
        plan = plan_page(config, file)
        for record in undecided[name]:
            if not plan.problems and not why_stale(plan.inputs, plan.outputs, record, plan.root):
                found[name] = record
    return found
