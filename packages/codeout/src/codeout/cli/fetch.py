"""``codeout fetch``: downloads the declared data files, with a progress bar."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from codeout.cli.say import say
from codeout.errors import AssetError
from codeout.text.escape import escape_line

if TYPE_CHECKING:
    from codeout.config.settings import Config
    from codeout.data.assets import Fetched


def fetch_all(config: Config) -> int:
    """Fetch every declared data file that is missing, and print a line for each.

    Returns:
        How many could not be fetched.
    """
    if not config.assets:
        say("no data files are declared; [[tool.codeout.assets]] declares them")
        return 0
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    from codeout.data.fetch import fetch
    from codeout.fs.cache_folder import cache_folder

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn())
    console = Console(stderr=True)
    failed = 0
    with Progress(
        *columns,
        console=console,
        transient=True,
        redirect_stdout=sys.stdout.isatty(),
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task("")

        def report(path: str, origin: str, had: int, total: int) -> None:
            what = escape_line(f"{path} from {origin}")
            bar.update(task, description=what, completed=had, total=total or None)

        for asset in config.assets:
            try:
                file = fetch(asset, cache_folder(), config.root, report)
            except AssetError as error:
                say(str(error))
                failed += 1
            else:
                say(_line(file))
    return failed


def _line(file: Fetched) -> str:
    size = file.file.stat().st_size / 1e6
    if not file.stand_in:
        return escape_line(f"{file.asset.path}: {size:.1f} MB")
    made = f"made by {file.asset.stand_in}, {size:.1f} MB"
    first = f"{file.asset.path}: STAND-IN, {made}; no output may depend on its values"
    return "\n  ".join(map(escape_line, [first, *file.failures]))
