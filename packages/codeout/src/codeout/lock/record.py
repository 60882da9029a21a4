"""The record of the run that made a page's outputs."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codeout.lock.observed import Observed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from codeout.lock.tested import Tested


@dataclass(frozen=True, slots=True)
class Inputs:
    """Digests of what decides the outputs of a page.

    Attributes:
        code: Of the blocks with their directives, includes not expanded, and of the environment
            variables in the settings.
        includes: Of each included file, by its name.
        data: Of the declarations of its data files; empty if it has none.
        plugins: The versions of the plugins, by the names of their distributions.
    """

    code: str
    includes: Mapping[str, str] = field(default_factory=dict)
    data: str = ""
    plugins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """The run that made a page's outputs.

    Attributes:
        inputs: Digests of what decided the outputs.
        outputs: Digest of the outputs in the page.
        versions: Versions of the distributions that the page imported, by name.
        python: The version of Python.
        device: The device for tensors: ``cpu``, or the accelerator.
        date: The day of the run, in UTC.
        seconds: How long the page ran, in seconds.
        blocks: How many blocks ran.
        stand_ins: Paths of the data files that were stand-ins.
        observed: What the page accessed outside of its folder.
        figures: Digests of the figures that codeout wrote for the page, by the names of files.
        matrix: What the same page gave in other environments, by their names.
    """

    inputs: Inputs
    outputs: str
    versions: Mapping[str, str]
    python: str
    device: str
    date: dt.date
    seconds: float
    blocks: int
    stand_ins: tuple[str, ...] = ()
    observed: Observed = Observed()
    figures: Mapping[str, str] = field(default_factory=dict)
    matrix: Mapping[str, Tested] = field(default_factory=dict)

    def with_matrix(self, matrix: Mapping[str, Tested]) -> Record:
        """The record with what the page gave in other environments."""
        return dataclasses.replace(self, matrix=matrix)

    def same_page(self, other: Record) -> bool:
        """Whether both are of the same code, outputs and files."""
        mine, theirs = (
            (record.inputs, record.outputs, record.observed.reads) for record in (self, other)
        )
        return mine == theirs

    def same_as(self, other: Record) -> bool:
        """Whether both say the same of the page, time and machine left aside."""
        mine, theirs = (
            dataclasses.replace(
                record,
                python="",
                device="",
                date=dt.date.min,
                seconds=0.0,
                stand_ins=(),
            )
            for record in (self, other)
        )
        return mine == theirs
