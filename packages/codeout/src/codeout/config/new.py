"""The settings of a new project."""

from __future__ import annotations

from pathlib import Path

from codeout.config.mkdocs import docs_dir, site_file
from codeout.config.pyproject import defaults
from codeout.errors import ConfigError, display_path
from codeout.fs.place import leads_out


def new_settings(root: Path) -> dict[str, str | list[str]]:
    """The settings of a folder that has none, as far as they differ from the defaults.

    Raises:
        ConfigError: Its site has pages outside of it.
    """
    folder, file = docs_dir(root), site_file(root)
    if folder is None or file is None:
        return {"pages": ["docs" if (root / "docs").is_dir() else "."]}
    place = Path(folder)
    if place.is_absolute() or ".." in place.parts or leads_out(root / place, root):
        message = f"{display_path(file)}: `docs_dir` leads out of the project"
        raise ConfigError(message, "begin in a folder that holds all pages")
    figures = (place / "assets" / "out").as_posix()
    values: dict[str, str | list[str]] = {"pages": [place.as_posix()]}
    return values if figures == defaults(root)["figures"] else {**values, "figures": figures}
