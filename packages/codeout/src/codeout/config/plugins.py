"""The plugins that the settings name: ``plugins``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from codeout.config.schema import place_of
from codeout.errors import ConfigError
from codeout.page.console import LANGUAGES
from codeout.page.fences import PYTHON
from codeout.page.gaps import OUTPUT_FENCES, TRANSCRIPTS
from codeout.plugins.discovery import PluginNotFoundError, find_plugin, shared_languages

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from codeout.plugins.discovery import Plugin

_OWN: Final = PYTHON | TRANSCRIPTS | OUTPUT_FENCES | {*LANGUAGES}
"""The languages that codeout itself runs, or takes for outputs."""


def find_plugins(names: Iterable[str], file: Path) -> tuple[Plugin, ...]:
    """Find the plugins with some names.

    Args:
        names: The names of their distributions.
        file: The ``pyproject.toml`` that has them.

    Raises:
        ConfigError: One is not installed or is no plugin, or two run the same language.
    """
    names = tuple(names)
    if not names:
        return ()
    here = place_of(file, "plugins", "[tool.codeout]", 1)
    try:
        plugins = tuple(dict.fromkeys(map(find_plugin, names)))
    except PluginNotFoundError as error:
        message, hint = error.args
        raise ConfigError(f"{here}: {message}", hint) from error
    for language, first, second in shared_languages(plugins, _OWN):
        message = f"{here}: `{language}` is a language of {first} and of the plugin {second}"
        raise ConfigError(message, "take one of the plugins out of `plugins`")
    return plugins
