"""The values in the configuration file of a site, whichever generator it is for."""

from __future__ import annotations

import os
from copy import deepcopy
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import yaml

from codeout.config.toml import read_bytes, read_toml
from codeout.config.yaml_file import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_HINT: Final = "fix the file, as the generator of the site needs it too"


class _Loader(yaml.SafeLoader):
    """Reads what generators read; values that are Python objects are None."""


def read_values(file: Path) -> dict[str, Any]:
    """Read the values of a configuration file.

    Args:
        file: A ``zensical.toml``, or a YAML file.

    Raises:
        ConfigError: It cannot be read, or is not valid.
    """
    return _project(file) if file.suffix == ".toml" else _read_yaml(file)


def text_of(values: Mapping[str, Any], key: str, default: str = "") -> str:
    """A value as text; the default where there is none."""
    value = values.get(key)
    return default if value in (None, "") else str(value)


def _project(file: Path) -> dict[str, Any]:
    table = read_toml(file, _HINT) or {}
    project = table.get("project", table)
    return project if isinstance(project, dict) else {}


def _read_yaml(file: Path) -> dict[str, Any]:
    """The values of a YAML file, over those of the file that it inherits from."""
    values = deepcopy(parse_yaml(file, read_bytes(file), _load))
    values = values if isinstance(values, dict) else {}
    parent = values.pop("INHERIT", None)
    return {**_read_yaml(file.parent / parent), **values} if isinstance(parent, str) else values


def _load(source: bytes) -> Any:
    return _load_with(source, tuple(sorted(os.environ.items())))


@lru_cache(8)  # a server of a site reads the same file several times a save
def _load_with(source: bytes, environment: tuple[tuple[str, str], ...]) -> Any:
    del environment  # with others, values may be other ones
    return yaml.load(source, _Loader)  # noqa: S506  # a safe one


def _variable(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    """The value of ``!ENV NAME`` or ``!ENV [NAME, …, default]``."""
    words = loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else None
    names = words[:-1] if words and len(words) > 1 else words or [getattr(node, "value", "")]
    found = (os.environ[name] for name in names if name in os.environ)
    value = next(found, None)
    if value is not None:
        return yaml.safe_load(value)
    return words[-1] if words and len(words) > 1 else None


_Loader.add_constructor("!ENV", _variable)
_Loader.add_multi_constructor("", lambda *_: None)
