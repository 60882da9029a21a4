"""The files that a live page depends on: what its runs read, and what they did not find."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from codeout.lock.observed import Observed
from codeout.lock.observing import changed_reads, observe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from codeout.engine.plan import Plan
    from codeout.run.events import Ended


@dataclass(frozen=True)
class TrackedInputs:
    """What a page's process read.

    Attributes:
        root: The project's folder.
        observed: The files that it read, with digests, and those that it wrote.
        missing: Files of the project that it looked for and that did not exist.
        ours: See ``codeout.lock.observed.observe``.
    """

    root: Path = Path()
    observed: Observed = Observed()
    missing: frozenset[Path] = frozenset()
    ours: tuple[Path, ...] = ()

    @cached_property
    def files(self) -> frozenset[Path]:
        """All files whose change may change the page's outputs."""
        return self.missing.union(self.observed.files(self.root))

    @property
    def outdated(self) -> bool:
        """Whether a file has changed that the page read and did not write, or now exists."""
        changed = set(changed_reads(self.observed, self.root, self.ours)) - set(
            self.observed.writes
        )
        return bool(changed) or any(map(_exists, self.missing))

    def restarted(self, plan: Plan) -> TrackedInputs:
        """What is known once the page starts from its first block: only what is missing still."""
        missing = _missing(self.files, plan.root)
        return TrackedInputs(plan.root, missing=missing, ours=plan.ours)

    def after(self, ended: Ended, plan: Plan) -> TrackedInputs:
        """What is known once a run has ended, of all blocks that its process has run so far."""
        observed = observe(ended.touched, plan.root, plan.file, ended.began, plan.ours)
        looked_for = self.missing.union(map(Path, ended.touched.reads))
        read_only = looked_for.difference(map(Path, ended.touched.writes))
        return TrackedInputs(plan.root, observed, _missing(read_only, plan.root), plan.ours)


def _missing(files: Iterable[Path], root: Path) -> frozenset[Path]:
    """Those of some files that lie below a folder and do not exist."""
    return frozenset(file for file in files if file.is_relative_to(root) and not _exists(file))


def _exists(file: Path) -> bool:
    try:
        return file.exists()
    except OSError:  # such as in a folder without permission
        return False
