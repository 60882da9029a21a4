"""A page as Markdown that needs no extension: for GitHub, package indexes and previews of editors.

Code stands above its output, which has the label of its tab; admonitions are a title in bold above
their content.
"""

from __future__ import annotations

from os.path import relpath
from pathlib import Path
from posixpath import join, normpath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from codeout.errors import ConfigError
from codeout.export.includes import expanded, require_sound
from codeout.export.prose import beside, plain, stretches
from codeout.formats import MARKDOWN, format_of
from codeout.site.front_matter import without_meta
from codeout.site.myst import to_myst
from codeout.site.myst_syntax import MystSyntax

if TYPE_CHECKING:
    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.engine.project import Project
    from codeout.export.prose import Address


def as_github(plan: Plan, config: Config, address: Address) -> str:
    """A page with its outputs as GitHub shows it.

    Args:
        plan: The page.
        config: The folders of includes, and the translations of headings.
        address: Gives the address of a relative link.

    Raises:
        ConfigError: The page cannot be run, or is no page of Markdown.
    """
    require_sound(plan)
    if format_of(plan.path) is not MARKDOWN:
        message = f"{plan.path}: only a page of Markdown can be exported as Markdown"
        raise ConfigError(message, "export it with `--to ipynb` or `--to py`")
    source = plan.source.decode("utf-8").replace("\r\n", "\n").removeprefix("\ufeff")
    text = expanded(without_meta(source), plan, config)
    shown = to_myst(text, plan.layout, MystSyntax(directives=False))
    return _without_gaps(plain(shown, address, config.heading_attributes))


def exported(project: Project, plan: Plan, folder: Path, base: str) -> str:
    """A page as GitHub shows it, in a file elsewhere; see ``as_github``.

    Args:
        project: The project of the page.
        plan: The page.
        folder: The folder of the file, from which relative links lead to the same places.
        base: The address of the page, for absolute links; empty for relative ones.

    Raises:
        ConfigError: As in ``as_github``.
    """
    way = Path(relpath(plan.file.parent.resolve(), folder.resolve())).as_posix()
    return as_github(plan, project.config, beside(base) if base else _moved(way))


def _without_gaps(text: str) -> str:
    """A page with one blank line where hidden blocks and labels have left several."""
    lines: list[str] = []
    for fenced, stretch in stretches(text.split("\n")):
        for line in stretch:
            if fenced or line.strip() or not lines or lines[-1].strip():
                lines.append(line)
    return "\n".join(lines).strip("\n") + "\n"


def _moved(way: str) -> Address:
    """Addresses of the links of a page, the folder of which is reached by a relative path."""

    def address(target: str) -> str:
        path = urlsplit(target).path
        return target if not path or path.startswith("/") else normpath(join(way, target))

    return address
