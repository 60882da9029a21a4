"""What ``import codeout`` gives, and that all of it is documented."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import codeout
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = [
    "AssetError",
    "Block",
    "CodeoutError",
    "Config",
    "ConfigError",
    "Directive",
    "FenceStyle",
    "Isolation",
    "JsonStyle",
    "Lock",
    "Observed",
    "Page",
    "Places",
    "Plan",
    "Problem",
    "Project",
    "Record",
    "Slot",
    "Status",
    "TabNames",
    "Text",
    "agrees",
    "fill",
    "find_config",
    "merge",
    "normalize",
    "parse",
    "render",
]


def documented() -> Iterator[Any]:
    """Every public object, with the public methods of the classes."""
    for name in NAMES:
        thing = getattr(codeout, name)
        yield pytest.param(thing, id=name)
        for member, value in vars(thing).items() if inspect.isclass(thing) else ():
            if not member.startswith("_") and (
                inspect.isroutine(value) or isinstance(value, property)
            ):
                yield pytest.param(value, id=f"{name}.{member}")


def test_the_public_names() -> None:
    assert codeout.__all__ == NAMES


@pytest.mark.parametrize("thing", [*documented()])
def test_every_public_name_is_documented(thing: object) -> None:
    doc = inspect.getdoc(thing)
    assert doc
    assert not doc.startswith(f"{getattr(thing, '__name__', '')}("), "made by dataclass"


@pytest.mark.parametrize(
    "name", [name for name in NAMES if inspect.isfunction(getattr(codeout, name))]
)
def test_functions_document_their_arguments(name: str) -> None:
    function = getattr(codeout, name)
    doc = inspect.getdoc(function) or ""
    for argument in inspect.signature(function).parameters:
        assert f"\n    {argument}: " in doc or f"{argument}" in doc.splitlines()[0], argument
