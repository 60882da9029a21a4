"""``codeout export``: a page written to a file of its own, for readers to take away."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from codeout.engine.discovery import find_pages
from codeout.errors import ConfigError, describe_oserror
from codeout.export.cells import export
from codeout.export.notebook import as_notebook
from codeout.export.script import as_script
from codeout.fs.atomic import replace_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from codeout.engine.plan import Plan
    from codeout.engine.project import Project
    from codeout.export.cells import Cell
    from codeout.export.prose import Address

FORMS: Final[Mapping[str, Callable[[Sequence[Cell]], str]]] = {
    "ipynb": as_notebook,
    "py": as_script,
}
"""What a page can be exported to, by the ending of the file."""


def exported(project: Project, plan: Plan, form: str, address: Address) -> str:
    """A page as a notebook or as a script.

    Args:
        project: Its settings and what is remembered of the page.
        plan: The page.
        form: One of `FORMS`.
        address: Where the page's relative links lead.

    Raises:
        ConfigError: The page cannot be run.
    """
    record = project.lock.get(plan.path)
    return FORMS[form](export(plan, project.config, record, address))


def write(text: str, file: Path, project: Project, plan: Plan) -> None:
    """Write an exported page.

    Raises:
        ConfigError: The file is a page itself, or cannot be written.
    """
    pages = find_pages(project.config) if project.config.pages else ()
    if file.resolve() in {page.resolve() for page in (plan.file, *pages)}:
        raise ConfigError(f"{file}: this is a page", "name another file with `--output`")
    try:
        replace_file(file, text.encode())
    except OSError as error:
        hint = "make it writable, or name another file with `--output`"
        raise ConfigError(f"{file}: cannot be written: {describe_oserror(error)}", hint) from error


def file_names(page: str) -> dict[str, str]:
    """The names of the files to which a page is exported, by their form."""
    stem = PurePosixPath(page).stem
    return {form: f"{stem}.{form}" for form in FORMS}


def chosen(page: str, patterns: Sequence[str]) -> bool:
    """Whether one of the patterns names a page."""
    return any(fnmatch(page, pattern) for pattern in patterns)
