"""YAML files, with errors that name the line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from codeout.errors import ConfigError, display_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_HINT: Final = "fix the file, as the generator of the site needs it too"


def parse_yaml(file: Path, source: bytes, parse: Callable[[bytes], Any]) -> Any:
    """Parse YAML.

    Args:
        file: The file that has it, for messages.
        source: Its bytes.
        parse: A function of PyYAML.

    Raises:
        ConfigError: It is not valid YAML.
    """
    import yaml  # takes a while to load, and many projects have no site

    try:
        return parse(source)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        message = f"{display_path(file, line)}: not valid YAML: {error.problem}"
        raise ConfigError(message, _HINT) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ConfigError(f"{display_path(file)}: not valid YAML", _HINT) from error
