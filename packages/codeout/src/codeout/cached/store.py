"""The file that keeps the statuses of a project, in the folder of the cache."""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from dataclasses import asdict, dataclass, field
from typing import Any

from codeout.fs.cache_folder import cache_folder

States = dict[str, str]
"""The states of files, by their absolute paths."""


@dataclass(slots=True)
class KeptPage:
    """What is kept of a page.

    Attributes:
        states: Of the files that its status was found in, or that were looked for in vain.
        missing: The modules that it missed, and that could not be imported.
        record: The digest of its record.
        status: The status; see ``entry``.
    """

    states: States
    missing: list[str]
    record: str
    status: dict[str, Any]


@dataclass(slots=True)
class Kept:
    """What is kept of a project.

    Attributes:
        root: Its folder.
        surroundings: See ``surroundings``.
        settings: The states of the files that its settings were read from or looked for in.
        lock: The state of its lock.
        folders: The states of what its pages were looked for in; empty if not all were found.
        order: The names of all pages.
        pages: What is kept of each page, by its name.
    """

    root: str
    surroundings: list[str] = field(default_factory=list)
    settings: States = field(default_factory=dict)
    lock: States = field(default_factory=dict)
    folders: States = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    pages: dict[str, KeptPage] = field(default_factory=dict)


def load(root: str) -> Kept:
    """What is kept of the project in a folder; nothing if its file is missing or damaged."""
    with contextlib.suppress(OSError, ValueError, TypeError):
        with open(_file_of(root), "rb") as file:  # noqa: PTH123  # a Path takes a while
            head, _, body = file.read().partition(b"\n")
        fields: dict[str, Any] = json.loads(body) if head == _sum(body) else {"root": ""}
        if fields["root"] == root:
            pages = {name: KeptPage(**page) for name, page in fields.pop("pages").items()}
            return Kept(**fields, pages=pages)
    return Kept(root)


def save(kept: Kept) -> None:
    """Keep something of a project, if the file for it can be written."""
    from pathlib import Path

    from codeout.fs.atomic import replace_file
    from codeout.fs.place import NewFile

    body = json.dumps(asdict(kept), separators=(",", ":")).encode("ascii")
    with contextlib.suppress(OSError):
        replace_file(NewFile(Path(_file_of(kept.root)), b"\n".join([_sum(body), body])))


def _file_of(root: str) -> str:
    name = f"{zlib.crc32(os.fsencode(root)):08x}.json"
    return os.path.join(cache_folder(), "statuses", name)  # noqa: PTH118


def _sum(body: bytes) -> bytes:
    """What tells a damaged file."""
    return b"%08x" % zlib.crc32(body)
