"""What the configuration of a site says about its pages: ``mkdocs.yml``, or another generator's.

Values are read as they are written: their tags may name Python objects, or variables.
"""

from __future__ import annotations

import os
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codeout.config.toml import read_bytes
from codeout.config.yaml_file import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES: Final = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml")
"""The names of a file for MkDocs or ProperDocs, in the order in which they are looked for."""
TOML: Final = "zensical.toml"
"""The name of the configuration of Zensical."""
FILES: Final = (TOML, *NAMES)
"""The names of the configuration of any site, in this order."""

_PLACE: Final = re.compile(r"\$(config_dir|docs_dir)(?=/|$)")


def docs_dir(root: Path) -> str | None:
    """The folder of the pages of a site; None if there is no ``mkdocs.yml`` or its like.

    Raises:
        ConfigError: The file cannot be read, or is not valid YAML.
    """
    file = site_file(root)
    return _docs_dir(_read(file, read_bytes(file))) if file else None


def snippet_folders(root: Path) -> tuple[str, ...]:
    """The folders of a project in which the site looks for snippets, in order.

    Returns:
        None of them if there is no ``mkdocs.yml`` or its like, or it does not say.

    Raises:
        ConfigError: The file speaks of snippets, and cannot be read or is not valid YAML.
    """
    file = site_file(root)
    source = read_bytes(file) if file else b""
    if file is None or b"snippets" not in source:  # a site without snippets needs no reading
        return ()
    document = _read(file, source)
    for name, options in _extensions(_member(document, "markdown_extensions")):
        if name == "pymdownx.snippets":
            found = _places(_member(options, "base_path"), _docs_dir(document))
            return tuple(dict.fromkeys(place for place in found if _is_below(place)))
    return ()


def site_folders(root: Path) -> Iterator[Path]:
    """Yield the folders that the sites configured in a folder are built into.

    Raises:
        ConfigError: A file names one, and cannot be read or is not valid.
    """
    for file in (root / name for name in FILES if (root / name).is_file()):
        named = "site"
        if any(word in read_bytes(file) for word in (b"site_dir", b"INHERIT")):
            from codeout.config.site_values import read_values, text_of  # loads PyYAML

            named = text_of(read_values(file), "site_dir", named)
        yield Path(os.path.normpath(root / named))


def site_file(root: Path) -> Path | None:
    """The file in YAML that configures the site in a folder; None if there is none."""
    return next((root / name for name in NAMES if os.path.lexists(root / name)), None)


def _read(file: Path, source: bytes) -> Any:
    """The root of the YAML of a file, as a node."""
    import yaml  # takes a while to load, and many projects have no site

    return parse_yaml(file, source, partial(yaml.compose, Loader=yaml.SafeLoader))


def _member(node: Any, key: str) -> Any:
    """The value of a key in a mapping; None if there is none."""
    pairs = node.value if node is not None and node.id == "mapping" else ()
    return next((value for name, value in pairs if name.value == key), None)


def _docs_dir(document: Any) -> str:
    found = _member(document, "docs_dir")
    return found.value if found is not None and found.id == "scalar" else "docs"


def _extensions(node: Any) -> Iterator[tuple[object, Any]]:
    """Yield the name and the options of each extension, which stand in a list or a mapping."""
    for each in node.value if node is not None and node.id in {"sequence", "mapping"} else ():
        pairs = [each] if isinstance(each, tuple) else each.value if each.id == "mapping" else ()
        yield from ((name.value, options) for name, options in pairs)


def _places(node: Any, docs: str) -> Iterator[str]:
    """Yield the folders in the value of an option: one, or a list of them."""
    named = {"config_dir": ".", "docs_dir": docs}
    for each in () if node is None else node.value if node.id == "sequence" else (node,):
        if each.id == "scalar" and each.value:
            place = _PLACE.sub(lambda found: named[found[1]], each.value)
            yield Path(os.path.normpath(place)).as_posix()


def _is_below(place: str) -> bool:
    """Whether a path is one below the folder of the settings."""
    path = Path(place)
    return not path.is_absolute() and not {"..", ".git"} & {*path.parts}
