"""Under ``codeout watch --serve``, the server builds when the watch says so, and only then.

The watch knows when outputs are written; MkDocs would build when a page is saved, and again when
its outputs are.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeout.serve.mkdocs import WANTED

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

_POLL_SECONDS: Final = 0.02  # MkDocs waits 25 times as long, for it may look at many files
_READY_SECONDS: Final = 1.0


class WantedBuilds:
    """The builds that a watch wants; see ``codeout.serve.mkdocs``."""

    def __init__(self) -> None:
        name = os.environ.get(WANTED)
        self._file = Path(name) if name else None
        self._begun = ""

    @property
    def by_watch(self) -> bool:
        """Whether a watch says when to build."""
        return self._file is not None

    def begin(self) -> None:
        """Note that a build begins, which has all that was wanted before."""
        self._begun = self._wanted()

    def _wanted(self) -> str:
        return self._file.read_text(encoding="ascii") if self._file else ""

    def listen(self, server: LiveReloadServer, config: MkDocsConfig) -> None:
        """Have a server build when the watch wants it. What other plugins watch stays watched."""
        if self._file is None:
            return
        server.unwatch(config.docs_dir)
        if config.config_file_path:
            server.unwatch(config.config_file_path)
        config.watch.clear()  # the watch watches these
        server.observer = type(server.observer)(timeout=_POLL_SECONDS)
        server.build_delay = 0.0
        server.watch(str(self._file))
        again = threading.Timer(_READY_SECONDS, self._catch_up)
        again.daemon = True
        again.start()

    def _catch_up(self) -> None:
        """Ask again for a build that was wanted before the server listened."""
        if self._file and self._wanted() != self._begun:
            self._file.touch()
