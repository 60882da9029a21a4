"""Makes the job of a page: all that a worker is told. Or it says why a page has none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from codeout.data.fetch import locate
from codeout.engine.discovery import assets_of
from codeout.engine.installed_outputs import packages_of, unknown_packages
from codeout.engine.outcome_of import outcome_of
from codeout.engine.own_figures import own_figures
from codeout.engine.planning import pictures_of
from codeout.engine.update import Update, failed
from codeout.errors import Problem
from codeout.fs.cache_folder import cache_folder
from codeout.run.job import Job, Prologue

if TYPE_CHECKING:
    from codeout.config.settings import Config
    from codeout.data.assets import Asset, Fetched
    from codeout.engine.plan import Plan
    from codeout.lock.record import Record


def job_of(config: Config, plan: Plan, before: Record | None) -> Job | Update:
    """The job of a page, or its update if it cannot run or has nothing to run.

    Args:
        config: The settings.
        plan: The page.
        before: Its record, if there is one.
    """
    if problems := (*plan.problems, *unknown_packages(plan)):
        return failed(plan, problems)
    if not plan.cells:
        pictures = pictures_of(plan, config)
        written, _ = own_figures(plan, pictures, before, recorded=bool(config.lock))
        lost = plan.lost(before)
        changes = (lost,) if lost else ()
        return Update(plan, plan.source, written, changes, outcome=outcome_of(plan))
    files = _files(config, plan.path)
    if missing := [asset.path for asset, file in files.items() if file is None]:
        return failed(plan, [_missing(plan.path, path) for path in missing])
    here = tuple(file for file in files.values() if file is not None)
    prologues = tuple(Prologue(each.place, each.code) for each in config.setup_of(plan.path))
    return Job(
        plan.path,
        plan.cells,
        here,
        prologues=prologues,
        colour=plan.colour,
        interactive=plan.interactive,
        needs=plan.needs,
        plugins=tuple(plugin.name for plugin in config.plugins),
        packages=packages_of(plan),
    )


def capped(job: Job, longest: float) -> Job:
    """A job whose blocks may not take longer."""
    cells = (replace(cell, timeout=min(cell.timeout, longest)) for cell in job.cells)
    return replace(job, cells=tuple(cells))


def _files(config: Config, page: str) -> dict[Asset, Fetched | None]:
    """The data files of a page; None for those that are not on this machine."""
    assets = assets_of(config, page)
    return {asset: locate(asset, cache_folder(), config.root) for asset in assets}


def _missing(page: str, path: str) -> Problem:
    message = f"its data file {path} is not on this machine"
    return Problem(page, 0, message, "run `codeout fetch`")


def hidden_in_sandbox(plan: Plan) -> tuple[Problem, ...]:
    """Problems with what the sandbox does not show: other pages, and included files.

    The text of these files must not get around it.
    """
    if plan.path.startswith("../"):
        message = "lies outside of the project, of which alone `--sandbox` runs pages"
        return (Problem(plan.path, 0, message, "run it without `--sandbox`, or from its project"),)
    from codeout.sandbox import bwrap

    hint = "move it into the project, under a name without a dot in front"
    return tuple(
        Problem(plan.path, 0, f"includes {name}, which pages in the sandbox may not see", hint)
        for name in plan.inputs.includes
        if not bwrap.shows(plan.root / name, plan.root)
    )
