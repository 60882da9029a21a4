"""What travels between this machine and the workers: a task in, a result or a refusal out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from codeout.data.assets import Asset
    from codeout.run.job import Job, Limits

Needs = tuple[tuple[str, float], ...]
"""Names of resources of Dask, and how much of each."""


@dataclass(frozen=True, slots=True)
class Content:
    """A data file of a page, by what is in it.

    Attributes:
        asset: Its declaration, with the place where the page finds it.
        sha256: The checksum of its bytes, which are those of a stand-in if it is one.
        stand_in: Whether it is a stand-in.
    """

    asset: Asset
    sha256: str
    stand_in: bool


@dataclass(frozen=True, slots=True)
class Task:
    """A page to run, or one session of it.

    Attributes:
        job: The page with its code and settings, without its data files.
        limits: How to run it.
        files: Its data files, which the worker has or asks for.
        root: The root of the project.
        ours: What codeout writes beside pages: the lock, and the folder of figures.
        versions: What the worker must have: the versions on this machine, by name.
        topic: Where to tell of blocks that take their time.
    """

    job: Job
    limits: Limits
    files: tuple[Content, ...] = ()
    root: str = ""
    ours: tuple[str, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    topic: str = ""

    @property
    def needs(self) -> Needs:
        """What a worker must offer, in a form that can be compared."""
        return tuple(sorted(self.job.needs.items()))


@dataclass(frozen=True, slots=True)
class Result:
    """What a run left behind.

    Attributes:
        worker: The address of the worker.
        lines: The events of the page as lines; see ``codeout.run.protocol``.
        home: The home folder there.
        site: The folders of packages and of the standard library there.
        names: Portable names of the files that the page accessed, by their paths there.
        reads: Digests of the files that the page read there, by their portable names.
        versions: Versions of the distributions that the page imported there, by name.
    """

    worker: str
    lines: tuple[bytes, ...]
    home: str
    site: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    reads: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lacks:
    """A worker asks for data files before it can run a page.

    Attributes:
        worker: The address of the worker.
        store: Where it keeps data: its machine and its folder, which other workers may share.
        digests: The checksums of the files.
    """

    worker: str
    store: str
    digests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differs:
    """A worker has other versions than this machine.

    Attributes:
        worker: The address of the worker.
        found: The versions that it has, by name; only those that differ.
    """

    worker: str
    found: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unfit:
    """A worker could not run a page, for a reason that is not in the page.

    Attributes:
        worker: The address of the worker.
        why: The reason.
    """

    worker: str
    why: str


Answer = Result | Lacks | Differs | Unfit
