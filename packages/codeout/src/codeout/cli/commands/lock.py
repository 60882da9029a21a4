"""The commands ``codeout lock``: what a merge needs of ``codeout.lock``."""

from __future__ import annotations

from pathlib import Path

import click

from codeout.cli.say import say
from codeout.config.pyproject import find_config
from codeout.text.plural import plural

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def lock() -> None:
    """Merge the records of two branches, or of several machines."""


@lock.command()
def resolve() -> None:
    """Resolve the conflict that a merge has left: keep what fits the pages."""
    from codeout.engine.resolve import resolve as resolve_conflict

    config = find_config(Path.cwd())
    resolved = resolve_conflict(config)
    if resolved is None:
        say(f"{config.lock or 'codeout.lock'}: no conflict")
        return
    stale = f"; to run again: {', '.join(resolved.stale)}" if resolved.stale else ""
    say(f"{config.lock}: {plural(resolved.kept, 'record')} kept{stale}")


@lock.command()
@click.argument("base", type=_FILE)
@click.argument("ours", type=_FILE)
@click.argument("theirs", type=_FILE)
def merge(base: Path, ours: Path, theirs: Path) -> None:
    """Merge two locks into OURS, as git's merge driver `codeout lock merge %O %A %B`."""
    from codeout.engine.resolve import merge_files

    if stale := merge_files(base, ours, theirs):
        say(f"codeout.lock: to run again: {', '.join(stale)}", error=True)


@lock.command()
@click.argument("shards", nargs=-1, required=True, type=_FILE)
def join(shards: tuple[Path, ...]) -> None:
    """Put the records of SHARDS, the locks of several machines, into this project's lock."""
    from codeout.engine.resolve import join as join_shards

    config = find_config(Path.cwd())
    say(f"{config.lock}: {plural(join_shards(config, shards), 'record')}")
