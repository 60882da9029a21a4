"""Short digests: whether something is as it was, without keeping it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def digest(*parts: str | bytes) -> str:
    """A short digest of some texts, in order: 16 hexadecimal digits of SHA-256."""
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        sha.update(b"%d:" % len(data))
        sha.update(data)
    return sha.hexdigest()[:16]


def digest_file(file: Path) -> str:
    """A digest of a file, the same whether version control wrote its lines with LF or CRLF.

    Raises:
        OSError: It cannot be read.
    """
    return digest(file.read_bytes().replace(b"\r\n", b"\n"))
