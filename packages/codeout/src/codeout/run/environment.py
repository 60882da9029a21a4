"""The environment variables of pages, equal on every machine."""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

ENVIRONMENT: Final[Mapping[str, str]] = types.MappingProxyType(
    {
        "COLUMNS": "80",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "LINES": "24",
        "MKL_NUM_THREADS": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "NO_COLOR": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUNBUFFERED": "1",
        "TERM": "dumb",
        "TZ": "UTC",
    }
)
"""Variables that every page has, whatever the caller's environment."""

UNSET: Final = (
    "CI",
    "FORCE_COLOR",
    "GITHUB_ACTIONS",
    "IPYTHONDIR",
    "PYTHONSTARTUP",
    "PYTHONWARNINGS",
)
"""Variables that no page has."""


def apply_environment(environ: os._Environ[str], more: Mapping[str, str]) -> None:
    """Change an environment into that of pages, with additional variables."""
    for name in UNSET:
        environ.pop(name, None)
    environ.update({**ENVIRONMENT, **more})


def forget_proxies(environ: os._Environ[str]) -> None:
    """Remove the variables of proxies: a proxy on this machine would lead to others."""
    for name in list(environ):
        if name.lower().endswith("_proxy"):
            del environ[name]
