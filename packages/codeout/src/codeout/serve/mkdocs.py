"""The server of MkDocs or ProperDocs, which builds when the watch says so.

Our plugin listens: it has the server look at one file alone, which changes with each build that is
wanted. Without the plugin, the server watches the pages by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from codeout.errors import CodeoutError
from codeout.fs.tempdir import make_tempdir
from codeout.serve.process import end, start

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import Popen

WANTED: Final = "CODEOUT_BUILD_WANTED"
"""The variable with the name of the file that changes when a build is wanted."""


class MkDocsServer:
    """A server; see ``codeout.serve.builds.Server``.

    Args:
        root: The folder of the configuration of the site.
        generator: ``mkdocs`` or ``properdocs``.
    """

    def __init__(self, root: Path, generator: str) -> None:
        self._root = root
        self._generator = generator
        self._folder = make_tempdir()  # where the site is built, too
        self._wanted = self._folder / "builds"
        self._builds = 0
        self._wanted.write_text("0", encoding="ascii")
        self._process = self._start()

    def _start(self) -> Popen[bytes]:
        variables = {"TMPDIR": str(self._folder), WANTED: str(self._wanted)}
        return start(self._generator, ["serve", "--livereload"], self._root, variables, None)

    def check(self) -> None:
        """Raise ``CodeoutError`` if it has ended."""
        if (status := self._process.poll()) is not None:
            message = f"`{self._generator} serve` ended with status {status}"
            raise CodeoutError(message, "what it wrote above says why")

    def build(self, *, code: bool) -> None:
        """Have the site built, by another process if code has changed; see ``Server``."""
        self._builds += 1
        with self._wanted.open("r+", encoding="ascii") as file:  # not emptied first: two changes
            file.write(str(self._builds))
        if code:
            end(self._process)
            self._process = self._start()

    def close(self) -> None:
        """End the server."""
        end(self._process)
