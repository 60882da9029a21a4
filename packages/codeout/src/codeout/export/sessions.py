"""The sessions of a page in an export, which has one interpreter: each begins without names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from codeout.errors import ConfigError

if TYPE_CHECKING:
    from codeout.engine.plan import Plan

RESET: Final = "%reset -f"
"""What comes before the first block of each later session."""


def session_starts(plan: Plan) -> frozenset[int]:
    """The indexes of the blocks with which sessions begin, but for the first session.

    Raises:
        ConfigError: A session goes on after another one has begun.
    """
    order = sorted((at, number) for number, held in enumerate(plan.sessions) for at in held)
    last = 0
    for at, number in order:
        if number < last:
            block = plan.running[at]
            message = f"{plan.path}:{block.line}: cannot be exported: its sessions take turns"
            hint = "move the blocks of a group together: a notebook has one session at a time"
            raise ConfigError(message, hint)
        last = number
    return frozenset(plan.blocks[held[0]] for held in plan.sessions[1:])
