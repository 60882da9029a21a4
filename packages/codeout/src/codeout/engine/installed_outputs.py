"""The outputs that hold with what is installed here, on pages that have several of them."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING, Final

from codeout.errors import Problem
from codeout.lock.versions import installed_version
from codeout.output.shown import Printed
from codeout.page.version_range import choose, read_range

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.engine.plan import Plan
    from codeout.output.shown import Shown
    from codeout.page.model import Page, Slot

PYTHON: Final = "python"
"""What ranges call the version of Python."""
_NO_TEXT: Final = "a figure or HTML in an output that depends on versions: only text can"
_APART: Final = "show it in a block of its own"


def version_here(package: str) -> str:
    """The version of a package, or of Python; empty if it is not installed."""
    return platform.python_version() if package == PYTHON else installed_version(package)


def with_installed(page: Page) -> Page:
    """A page that has been parsed, with the outputs active that hold with what is installed."""
    return choose(page, version_here)


def packages_of(plan: Plan) -> tuple[str, ...]:
    """The packages by whose versions outputs of a page are chosen, sorted; not Python itself."""
    requirements = (read_range(slot.versions) for slot in plan.page.outputs)
    return tuple(sorted({each.name for each in requirements if each} - {PYTHON}))


def unknown_packages(plan: Plan) -> Iterator[Problem]:
    """Yield the outputs of ranges of packages that are not installed: a run chooses none then."""
    for slot in plan.page.outputs:
        requirement = read_range(slot.versions)
        if requirement and not version_here(requirement.name):
            message = f"an output of `{slot.versions}`, and no {requirement.name} is installed"
            hint = "write the name of a package that is, or `python`"
            yield Problem(plan.path, slot.line, message, hint)


def no_text(page: Page, slot: Slot, shown: Sequence[Shown], line: int = 0) -> Iterator[Problem]:
    """Yield why an output cannot be one of several: it is not text alone.

    Args:
        page: The page.
        slot: The place of the output.
        shown: The output.
        line: Where to say so; 0 for where the output is.
    """
    if not all(isinstance(item, Printed) for item in shown) and page.depends_on_versions(slot):
        yield Problem(page.path, line or slot.line, _NO_TEXT, _APART)
