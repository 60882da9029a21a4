"""One rerun of a page: what is measured while it runs, and its result."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from codeout.run.events import Finished, Resumed

if TYPE_CHECKING:
    from codeout.engine.transcript import Transcript
    from codeout.engine.update import Update
    from codeout.run.events import LiveEvent


@dataclass(frozen=True, slots=True)
class Rerun:
    """The result of a rerun.

    Attributes:
        update: What to write.
        start: Index of the first block that ran; 0 if the page started from its first block.
        ran: How many blocks ran.
        seconds: From the change to the end.
        saved: Seconds that the blocks before ``start`` took when they ran.
        transcript: What the run left behind; None if nothing ran.
    """

    update: Update
    start: int = 0
    ran: int = 0
    seconds: float = 0.0
    saved: float = 0.0
    transcript: Transcript | None = None


@dataclass(frozen=True, slots=True)
class Measurement:
    """What is measured of a rerun; ``start``, ``ran`` and ``saved`` as in ``Rerun``.

    Attributes:
        since: When the change was seen, on the clock of ``time.monotonic``.
    """

    since: float = field(default_factory=time.monotonic)
    start: int = 0
    ran: int = 0
    saved: float = 0.0

    def restarted(self) -> Measurement:
        """The same rerun, begun again from the first block."""
        return Measurement(self.since)

    def after(self, event: LiveEvent) -> Measurement:
        """The measurement with one more event counted."""
        match event:
            case Resumed(_, index, seconds):
                return Measurement(self.since, index, 0, seconds)
            case Finished():
                return replace(self, ran=self.ran + 1)
            case _:
                return self

    def result(self, update: Update, transcript: Transcript) -> Rerun:
        """The result of the rerun, if it ends now."""
        seconds = time.monotonic() - self.since
        return Rerun(update, self.start, self.ran, seconds, self.saved, transcript)
