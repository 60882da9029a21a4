"""The files of themes, listed once for all builds of a server: Material has more than 14,000.

A theme that is installed stays as it is. The folder of the site's own templates is looked at in
every build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import FileSystemLoader

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig


class ThemeFiles:
    """The names of files in the folders of themes that the site takes from there."""

    def __init__(self) -> None:
        self._installed: dict[str, list[str]] = {}  # by what decides them

    def attach(self, config: MkDocsConfig) -> None:
        """Let the theme of a build list its files so."""
        theme = config.theme
        get_env = theme.get_env

        def env() -> Environment:
            made = get_env()
            made.list_templates = self._listing(made, config)  # type: ignore[method-assign]
            return made

        theme.get_env = env  # type: ignore[method-assign]

    def _listing(self, env: Environment, config: MkDocsConfig) -> Callable[..., list[str]]:
        own = config.theme.custom_dir
        installed = [folder for folder in config.theme.dirs if folder != own]
        key = repr((installed, sorted(config.theme.static_templates)))
        list_all = env.list_templates

        def listed(extensions: Any = None, filter_func: Any = None) -> list[str]:
            if extensions is not None or filter_func is None:
                return list_all(extensions, filter_func)
            if key not in self._installed:
                names = FileSystemLoader(installed).list_templates()
                self._installed[key] = [*filter(filter_func, names)]
            ours = FileSystemLoader(own).list_templates() if own else []
            return sorted({*self._installed[key], *filter(filter_func, ours)})

        return listed
