"""A page of a site that codeout knows, and what its readers are told of how it was made."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from codeout.errors import ConfigError
from codeout.formats import MARKDOWN, format_of
from codeout.page.model import SlotKind
from codeout.site.notes import mark
from codeout.site.provenance import UNVERIFIED, provenance
from codeout.text.escape import escape_line

if TYPE_CHECKING:
    from codeout.engine.plan import Plan
    from codeout.engine.status import Status

STALE: Final = "CODEOUT_STALE"
"""The variable that says what a stale page is: ``error``, ``show`` or ``ignore``."""
_MODES: Final = ("error", "show", "ignore")


def stale_mode() -> str:
    """What a stale page is, by the variable ``STALE``.

    Raises:
        ConfigError: It has another value.
    """
    asked = os.environ.get(STALE) or _MODES[0]
    if asked not in _MODES:
        message = f"the variable {STALE} is `{escape_line(asked)}`"
        raise ConfigError(message, f"it takes {', '.join(_MODES[:-1])} or {_MODES[-1]}")
    return asked


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page of the site that is one of the project.

    Attributes:
        plan: The page.
        status: Whether it is fresh.
    """

    plan: Plan
    status: Status

    @property
    def has_notes(self) -> bool:
        """Whether its outputs have notes: something on it runs, or would."""
        return bool(self.status.blocks or self.status.problems)

    def mark(self, text: str, *, tabs: bool = True) -> str:
        """Mark the outputs of a Markdown page, so that notes can be filled in.

        Args:
            text: Its text without its front matter.
            tabs: Whether the site renders tabs; a mark in what is no tab would show as text.
        """
        plan = self.plan
        if not self.has_notes or format_of(plan.path) is not MARKDOWN:
            return text
        shows_text = not tabs and any(slot.kind is SlotKind.TABS for slot in plan.page.slots)
        return text if shows_text else mark(text, plan)


def provenance_of(known: KnownPage) -> dict[str, Any]:
    """How the outputs of a page were made, if they are verified or nobody asks for that.

    Raises:
        ConfigError: The variable ``STALE`` has a value that it does not take.
    """
    verified = known.status.fresh or stale_mode() == "ignore"
    return provenance(known.status) if verified else UNVERIFIED
