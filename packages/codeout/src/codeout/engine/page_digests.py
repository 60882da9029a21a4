"""Digests of what decides the outputs of a page, and of the outputs that it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.data.assets import digest_assets
from codeout.engine.discovery import assets_of, name_of
from codeout.engine.modules import source_of
from codeout.formats import MARKDOWN, format_of
from codeout.fs.digest import digest, digest_file
from codeout.lock.record import Inputs
from codeout.output.shown import Picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from codeout.config.settings import Config
    from codeout.output.figures import Pictures
    from codeout.output.shown import Shown
    from codeout.page.model import Block, Page


def digest_inputs(
    config: Config,
    page: Page,
    includes: Iterable[Path],
    sessions: Sequence[Sequence[int]] = (),
) -> Inputs:
    """Digests of what decides the outputs of a page.

    Args:
        config: The settings: of them, the environment, the set-up and the data files count.
        page: The page; ``page.path`` is its name.
        includes: The files that its blocks include.
        sessions: The indexes of the blocks that run, by session; they count if there are several.
    """
    blocks = [f"{block.directive}\n{_language(block)}{block.code}" for block in page.blocks]
    if format_of(page.path).imported:
        blocks.append(source_of(page))
    environment = repr(sorted(config.environment.items()))
    files = {name_of(config, file): digest_file(file) for file in sorted(includes)}
    assets = assets_of(config, page.path)
    data = digest_assets(assets)[:16] if assets else ""
    apart = [repr(sessions)] if len(sessions) > 1 else []
    setup = [f"setup:{each.code}" for each in config.setup_of(page.path)]
    colour = ["colour"] if keeps_colour(config, page.path) else []
    libraries = interactive_on(config, page.path)
    interactive = [f"interactive:{libraries}"] if libraries else []
    parts = (environment, *blocks, *apart, *setup, *colour, *interactive)
    return Inputs(digest(*parts), files, data, {each.name: each.version for each in config.plugins})


def keeps_colour(config: Config, path: str) -> bool:
    """Whether the outputs of a page keep their colours; only Markdown has a form for them."""
    return config.colour and format_of(path) is MARKDOWN


def interactive_on(config: Config, path: str) -> tuple[str, ...]:
    """The libraries whose figures are interactive on a page; likewise."""
    return tuple(sorted(set(config.interactive))) if format_of(path) is MARKDOWN else ()


def digest_outputs(page: Page, shown: Iterable[Sequence[Shown]], pictures: Pictures) -> str:
    """Digest of what the slots of a page hold, the pictures that they link to included.

    Outputs of other versions count as well, so it is the same whichever of them is active.

    Args:
        page: The page.
        shown: What each slot shows.
        pictures: Of the page.
    """
    parts: list[str | bytes] = [
        (f"{slot.versions}\n" if slot.versions else "") + slot.source.replace("\r\n", "\n")
        for slot in page.outputs
    ]
    items = (item for items in shown for item in items)
    parts += [pictures.read(item) for item in items if isinstance(item, Picture)]
    return digest(*parts)


def _language(block: Block) -> str:
    """How the code of a block is run, if it is not as a block of Python."""
    if block.console or block.language:
        return f"{block.language or 'console'}:"
    return "typed:" if block.typed else ""
