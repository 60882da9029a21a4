"""Arguments and options that several commands take."""

from __future__ import annotations

import functools
import math
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from codeout.engine.shards import Shard

if TYPE_CHECKING:
    from collections.abc import Callable

_Command = TypeVar("_Command", bound="Callable[..., Any]")


class _Seconds(click.FloatRange):
    """A number of seconds, which has an end."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        seconds = super().convert(value, param, ctx)
        if not math.isfinite(seconds):
            self.fail(f"{value} is not a number of seconds.", param, ctx)
        return float(seconds)


PATHS: Final = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
PAGE: Final = click.argument("page", type=click.Path(exists=True, dir_okay=False, path_type=Path))


def _shard(ctx: click.Context, param: click.Parameter, value: str | None) -> Shard | None:
    """The shard that is meant by ``2/5``."""
    found = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", value or "")
    shard = Shard(int(found[1]), int(found[2])) if found else Shard(0, 0)
    if value is not None and not 1 <= shard.number <= shard.of:
        raise click.BadParameter(f"{value} is not a part of a whole, such as 2/5.", ctx, param)
    return shard if value is not None else None


SHARD: Final = click.option(
    "--shard",
    callback=_shard,
    metavar="N/OF",
    help="Take one of several equal parts of the pages.",
)
JOBS: Final = click.option("--jobs", type=click.IntRange(1), help="Pages at the same time.")
SANDBOX: Final = click.option(
    "--sandbox", is_flag=True, help="Run pages in bwrap: no network, no private files."
)


def offline_option(*, offline: bool) -> Callable[[_Command], _Command]:
    """The option ``--offline``, with its default."""
    return click.option(
        "--offline/--online",
        default=offline,
        show_default=True,
        help="Refuse pages the network, or let them use it.",
    )


def running(*, offline: bool) -> Callable[[_Command], _Command]:
    """Add the options of a command that runs pages.

    Args:
        offline: The default of ``--offline``.
    """
    options = (
        JOBS,
        offline_option(offline=offline),
        SANDBOX,
        click.option(
            "--cluster",
            default="",
            metavar="ADDRESS",
            help="Run pages on a Dask cluster; `local` starts one on this machine.",
        ),
        click.option(
            "--fail-fast", is_flag=True, help="End a page with the first block that fails."
        ),
        click.option(
            "--timeout",
            "longest",
            type=_Seconds(0, min_open=True),
            metavar="SECONDS",
            help="Let no block take longer, whatever its page says.",
        ),
    )
    return lambda command: functools.reduce(lambda made, add: add(made), options[::-1], command)
