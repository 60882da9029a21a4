"""Pages as they were parsed, kept by what they hold: to parse one again takes much longer."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Final

from codeout.cached.page_entry import from_entry, to_entry
from codeout.cached.surroundings import surroundings
from codeout.formats import parse
from codeout.fs.cache_folder import cache_folder
from codeout.fs.digest import digest

if TYPE_CHECKING:
    from pathlib import Path

    from codeout.page.layout import Layout
    from codeout.page.model import Page

_UNUSABLE: Final = (OSError, KeyError, TypeError, ValueError, RecursionError)


class ParsedPages:
    """The parsed pages of a project, each in a file of its own in the folder of the cache.

    A file holds what its page was parsed into, after a digest of that, of the page and of all that
    decides how it is parsed. One that is lost, damaged or of another page costs time, never truth.

    Args:
        root: The folder of the project.
    """

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._folder = cache_folder() / "pages"
        self._around = digest(*surroundings(self._root))

    def parse(self, source: bytes, path: str, layout: Layout) -> Page:
        """What ``codeout.formats.parse`` returns, read back if it is kept."""
        file = self._folder / f"{digest(self._root, path)}.json"
        of = (self._around, path, repr(layout), source)
        with contextlib.suppress(*_UNUSABLE):
            head, _, body = file.read_bytes().partition(b"\n")
            if head.decode() == digest(*of, body):
                page: Page = from_entry(json.loads(body))
                return page
        page = parse(source, path, layout)
        if not page.problems:  # their texts are shortened when they are made
            _keep(file, page, of)
        return page


def _keep(file: Path, page: Page, of: tuple[str | bytes, ...]) -> None:
    """Write the file of a page, if it can be written. The digest tells one that is not whole."""
    body = json.dumps(to_entry(page), separators=(",", ":")).encode("ascii")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(digest(*of, body).encode() + b"\n" + body)
