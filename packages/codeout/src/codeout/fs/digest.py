"""Short digests, to see whether something changed without a copy of it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

_CHUNK: Final = 1 << 20


def digest(*parts: str | bytes) -> str:
    """The digest of some texts, in order: 16 hexadecimal digits of SHA-256."""
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        sha.update(b"%d:" % len(data))
        sha.update(data)
    return sha.hexdigest()[:16]


def digest_file(file: Path) -> str:
    """The digest of a file; the same whether version control wrote LF or CRLF.

    Raises:
        OSError: The file cannot be read.
    """
    with file.open("rb") as data:
        size = sum(map(len, _chunks_with_lf(data)))
        data.seek(0)
        sha = hashlib.sha256(b"%d:" % size)
        for part in _chunks_with_lf(data):
            sha.update(part)
    return sha.hexdigest()[:16]


def _chunks_with_lf(data: BinaryIO) -> Iterator[bytes]:
    """The rest of a file with CRLF replaced by LF, in chunks: it may not fit into memory."""
    held = b""
    while chunk := held + data.read(_CHUNK):
        held = b"\r" if chunk.endswith(b"\r") and chunk != held else b""
        yield chunk.removesuffix(held).replace(b"\r\n", b"\n")
