"""Code that a newer Python reads: the hint names its version, and no other code gets one."""

from __future__ import annotations

import ast
import sys

import pytest
from codeout.engine.newer_syntax import needed_version

NEWER = [
    ("type Pair = tuple[int, int]", (3, 12)),
    ("type Pairs[T] = list[tuple[T, T]]", (3, 12)),
    ("def first[T](items: list[T]) -> T: ...", (3, 12)),
    ("async def first[T: (int, str), *Ts, **P](item: T) -> T: ...", (3, 12)),
    ("class Box[T]: pass", (3, 12)),
    ('f"{f"{f"{1}"}"}"', (3, 12)),
    ("f'{names['a']}' 'b'", (3, 12)),
    (r"f'{'\n'.join(names)}'", (3, 12)),
    ('rf"{"a" "b"}{names["b"]:>{sizes["b"]}}"', (3, 12)),
    ("f'''{\nname  # of a person\n}'''", (3, 12)),
    ("f'{\nname\n}'", (3, 12)),
    ("def f[T](x: T):\n    return f'{x['a']!r:>9} {{ \\N{BULLET}'", (3, 12)),
    ("class Box[T = int]: pass", (3, 13)),
    ("def first[T = int](items: list[T]) -> T: ...", (3, 13)),
    ("type Pair[T = int] = tuple[T, T]", (3, 13)),
    ("t'{name}'", (3, 14)),
    ("tr'''{names[f'{1}']}'''", (3, 14)),
    ("try:\n    1\nexcept KeyError, ValueError:\n    2", (3, 14)),
    ("try:\n    1\nexcept* os.Error, ValueError:\n    2", (3, 14)),
    ("def f[T]():\n    return t'{f'{1}'}'", (3, 14)),
    ("lazy import json\nlazy from os import path", (3, 15)),
    ("[*line for line in lines]", (3, 15)),
    ("x = {**page for page in pages}, {*page for page in pages}", (3, 15)),
]
WRONG = [
    "print 'type x'",
    "try:\n    1\nexcept ValueError, error:\n    2",
    "f'{x y}'",
    "f'{}' + f'{names['a']}'",
    "f'{names['",
    "f'{names",
    "f'{name:>",
    "type Pair",
    "show(*line for line in lines)",
    "def first[T](: ...",
]


@pytest.mark.parametrize(("code", "version"), NEWER)
def test_the_version_that_reads_code(code: str, version: tuple[int, int]) -> None:
    older = sys.version_info < version
    assert needed_version(code) == (".".join(map(str, version)) if older else "")
    if not older:
        ast.parse(code)


def test_magics_are_no_hindrance() -> None:
    older = sys.version_info < (3, 12)
    assert needed_version("%pwd\nf'{names['a']}'\n!ls") == ("3.12" if older else "")


@pytest.mark.parametrize("code", [*WRONG, "f'{name!r}' if x else''", "x = 1"])
def test_other_code_needs_no_version(code: str) -> None:
    assert not needed_version(code)
