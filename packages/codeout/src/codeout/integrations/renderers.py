"""Which page a Markdown instance renders, and for which site.

Python-Markdown does not know; the generators leave a trace of it on the instance.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codeout.site.settings import Site, navigation_of, sections_of, with_ours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown import Markdown


class Generator(Enum):
    """What renders a site."""

    MKDOCS = "mkdocs"
    """MkDocs, or ProperDocs."""
    ZENSICAL = "zensical"


@dataclass(frozen=True, slots=True)
class Rendering:
    """A page while it is rendered.

    Attributes:
        generator: What renders it.
        site: Its site.
        file: Its file.
        meta: Its front matter; what is added to it, templates find.
    """

    generator: Generator
    site: Site
    file: Path
    meta: dict[str, Any]


def rendering_of(md: Markdown) -> Rendering | None:
    """The page that an instance renders; None if nothing on it says so."""
    if "rendering_context" in md.preprocessors:
        return _of_zensical(md.preprocessors["rendering_context"])
    if "relpath" in md.treeprocessors:
        return _of_mkdocs(md.treeprocessors["relpath"])
    return None


def site_of_mkdocs(config: Any) -> Site:
    """The settings of a site, from those of MkDocs.

    Args:
        config: A ``MkDocsConfig``, or a ``ProperDocsConfig``.
    """
    return Site(
        root=Path(config.config_file_path).parent,
        docs=Path(config.docs_dir),
        folder=Path(config.site_dir),
        name=config.site_name,
        description=config.site_description or "",
        address=config.site_url or "",
        repository=config.repo_url or "",
        templates=with_ours([*map(Path, config.theme.dirs)]),
        navigation=dict(navigation_of(config.nav)),
        sections=sections_of(config.nav),
        directory_urls=config.use_directory_urls,
    )


def _of_mkdocs(processor: Any) -> Rendering | None:
    file = getattr(processor, "file", None)
    if file is None or file.page is None or not file.abs_src_path:
        return None
    return Rendering(
        Generator.MKDOCS,
        site_of_mkdocs(processor.config),
        Path(file.abs_src_path),
        file.page.meta,
    )


def _of_zensical(processor: Any) -> Rendering:
    page, config = processor.page, processor.config
    root = Path(config["root_dir"])
    overrides = config["theme"].get("custom_dir")
    site = Site(
        root=root,
        docs=root / config["docs_dir"],
        folder=root / config["site_dir"],
        name=config["site_name"],
        address=config["site_url"] or "",
        repository=config["repo_url"] or "",
        templates=with_ours([root / overrides] if overrides else []),
        navigation=dict(_entries(config["nav"])),
        directory_urls=config["use_directory_urls"],
        resolves_html=True,
    )
    return Rendering(Generator.ZENSICAL, site, site.docs / page.path, page.meta)


def _entries(items: Any) -> Iterator[tuple[str, str]]:
    """Yield the pages of Zensical's navigation, each with its title."""
    for item in items:
        if item["url"]:
            yield item["url"], item["title"] or ""
        yield from _entries(item["children"])
