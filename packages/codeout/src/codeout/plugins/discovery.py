"""Finds the plugins that the settings name, by what is installed; nothing of them is imported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NORMALIZERS: Final = "codeout.normalizers"
RENDERERS: Final = "codeout.renderers"
LANGUAGES: Final = "codeout.languages"
GROUPS: Final = (NORMALIZERS, RENDERERS, LANGUAGES)
"""The groups of entry points of a plugin."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """An installed distribution that the settings name.

    Attributes:
        name: Its name.
        version: Its version, without the name of a build.
        languages: The languages that it runs, in lower case.
    """

    name: str
    version: str
    languages: tuple[str, ...] = ()


class PluginNotFoundError(Exception):
    """There is no such plugin: the first argument says what there is, the second what helps."""


def find_plugin(name: str) -> Plugin:
    """Find a plugin.

    Args:
        name: The name of its distribution.

    Raises:
        PluginNotFoundError: It is not installed, or is no plugin.
    """
    from importlib import metadata

    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        hint = f"install it into this Python (`pip install {name}`), or take it out of `plugins`"
        raise PluginNotFoundError(f"the plugin {name} is not installed", hint) from None
    offered = [entry for entry in found.entry_points if entry.group in GROUPS]
    if not offered:
        hint = f"a plugin has entry points in one of {', '.join(GROUPS)}"
        raise PluginNotFoundError(f"{name} is installed, and is no plugin", hint)
    languages = tuple(entry.name.lower() for entry in offered if entry.group == LANGUAGES)
    version = found.version or ""  # a broken package may have none
    return Plugin(found.metadata["Name"] or name, version.partition("+")[0], languages)


def shared_languages(
    plugins: Iterable[Plugin], own: Iterable[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield the languages that two plugins run, or codeout itself, with the names of both.

    Args:
        plugins: The plugins.
        own: The languages of codeout.
    """
    known = dict.fromkeys(own, "codeout itself")
    for plugin in plugins:
        for language in plugin.languages:
            if language in known:
                yield language, known[language], plugin.name
            known[language] = plugin.name
