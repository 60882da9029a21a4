"""Serves the site of a project while pages are watched, whatever its generator is."""

from __future__ import annotations

import contextlib
import importlib.util
from typing import TYPE_CHECKING, Final

from codeout.config.mkdocs import FILES, NAMES
from codeout.errors import ConfigError
from codeout.serve.builds import Builds
from codeout.serve.command import words_of
from codeout.serve.mkdocs import MkDocsServer
from codeout.serve.sources import Sources
from codeout.serve.zensical import ZensicalServer
from codeout.site.config_file import read_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeout.config.settings import Config

ZENSICAL: Final = "zensical"
GENERATORS: Final = {
    "mkdocs": NAMES[:2],
    "properdocs": (*NAMES[2:], *NAMES[:2]),
    ZENSICAL: FILES[:3],
}
"""The generators, each with the names of the file that it reads."""


@contextlib.contextmanager
def served(config: Config, generator: str, then: str = "") -> Iterator[Builds]:
    """Serve the site of a project while the context lasts.

    Args:
        config: The settings of the project; the configuration of the site is beside them.
        generator: One of ``GENERATORS``.
        then: A command that finishes what Zensical has built; empty for none.

    Yields:
        What the watch does beside its pages.

    Raises:
        ConfigError: The generator or its configuration is missing, or cannot be used.
    """
    words = words_of(then, config.root)
    if importlib.util.find_spec(generator) is None:
        raise ConfigError(f"`--serve` needs {generator}", f"install the package {generator}")
    names = GENERATORS[generator]
    if not any((config.root / name).is_file() for name in names):
        hint = f"put {' or '.join(names)} beside pyproject.toml, or name another `--generator`"
        raise ConfigError(f"`--serve` finds no configuration for {generator}", hint)
    if then and generator != ZENSICAL:
        raise ConfigError("`--then` is for Zensical", f"with {generator}, write a hook")
    sources = Sources(config)
    with contextlib.ExitStack() as stack:
        if generator == ZENSICAL:
            zensical = ZensicalServer(read_site(config.root), words)
            stack.callback(zensical.close)
            yield Builds(sources, zensical, zensical.address)
        else:
            mkdocs = MkDocsServer(config.root, generator)
            stack.callback(mkdocs.close)
            yield Builds(sources, mkdocs)
