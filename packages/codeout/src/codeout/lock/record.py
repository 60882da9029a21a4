"""What is remembered of the run that made a page's outputs, and why a page is stale."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codeout.lock.observed import Observed
from codeout.lock.versions import installed_version

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Inputs:
    """Digests of all that decides what a page prints.

    Attributes:
        code: Of the blocks and their comments, includes not expanded, and of the settings.
        includes: Of each included file, by its path.
        data: Of the declared data files that the page finds.
    """

    code: str
    includes: Mapping[str, str] = field(default_factory=dict)
    data: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What is remembered of the run that made a page's outputs.

    Attributes:
        inputs: Of the page when it ran.
        outputs: Digest of the outputs in the page.
        versions: Distributions that the page imported, to their versions.
        python: The version of Python.
        device: Where tensors could be put: ``cpu``, or the accelerator.
        date: The day of the run, in UTC.
        seconds: How long the page ran.
        blocks: How many blocks ran.
        stand_ins: Data files that were stand-ins.
        observed: What the page was seen to touch outside of its folder.
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

    def same_as(self, other: Record) -> bool:
        """Whether both tell the same of the page, whenever and wherever it ran."""
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


def why_stale(inputs: Inputs, outputs: str, record: Record | None, root: Path) -> tuple[str, ...]:
    """The reasons why a page must run again; none if its outputs are as recorded.

    Args:
        inputs: Of the page as it is now.
        outputs: Digest of the outputs in the page as it is now.
        record: What is remembered of the page.
        root: The project's folder.
    """
    if record is None:
        return ("never ran",)
    before = record.inputs
    reasons = ["code changed"] if inputs.code != before.code else []
    changed = {
        path
        for path in {*inputs.includes, *before.includes}
        if inputs.includes.get(path) != before.includes.get(path)
    }
    reasons += [f"{path} changed" for path in sorted(changed)]
    reasons += ["data changed"] if inputs.data != before.data else []
    reasons += [f"{name} changed" for name in record.observed.changed(root) if name not in changed]
    for name, version in sorted(record.versions.items()):
        installed = installed_version(name)
        if installed != version:
            reasons.append(f"{name} {version} → {installed or 'not installed'}")
    reasons += ["output edited by hand"] if outputs != record.outputs else []
    return tuple(reasons)
