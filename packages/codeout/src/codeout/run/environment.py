"""The environment variables of pages, equal on every machine."""

from __future__ import annotations

import os
import types
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

ENVIRONMENT: Final[Mapping[str, str]] = types.MappingProxyType(
    {
        "COLUMNS": "80",
        "GIT_PAGER": "cat",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "LINES": "24",
        "MANPAGER": "cat",
        "MATPLOTLIBRC": str(Path(__file__).with_name("matplotlibrc")),
        "MKL_NUM_THREADS": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "NO_COLOR": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PAGER": "cat",
        "PYTHONHASHSEED": "0",
        "PYTHONUNBUFFERED": "1",
        "SHELL": "/bin/sh",
        "SOURCE_DATE_EPOCH": "0",
        "TERM": "dumb",
        "TZ": "UTC",
    }
)
"""Variables that every page has, whatever the caller's environment."""

COLOURS: Final[Mapping[str, str]] = types.MappingProxyType(
    {"CLICOLOR_FORCE": "1", "FORCE_COLOR": "1", "PY_COLORS": "1", "TERM": "xterm-256color"}
)
"""Variables that pages with colours have instead of ``NO_COLOR``."""

UNSET: Final = (
    "CI",
    "CLICOLOR_FORCE",
    "FORCE_COLOR",
    "GITHUB_ACTIONS",
    "IPYTHONDIR",
    "LANGUAGE",
    "MPLCONFIGDIR",
    "PLOTLY_RENDERER",
    "PY_COLORS",
)
"""Variables that no page has, beside those of CPython: they say how to show things."""

PLACES: Final = (
    "PYTHONCASEOK",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONEXECUTABLE",
    "PYTHONHOME",
    "PYTHONNOUSERSITE",
    "PYTHONPATH",
    "PYTHONPLATLIBDIR",
    "PYTHONPYCACHEPREFIX",
    "PYTHONSAFEPATH",
    "PYTHONUSERBASE",
)
"""The variables of CPython that pages keep: they say where modules are, not what code does."""

PLACE_FLAGS: Final = frozenset({"-B", "-P", "-S", "-s"})
"""The options of CPython that pages keep, likewise."""


def apply_environment(
    environ: MutableMapping[str, str], more: Mapping[str, str], *, colour: bool = False
) -> None:
    """Change an environment into that of pages, with additional variables.

    With ``colour``, programs are asked to print colours, as on a terminal.

    Of CPython's variables (``PYTHONOPTIMIZE``, ``PYTHONDEVMODE`` …) none stays but those of
    ``PLACES``, however new it may be.
    """
    for name in list(environ):
        if name in UNSET or (name.startswith("PYTHON") and name not in PLACES):
            del environ[name]
    environ.update({**ENVIRONMENT, **(COLOURS if colour else {})})
    if colour:
        del environ["NO_COLOR"]
    environ.update(more)


def change_environment(wanted: Mapping[str, str]) -> None:
    """Let this process have the wanted variables; those that it has already are not set again."""
    present = dict(os.environ)
    for name in present:
        if name not in wanted:
            del os.environ[name]
    for name, value in wanted.items():
        if present.get(name) != value:
            os.environ[name] = value


def forget_proxies(environ: MutableMapping[str, str]) -> None:
    """Remove the variables of proxies: a proxy on this machine would lead to others."""
    for name in list(environ):
        if name.lower().endswith("_proxy"):
            del environ[name]
