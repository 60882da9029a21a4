"""Finds the data files of pages for which this machine has a stand-in, not the true file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.data.fetch import locate
from codeout.engine.discovery import assets_of
from codeout.fs.cache_folder import cache_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.config.settings import Config
    from codeout.data.assets import Fetched
    from codeout.engine.plan import Plan


def stand_ins(config: Config, plans: Sequence[Plan]) -> tuple[Fetched, ...]:
    """The stand-ins that the pages with something to run would get, each once."""
    running = (plan for plan in plans if plan.cells)
    wanted = dict.fromkeys(asset for plan in running for asset in assets_of(config, plan.path))
    found = (locate(asset, cache_folder(), config.root) for asset in wanted)
    return tuple(file for file in found if file is not None and file.stand_in)
