"""The versions of the distributions that pages import."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@cache
def installed_version(distribution: str) -> str:
    """The version of an installed distribution; empty if it is not installed.

    The part from ``+`` on is left out: it names a build of the same version, for a CPU or a GPU.
    """
    from importlib import metadata  # it is slow to load

    try:
        return metadata.version(distribution).partition("+")[0]
    except metadata.PackageNotFoundError:
        return ""


def importable(module: str) -> bool:
    """Whether a module, such as ``a.b``, can be found; none is imported for it."""
    from importlib.machinery import PathFinder
    from importlib.util import find_spec

    first, *names = module.split(".")
    if first == "__main__":  # whatever runs, by whatever way it was started
        return False
    try:
        spec = find_spec(first)
        for at in range(len(names)):
            folders = spec.submodule_search_locations if spec else None
            whole = ".".join([first, *names[: at + 1]])
            spec = PathFinder.find_spec(whole, folders) if folders else None
    except (ImportError, ValueError):
        return False
    return spec is not None


def versions_of(imports: Iterable[str]) -> dict[str, str]:
    """The versions of the distributions that provide some modules, by name.

    Args:
        imports: Top-level names of modules; those of the standard library are left out.
    """
    foreign = [module for module in imports if module not in sys.stdlib_module_names]
    names = {name for module in foreign for name in _providers(module)}
    return {name: installed_version(name) for name in sorted(names)}


@cache
def _providers(module: str) -> tuple[str, ...]:
    """The distributions that provide a module; most often the one with its name."""
    from importlib import metadata

    if installed_version(module):
        return (metadata.metadata(module)["Name"],)
    return tuple(_by_module().get(module, ()))


@cache
def _by_module() -> Mapping[str, Sequence[str]]:
    """The distributions that provide each module. Slow: the metadata of all packages is read."""
    from importlib import metadata

    return metadata.packages_distributions()
