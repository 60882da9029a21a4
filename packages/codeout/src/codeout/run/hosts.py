"""Which machine a page connects to, and by which URL."""

from __future__ import annotations

import contextlib
import ipaddress
import platform
import sys
import unicodedata  # noqa: F401  # urlsplit imports it at its first odd name, within the hook
from typing import Final
from urllib.parse import urlsplit

_URL_NAMES: Final = ("url", "fullurl", "uri")
_OWN_NAMES: Final = ("localhost", "ip6-localhost", "ip6-loopback", platform.node().lower())


def is_this_machine(host: str) -> bool:
    """Whether a name or an address is that of this machine."""
    name = host.lower().rstrip(".")
    if name in _OWN_NAMES or name.endswith(".localhost"):
        return True
    with contextlib.suppress(ValueError):
        address = ipaddress.ip_address(host.partition("%")[0])
        address = getattr(address, "ipv4_mapped", None) or address
        return address.is_loopback or address.is_unspecified
    return False


def host_of(url: str) -> str:
    """The host of a URL in lower case; empty if it has none."""
    with contextlib.suppress(ValueError):
        return urlsplit(url).hostname or ""
    return ""


def url_nearby(host: str) -> str:
    """The URL of a host in the variables of the calling frames; empty if there is none.

    Audit events have the host alone, but authors look for the URL.
    """
    frame = sys._getframe(1)  # noqa: SLF001  # as the standard library's logging does
    while frame is not None:
        for name in _URL_NAMES:
            url = _as_url(frame.f_locals.get(name))
            if url and host_of(url) == host.lower():
                return url
        frame = frame.f_back  # type: ignore[assignment]
    return ""


def _as_url(value: object) -> str:
    """A value as a URL, empty if it is none; httpx and yarl have classes for URLs."""
    if not isinstance(value, str) and type(value).__name__ != "URL":
        return ""
    url = str(value)
    return url if url.startswith(("http://", "https://", "ftp://")) else ""
