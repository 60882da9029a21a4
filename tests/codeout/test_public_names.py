"""What ``import codeout`` gives: loaded late, documented, and all that its signatures name."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from functools import cache, cached_property
from importlib import import_module, metadata
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import codeout
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

DOOR = ast.parse(Path(str(codeout.__file__)).read_text(encoding="utf-8"))
LOADS_LITTLE = """\
import sys
import codeout
heavy = {"IPython", "PIL", "click", "markdown", "nbformat", "numpy", "pygments", "rich", "yaml"}
print(sorted(heavy & {*sys.modules}), [name for name in sys.modules if "codeout." in name])
print(codeout.parse(b"1").path, codeout.__version__)
"""


def public_members(thing: Any) -> Iterator[tuple[str, Any]]:
    """The public functions of a class, properties among them."""
    for name, value in vars(thing).items() if inspect.isclass(thing) else ():
        if name.startswith("_"):
            continue
        if isinstance(value, property):
            yield name, value.fget
        elif isinstance(value, cached_property):
            yield name, value.func
        elif inspect.isroutine(value):
            yield name, inspect.unwrap(getattr(value, "__func__", value))


def documented() -> Iterator[Any]:
    """Every public object but unions of others, with the public methods of the classes."""
    for name in codeout.__all__:
        thing = getattr(codeout, name)
        if not isinstance(thing, UnionType):
            yield pytest.param(thing, id=name)
        for member, value in public_members(thing):
            yield pytest.param(value, id=f"{name}.{member}")


@cache
def names_in(module: str) -> dict[str, Any]:
    """What annotations in a module can name: also what is imported for type checkers alone."""
    loaded = import_module(module)
    names = dict(vars(loaded))
    for node in ast.walk(ast.parse(inspect.getsource(loaded))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                origin = import_module(node.module)
                names[alias.asname or alias.name] = getattr(origin, alias.name, None)
    return names


def types_in(hint: Any) -> Iterator[type]:
    """Our own types in an annotation, however deep."""
    if inspect.isclass(hint) and hint.__module__.startswith("codeout."):
        yield hint
    for part in hint if isinstance(hint, list) else get_args(hint):
        yield from types_in(part)


def types_told(name: str) -> set[str]:
    """Our own types in the fields, the methods or the signature of what has a public name."""
    thing = getattr(codeout, name)
    if isinstance(thing, UnionType):
        return {each.__name__ for each in types_in(thing)}
    told: set[str] = set()
    for each in (thing, *(value for _, value in public_members(thing))):
        for field, hint in get_type_hints(each, names_in(each.__module__)).items():
            if not field.startswith("_"):
                told |= {found.__name__ for found in types_in(hint)}
    return told


def test_every_type_that_users_meet_is_public() -> None:
    unknown = {name: types_told(name) - {*codeout.__all__} for name in codeout.__all__}
    assert not {name: types for name, types in unknown.items() if types}


def test_the_three_lists_of_names_agree() -> None:
    for_checkers = [
        (alias.name, node.module)
        for statement in DOOR.body
        if isinstance(statement, ast.If)
        for node in statement.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    at_run_time = [(name, vars(codeout)["_HOMES"][name]) for name in codeout.__all__]
    assert sorted(for_checkers) == sorted(at_run_time)
    assert {*codeout.__all__} == {*vars(codeout)["_HOMES"]}
    assert {*codeout.__all__, "__version__"} <= {*dir(codeout)}


def test_import_loads_nothing_until_a_name_is_used() -> None:
    command = [sys.executable, "-c", LOADS_LITTLE]
    ran = subprocess.run(command, capture_output=True, check=True, text=True)
    assert ran.stdout == f"[] []\n<page> {codeout.__version__}\n"


def test_the_version_is_that_of_the_distribution(monkeypatch: pytest.MonkeyPatch) -> None:
    assert codeout.__version__ == metadata.version("codeout")

    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    assert codeout.__version__ == "0+unknown", "where it is not installed"


def test_other_names_are_not_there() -> None:
    with pytest.raises(AttributeError, match="module 'codeout' has no attribute 'nothing'"):
        codeout.nothing  # noqa: B018


@pytest.mark.parametrize("thing", [*documented()])
def test_every_public_name_is_documented(thing: object) -> None:
    doc = inspect.getdoc(thing)
    assert doc
    assert not doc.startswith(f"{getattr(thing, '__name__', '')}("), "made by dataclass"


@pytest.mark.parametrize(
    "name", [name for name in codeout.__all__ if inspect.isfunction(getattr(codeout, name))]
)
def test_functions_document_their_arguments(name: str) -> None:
    function = getattr(codeout, name)
    doc = inspect.getdoc(function) or ""
    for argument in inspect.signature(function).parameters:
        assert f"\n    {argument}: " in doc or f"{argument}" in doc.splitlines()[0], argument
