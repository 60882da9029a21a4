"""Exports a page and writes the file; ``codeout export`` and the MkDocs plugin use it."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from codeout.engine.discovery import find_pages
from codeout.errors import ConfigError, describe_oserror
from codeout.export.cells import export
from codeout.export.ipynb import as_notebook
from codeout.export.script import as_script
from codeout.fs.named import write_named

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from codeout.engine.plan import Plan
    from codeout.engine.project import Project
    from codeout.export.cells import ExportCell
    from codeout.export.prose import Address

FORMS: Final[Mapping[str, Callable[[Sequence[ExportCell]], str]]] = {
    "ipynb": as_notebook,
    "py": as_script,
}
"""The formats of an export, by the ending of the file."""


def exported(project: Project, plan: Plan, form: str, address: Address) -> str:
    """A page as a notebook or as a script.

    Args:
        project: The project of the page.
        plan: The page.
        form: One of ``FORMS``.
        address: Gives the address of a relative link.

    Raises:
        ConfigError: The page cannot be run.
    """
    return FORMS[form](cells_of(project, plan, address))


def cells_of(project: Project, plan: Plan, address: Address) -> tuple[ExportCell, ...]:
    """The cells of a page, from which all its forms are made; see ``exported``."""
    return export(plan, project.config, project.lock.get(plan.path), address)


def doubt(project: Project, plan: Plan) -> str:
    """Why an export may fail: its page is stale. Empty if it is fresh, or there is no lock."""
    reasons = project.status(plan).reasons if project.config.lock else ()
    return f"{plan.path}: stale, so the export may fail: {', '.join(reasons)}" if reasons else ""


def write(
    text: str, file: Path, project: Project, page: Path, pages: Collection[Path] | None = None
) -> None:
    """Write an exported page.

    Args:
        text: The exported page.
        file: The file to write.
        project: The project of the page: none of its pages is overwritten.
        page: The file of the page.
        pages: The files of all pages, without links, if they are known.

    Raises:
        ConfigError: The file is a page itself, or cannot be written.
    """
    if pages is None:
        found = find_pages(project.config) if project.config.pages else ()
        pages = {each.resolve() for each in found}
    if file.resolve() in {page.resolve(), *pages}:
        raise ConfigError(f"{file}: this is a page", "name another file with `--output`")
    try:
        write_named(file, text.encode(), project.config.root)
    except OSError as error:
        hint = "make it writable, or name another file with `--output`"
        raise ConfigError(f"{file}: cannot be written: {describe_oserror(error)}", hint) from error


def file_names(page: str) -> dict[str, str]:
    """The names of the files of an exported page, by format."""
    stem = PurePosixPath(page).stem
    return {form: f"{stem}.{form}" for form in FORMS}


def chosen(page: str, patterns: Sequence[str]) -> bool:
    """Whether one of the patterns matches the name of a page."""
    return any(fnmatch(page, pattern) for pattern in patterns)
