"""What readers of a preview do not wait for: it is done when the browser has been told."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Final

from codeout.errors import CodeoutError

if TYPE_CHECKING:
    from collections.abc import Callable

_SECONDS: Final = 1.0  # by then the browser has loaded the page again
_LOG: Final = logging.getLogger("mkdocs.plugins.codeout")


class DelayedWork:
    """Work that is done a little later, one piece at a time."""

    def __init__(self) -> None:
        self._timer: threading.Timer | None = None

    def start(self, *work: Callable[[], object]) -> None:
        """Have something done later, in this order; what it cannot do is a warning."""
        self.cancel()

        def do() -> None:
            try:
                for each in work:
                    each()
            except CodeoutError as error:
                _LOG.warning("%s", error)

        self._timer = threading.Timer(_SECONDS, do)
        self._timer.daemon = True
        self._timer.start()

    def cancel(self) -> None:
        """Forget what was to be done, or wait for its end if it has begun."""
        if self._timer:
            self._timer.cancel()
            self._timer.join()
            self._timer = None
