"""The files that a site has as they are: from build to build, a server moves them.

MkDocs removes the site that it has built, and copies all files again. On a busy disk a reader waits
for that longer than for the page.
"""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from codeout.cached.renew import COARSEST
from codeout.fs.state import settled, state_of
from codeout.integrations.mkdocs.comparable import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs.structure.files import File, Files


@dataclass(frozen=True, slots=True)
class _Copied:
    """A file of the site as it was copied: its source, and the states of both."""

    source: str
    before: str
    after: str


class KeptFiles:
    """The files of a site, from one build to the next."""

    def __init__(self) -> None:
        self._copied: dict[Path, _Copied] = {}  # by the place in the site
        self._site = Path()
        self._last: Path | None = None

    def begin(self, site: Path) -> None:
        """Put aside what the last build has made, before MkDocs removes it."""
        self.remove_last()
        self._site, self._last = site, Path(mkdtemp(dir=site.parent))
        for entry in site.iterdir() if site.exists() else ():
            if not entry.name.startswith("."):  # MkDocs leaves these, too
                entry.rename(self._last / entry.name)

    def remove_last(self) -> None:
        """Remove what is left of the last build."""
        if self._last:
            shutil.rmtree(self._last, ignore_errors=True)
            self._last = None

    def attach(self, files: Files) -> None:
        """Let files be copied only if something has changed; plugins may do so in their own way."""
        for file in files:
            if kind_of(file) == "File" and "copy_file" not in vars(file):
                file.copy_file = partial(self._copy, file, file.copy_file)  # type: ignore[method-assign]

    def _copy(self, file: File, copy: Callable[[bool], None], dirty: bool = False) -> None:
        source, target = file.abs_src_path, Path(file.abs_dest_path)
        copied = self._copied.pop(target, None)
        made = vars(file).get("_content") is not None  # by a plugin
        if not source or made or not self._last or not target.is_relative_to(self._site):
            copy(dirty)
            return
        last = self._last / target.relative_to(self._site)
        before, now = state_of(source), time.time_ns()
        if copied == _Copied(source, before, _moved(last)):
            target.parent.mkdir(parents=True, exist_ok=True)
            last.rename(target)
            self._copied[target] = copied
            return
        copy(dirty)
        if settled(source, before, now - COARSEST):
            self._copied[target] = _Copied(source, before, _moved(target))


def _moved(file: Path) -> str:
    """The state of a file but for the time of its change, which a move changes as well."""
    return state_of(str(file)).rpartition(" ")[0]
