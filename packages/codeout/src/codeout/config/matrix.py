"""Environments in which pages are checked as well: ``[[tool.codeout.matrix]]``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Environment:
    """Packages, and a version of Python, in which pages may hold as well.

    Attributes:
        name: What it is called: ``torch-2.6``.
        requirements: What is installed, as pip takes it; ``-r FILE`` names a file of them.
        python: The version of Python; empty for the one that codeout runs with.
    """

    name: str
    requirements: tuple[str, ...]
    python: str = ""
