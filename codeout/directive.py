"""The comments that steer a block: ``<!-- codeout: raises=ValueError -->``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Directive:
    """What the comments before a fence say about its block.

    Attributes:
        skip: The block is shown and not run.
        raises: Name of the exception that the block must raise; empty for none.
        may_fail: The block may raise anything, or nothing (``pytest.mark.xfail``).
        timeout: Seconds the block may take; None means the configured limit.
        rtol: Relative tolerance for numbers; None means the configured one.
        volatile: The output is shown and recorded, and not compared.
        hidden: The block stands inside a comment: it runs and is never shown.
    """

    skip: bool = False
    raises: str = ""
    may_fail: bool = False
    timeout: float | None = None
    rtol: float | None = None
    volatile: bool = False
    hidden: bool = False
