"""The settings of a site: ``[tool.bitext]`` in ``pyproject.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

KEYS = ("glossary", "first-use")
GLOSSARY = "glossary.toml"


class SettingsError(Exception):
    """The settings cannot be read, or have an error."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a site.

    Attributes:
        glossary: The file of the terms; by default ``glossary.toml``, if it exists.
        first_use: Files and folders whose pages explain terms at their first use.
    """

    glossary: Path | None = None
    first_use: tuple[Path, ...] = (Path(),)

    def explains(self, page: Path) -> bool:
        """Whether a page explains terms at their first use."""
        return any(page.resolve().is_relative_to(path.resolve()) for path in self.first_use)


def find_settings(folder: Path) -> Settings:
    """Read the settings of a folder, or of the nearest folder above it that has any.

    Args:
        folder: An absolute path.

    Raises:
        SettingsError: They cannot be read, or a key or value in them is not allowed.
    """
    for root in (folder, *folder.parents):
        file = root / "pyproject.toml"
        if file.is_file():
            try:
                table = tomllib.loads(file.read_text(encoding="utf-8")).get("tool", {})
                if "bitext" in table:
                    return _settings(root, table["bitext"])
            except (OSError, ValueError, TypeError) as error:
                raise SettingsError(f"{file}: {error}") from error
    return _settings(folder, {})


def _settings(root: Path, table: dict[str, object]) -> Settings:
    if unknown := table.keys() - set(KEYS):
        raise ValueError(f"[tool.bitext] has no `{min(unknown)}`; it has {', '.join(KEYS)}")
    glossary, first_use = table.get("glossary"), table.get("first-use", ["."])
    if not isinstance(glossary, str | None):
        raise TypeError("`glossary` in [tool.bitext] is the path of a file")
    if not isinstance(first_use, list) or not all(isinstance(path, str) for path in first_use):
        raise TypeError("`first-use` in [tool.bitext] is a list of paths")
    terms = root / (glossary or GLOSSARY)
    return Settings(
        terms if glossary or terms.is_file() else None, tuple(root / path for path in first_use)
    )
