"""The modules whose docstrings a page shows with mkdocstrings: ``::: package.module``."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeout.formats import DOCSTRINGS, format_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.site.known_page import KnownPage
    from codeout.site.pages import SitePages

_SHOWN: Final = re.compile(r"^(?:#{1,6} *)?::: ?(\w+(?:\.\w+)*)[ \t\r]*$", re.MULTILINE)
_INIT: Final = "__init__"


def shown_modules(pages: SitePages, text: str) -> Iterator[KnownPage]:
    """Yield the modules of the project that a page may show, each once.

    A name may be that of a module, of something in it, or of a package with all that is in it.

    Args:
        pages: Those of the site.
        text: The Markdown of the page.
    """
    names = [name.split(".") for name in dict.fromkeys(_SHOWN.findall(text))]
    if not names:
        return
    root = pages.project.config.root
    for file in pages.files.values():
        if format_of(file.name) is DOCSTRINGS:
            modules = [*_names(file, root)]
            if any(_within(name, module) for name in names for module in modules):
                yield pages.read(file)


def _names(file: Path, root: Path) -> Iterator[list[str]]:
    """Yield the names by which a module may be imported, in parts: that of its package on."""
    beside = Path(os.path.relpath(file.with_suffix(""), root))
    parts = [part for part in beside.parts if part != os.pardir]
    package = file.parent
    inside = len(parts) - 1
    while inside and (package / f"{_INIT}.py").is_file():
        package, inside = package.parent, inside - 1
    for start in range(inside + 1):
        yield [part for part in parts[start:] if part != _INIT]


def _within(name: Sequence[str], module: Sequence[str]) -> bool:
    """Whether a name is of something in a module, or the module is in what has the name."""
    common = min(len(name), len(module))
    return bool(common) and name[:common] == module[:common]
