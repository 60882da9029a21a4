"""What a page includes, in the place of its includes; and which pages cannot be exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.errors import ConfigError, display_path
from codeout.formats import format_of
from codeout.fs.place import leads_out
from codeout.page.snippets import IncludeError, find_include_line

if TYPE_CHECKING:
    from codeout.config.settings import Config
    from codeout.engine.plan import Plan


def require_sound(plan: Plan) -> None:
    """Refuse a page with problems.

    Raises:
        ConfigError: It has some, which are told.
    """
    if plan.problems:
        raise ConfigError("\n".join([f"{plan.path}: cannot be exported", *map(str, plan.problems)]))


def expanded(text: str, plan: Plan, config: Config) -> str:
    """A stretch of a page with what it includes.

    Args:
        text: The stretch.
        plan: The page.
        config: The folders of includes.

    Raises:
        ConfigError: Something cannot be included, or lies outside of the project.
    """
    folders = [config.root / folder for folder in config.snippets]
    try:
        expanded = format_of(plan.path).expand(text, folders)
    except IncludeError as error:
        whole = plan.source.decode(errors="replace")
        where = f"{plan.path}:{find_include_line(whole, error) or 1}"
        hint = f"includes are looked for in: {', '.join(config.snippets)}"
        raise ConfigError(f"{where}: {error}", hint) from error
    for file in (file for file in expanded.files if leads_out(file, config.root)):
        message = f"{plan.path}: includes {display_path(file)}, which leads out of the project"
        raise ConfigError(message, "put a file in the place of the link")
    return expanded.code
