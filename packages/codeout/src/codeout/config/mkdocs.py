"""What ``mkdocs.yml`` says about the pages of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import yaml

from codeout.config.toml import read_bytes
from codeout.errors import ConfigError, display_path

if TYPE_CHECKING:
    from pathlib import Path

_NAMES: Final = ("mkdocs.yml", "mkdocs.yaml")
_HINT: Final = "fix the file, as `mkdocs build` needs it too"


def docs_dir(root: Path) -> str | None:
    """The folder of the pages of a site; None if there is no ``mkdocs.yml``.

    The values of other keys are not looked at, as their tags may name Python objects.

    Raises:
        ConfigError: The file cannot be read, or is not valid YAML.
    """
    file = next((root / name for name in _NAMES if (root / name).is_file()), None)
    if file is None:
        return None
    for key, value in _top_level(file):
        if key.value == "docs_dir" and isinstance(value, yaml.ScalarNode):
            return str(value.value)
    return "docs"


def _top_level(file: Path) -> list[tuple[yaml.Node, yaml.Node]]:
    try:
        document = yaml.compose(read_bytes(file), yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        message = f"{display_path(file, line)}: not valid YAML: {error.problem}"
        raise ConfigError(message, _HINT) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ConfigError(f"{display_path(file)}: not valid YAML", _HINT) from error
    return document.value if isinstance(document, yaml.MappingNode) else []
