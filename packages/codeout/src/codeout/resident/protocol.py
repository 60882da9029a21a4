"""What a client and a resident server say to each other."""

from __future__ import annotations

from typing import Final

GREETING: Final = b"codeout "
"""Before the fingerprint of the client."""

READY: Final = b"ready"
"""The answer: pages may follow."""

STALE: Final = b"stale"
"""The answer of a server that is not what would be started now."""

PAGE: Final = b"page"
"""Before the descriptors and the pickle of a page; the answer is its process ID."""

STOP: Final = b"stop"
"""Ends the server once its pages have ended; it is repeated as the answer."""
