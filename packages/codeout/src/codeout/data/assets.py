"""Data files that the settings declare for pages.

A page shows what its reader would type, ``FashionMNIST(root="data", download=True)``. The files
that this would download are declared as assets. They are in the working directory of the page
before its first block runs, so that no page needs the network. If a file is not available, a script
of the project may make a stand-in for it, and the user gets a message about it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from codeout.errors import ConfigError
from codeout.text.escape import escape_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FORM = re.compile("https?://.+|deb:[a-z0-9][a-z0-9.+-]*/.+")
"""The form of a source."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A data file that pages find in their working directory.

    Attributes:
        path: Where pages find it, relative to their working directory, with forward slashes.
        sha256: The checksum of the true file: 64 lower-case hexadecimal digits.
        sources: Where to get it, in the order to try: ``https://…``, ``http://…``, or
            ``deb:PACKAGE/usr/share/…`` for a file in a Debian package. A source that ends in
            ``.gz`` is unpacked if ``path`` does not; ``sha256`` is that of the unpacked file.
        stand_in: A script, relative to the project's root, that takes ``OUTPUT --seed N`` and
            writes a file to use if no source is available; empty for none.
        pages: Patterns that name the pages that use it; empty for every page.

    Raises:
        ConfigError: A field is not valid, or the path leaves the working directory.
    """

    path: str
    sha256: str
    sources: tuple[str, ...]
    stand_in: str = ""
    pages: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        path = PurePosixPath(self.path)
        if not path.name or path.is_absolute() or ".." in path.parts or "\\" in self.path:
            message = f"asset {self.path!r}: the path must stay in the page's directory"
            raise ConfigError(message, "pages find it below their own: `data/…`")
        if not re.fullmatch("[0-9a-f]{64}", self.sha256):
            message = (
                f"asset {escape_line(self.path)}: sha256 takes 64 lower-case hexadecimal digits"
            )
            raise ConfigError(message, "`sha256sum FILE` prints them")
        for each in self.sources:
            if not FORM.fullmatch(each):
                message = f"asset {escape_line(self.path)}: no source can be {each}"
                raise ConfigError(message, "write https://…, http://… or deb:PACKAGE/FILE")


@dataclass(frozen=True, slots=True)
class Fetched:
    """An asset that is on this machine.

    Attributes:
        asset: The asset.
        file: Its file in the cache; read-only.
        stand_in: Whether the file is a stand-in and not the true one.
        failures: Why sources were skipped, one line each.
    """

    asset: Asset
    file: Path
    stand_in: bool
    failures: tuple[str, ...] = ()


def digest_assets(assets: Iterable[Asset]) -> str:
    """Digest the paths and contents of data files, as a hexadecimal SHA-256.

    Sources and stand-in scripts do not count, because outputs do not depend on them.
    """
    lines = sorted(f"{asset.path} {asset.sha256}\n" for asset in assets)
    return hashlib.sha256("".join(lines).encode()).hexdigest()
