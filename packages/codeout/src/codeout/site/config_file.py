"""Reads the configuration file of a site, whichever generator it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codeout.config.mkdocs import FILES
from codeout.config.site_values import read_values, text_of
from codeout.errors import ConfigError, display_path
from codeout.site.settings import Site, navigation_of, sections_of, with_ours

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


def read_site(root: Path) -> Site:
    """Read the settings of the site in a folder.

    Args:
        root: The folder of ``mkdocs.yml``, or of another generator's file.

    Raises:
        ConfigError: There is no such file, or it cannot be read.
    """
    found = next((root / name for name in FILES if (root / name).is_file()), None)
    if found is None:
        raise ConfigError(
            f"{display_path(root)}: no configuration of a site",
            "go to the folder of mkdocs.yml, properdocs.yml or zensical.toml",
        )
    values = read_values(found)
    theme, extra = values.get("theme"), values.get("extra")
    overrides = theme.get("custom_dir") if isinstance(theme, dict) else None
    return Site(
        root=root,
        sources=tuple(root / name for name in _sources(values)),
        serve_at=text_of(values, "dev_addr", "127.0.0.1:8000"),
        docs=root / text_of(values, "docs_dir", "docs"),
        folder=root / text_of(values, "site_dir", "site"),
        name=text_of(values, "site_name"),
        description=text_of(values, "site_description"),
        address=text_of(values, "site_url"),
        repository=text_of(values, "repo_url"),
        templates=with_ours([root / str(overrides)] if overrides else []),
        navigation=navigation_of(values.get("nav")),
        sections=sections_of(values.get("nav")),
        directory_urls=values.get("use_directory_urls") is not False,
        extensions=frozenset(_names(values.get("markdown_extensions"))),
        excluded=tuple(
            line
            for key in ("exclude_docs", "draft_docs")
            for line in text_of(values, key).splitlines()
        ),
        extra=extra if isinstance(extra, dict) else {},
    )


def _sources(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the files and folders that a site is made of, besides its configuration."""
    yield text_of(values, "docs_dir", "docs")
    theme = values.get("theme")
    listed = [theme.get("custom_dir")] if isinstance(theme, dict) else []
    for key in ("hooks", "watch"):
        listed += values[key] if isinstance(values.get(key), list) else []
    yield from (each for each in listed if isinstance(each, str))


def _names(listed: object) -> Iterator[str]:
    """Yield the names of extensions: each alone, or with its settings."""
    for entry in listed if isinstance(listed, (list, dict)) else ():
        yield from (entry if isinstance(entry, dict) else [str(entry)])
