"""What a page accessed, in a form that can be recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Observed:
    """What a page accessed outside of its own folder, the same on every machine.

    Attributes:
        reads: Digests of the files that the page read, by name: relative to the project's folder,
            beginning with ``~``, or absolute; of the names in a folder that it listed, whose name
            ends with a slash. Empty for a file that changed while the page ran, and for a file or
            a folder that it looked for in the project's folder and that did not exist.
        writes: Names of the files that it wrote, sorted.
        hosts: See ``Touched.hosts``, sorted.
        variables: See ``Touched.variables``, sorted.
        missing: See ``Touched.missing``, sorted, without those that codeout itself can import.
    """

    reads: Mapping[str, str] = field(default_factory=dict)
    writes: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def files(self, root: Path) -> Iterator[Path]:
        """The paths of the files that the page read; ``root`` is the project's folder."""
        for name in self.reads:
            yield root / Path(name).expanduser()
