"""Data files that pages use, as the settings declare them.

A page says what its reader would type, ``FashionMNIST(root="data", download=True)``. The files
that this would download are declared as assets and stand in the page's working directory before
its first block runs, so that no page needs the network. A file that cannot be had may have a
stand-in, made by a script of the project; whoever gets one is told so.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from codeout.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FORM = re.compile("https?://.+|deb:[a-z0-9][a-z0-9.+-]*/.+")
"""What a source looks like."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A data file that pages find in their working directory.

    Attributes:
        path: Where pages find it, relative to their working directory, with forward slashes.
        sha256: The checksum of the true file: 64 lower-case hexadecimal digits.
        sources: Where to get it, tried in order: ``https://…``, ``http://…``, or
            ``deb:PACKAGE/usr/share/…`` for a file in a Debian package. A source that ends in
            ``.gz`` where ``path`` does not is unpacked; ``sha256`` is that of the unpacked file.
        stand_in: A script, relative to the project's root, that takes ``OUTPUT --seed N`` and
            writes a file to use where no source can be reached; empty for none.
        pages: Patterns that name the pages that use it; empty for every page.

    Raises:
        ConfigError: A field has no meaning, or the path leaves the working directory.
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
            message = f"asset {self.path}: sha256 takes 64 lower-case hexadecimal digits"
            raise ConfigError(message, "`sha256sum FILE` prints them")
        for each in self.sources:
            if not FORM.fullmatch(each):
                message = f"asset {self.path}: no source can be {each}"
                raise ConfigError(message, "write https://…, http://… or deb:PACKAGE/FILE")


@dataclass(frozen=True, slots=True)
class Fetched:
    """An asset that is on this machine.

    Attributes:
        asset: What was asked for.
        file: Where it is kept; read-only.
        stand_in: Whether the file is a stand-in and not the true one.
        failures: Why sources were passed over, one line each.
    """

    asset: Asset
    file: Path
    stand_in: bool
    failures: tuple[str, ...] = ()


def digest_assets(assets: Iterable[Asset]) -> str:
    """Digest what pages can see of their data, paths and contents, as a hexadecimal SHA-256.

    Neither sources nor stand-ins count: where a file came from changes no output.
    """
    lines = sorted(f"{asset.path} {asset.sha256}\n" for asset in assets)
    return hashlib.sha256("".join(lines).encode()).hexdigest()
