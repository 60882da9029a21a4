"""Reads the configuration file of a site, whichever generator it is for."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import yaml

from codeout.config.mkdocs import NAMES
from codeout.config.toml import read_bytes, read_toml
from codeout.config.yaml_file import parse_yaml
from codeout.errors import ConfigError, display_path
from codeout.site.settings import Site, navigation_of, with_ours

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

TOML: Final = "zensical.toml"
"""The name of the configuration of Zensical."""

_HINT: Final = "fix the file, as the generator of the site needs it too"


class _Loader(yaml.SafeLoader):
    """Reads what generators read; values that are Python objects are None."""


def read_site(root: Path) -> Site:
    """Read the settings of the site in a folder.

    Args:
        root: The folder of ``mkdocs.yml`` or ``zensical.toml``.

    Raises:
        ConfigError: There is no such file, or it cannot be read.
    """
    found = next((root / name for name in (TOML, *NAMES) if (root / name).is_file()), None)
    if found is None:
        raise ConfigError(
            f"{display_path(root)}: no configuration of a site",
            f"go to the folder of {NAMES[0]} or {TOML}",
        )
    values = _project(found) if found.name == TOML else _read_yaml(found)
    theme = values.get("theme")
    overrides = theme.get("custom_dir") if isinstance(theme, dict) else None
    return Site(
        root=root,
        sources=tuple(root / name for name in _sources(values)),
        serve_at=_text(values, "dev_addr", "127.0.0.1:8000"),
        docs=root / _text(values, "docs_dir", "docs"),
        folder=root / _text(values, "site_dir", "site"),
        name=_text(values, "site_name"),
        address=_text(values, "site_url"),
        repository=_text(values, "repo_url"),
        templates=with_ours([root / str(overrides)] if overrides else []),
        navigation=navigation_of(values.get("nav")),
        directory_urls=values.get("use_directory_urls") is not False,
        extensions=frozenset(_names(values.get("markdown_extensions"))),
    )


def _sources(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the files and folders that a site is made of, besides its configuration."""
    yield _text(values, "docs_dir", "docs")
    theme = values.get("theme")
    listed = [theme.get("custom_dir")] if isinstance(theme, dict) else []
    for key in ("hooks", "watch"):
        listed += values[key] if isinstance(values.get(key), list) else []
    yield from (each for each in listed if isinstance(each, str))


def _names(listed: object) -> Iterator[str]:
    """Yield the names of extensions: each alone, or with its settings."""
    for entry in listed if isinstance(listed, (list, dict)) else ():
        yield from (entry if isinstance(entry, dict) else [str(entry)])


def _project(file: Path) -> dict[str, Any]:
    table = read_toml(file, _HINT) or {}
    project = table.get("project", table)
    return project if isinstance(project, dict) else {}


def _read_yaml(file: Path) -> dict[str, Any]:
    """The values of a YAML file, over those of the file that it inherits from."""
    values = parse_yaml(file, read_bytes(file), partial(yaml.load, Loader=_Loader))
    values = values if isinstance(values, dict) else {}
    parent = values.pop("INHERIT", None)
    return {**_read_yaml(file.parent / parent), **values} if isinstance(parent, str) else values


def _text(values: Mapping[str, Any], key: str, default: str = "") -> str:
    """A value as text; the default where there is none."""
    value = values.get(key)
    return default if value in (None, "") else str(value)


def _variable(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    """The value of ``!ENV NAME`` or ``!ENV [NAME, …, default]``."""
    words = loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else None
    names = words[:-1] if words and len(words) > 1 else words or [getattr(node, "value", "")]
    found = (os.environ[name] for name in names if name in os.environ)
    value = next(found, None)
    if value is not None:
        return yaml.safe_load(value)
    return words[-1] if words and len(words) > 1 else None


_Loader.add_constructor("!ENV", _variable)
_Loader.add_multi_constructor("", lambda *_: None)
