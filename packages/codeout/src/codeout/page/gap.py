"""A gap: something that a page shows and no check compares, or Python that does not run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """Something on a page that a check leaves out.

    Attributes:
        line: The line in the page, counted from 1.
        what: What it is, such as ``fence `pycon` ``.
        nearest: What to write so that it is checked; may be empty.
        output: Whether it is an output that is not compared; otherwise, Python that does not run.
        name: A name for messages if the line says little, such as ``cell 3``; may be empty.
        tabs: If it is a tab by an unknown name: the labels of the tab of the code and of its own.
    """

    line: int
    what: str
    nearest: str = ""
    output: bool = False
    name: str = ""
    tabs: tuple[str, ...] = ()

    @property
    def fate(self) -> str:
        """What a check makes of it, in words."""
        return "not compared" if self.output else "not run"

    @property
    def hint(self) -> str:
        """What to write instead, in words; may be empty."""
        return f"nearest: {self.nearest}" if self.nearest else ""

    @property
    def title(self) -> str:
        """Its name, or else its line."""
        return self.name or f"line {self.line}"
