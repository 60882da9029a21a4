"""Other names of the files that a run writes: a new file takes the place of one of them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.errors import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from codeout.engine.update import Update


def cut_links(update: Update) -> tuple[Problem, ...]:
    """Tell which files are about to lose their other names, hard links; call it before writing.

    Args:
        update: What is to be written.
    """
    plan = update.plan
    if update.problems or not update.writes:
        return ()
    page = [plan.file] if update.after != plan.source else []
    figures = [file for file, data in update.pictures.items() if data is not None]
    return tuple(
        Problem(
            plan.path,
            0,
            f"the other names of {file.name} (hard links) keep what it held",
            "link them again, or use symbolic links",
        )
        for file in (*page, *figures)
        if _names(file) > 1
    )


def _names(file: Path) -> int:
    try:
        return file.stat().st_nlink
    except OSError:
        return 0
