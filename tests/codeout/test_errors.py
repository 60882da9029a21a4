"""What goes wrong, as it is told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.errors import (
    AssetError,
    CodeoutError,
    ConfigError,
    Problem,
    describe_oserror,
    display_path,
)

if TYPE_CHECKING:
    from tests.support.folder import Folder


def test_a_problem_says_where_what_and_what_to_do() -> None:
    told = str(Problem("a.md", 3, "it broke", "mend it", "one\n\ntwo"))
    assert told == "a.md:3: it broke\n  hint: mend it\n  one\n\n  two"
    assert str(Problem("a.md", 0, "it broke")) == "a.md: it broke"


@pytest.mark.parametrize("kind", [CodeoutError, ConfigError, AssetError])
def test_an_error_has_its_hint_below(kind: type[CodeoutError]) -> None:
    assert str(kind("it broke", "mend it")) == "it broke\n  hint: mend it"
    assert str(kind("it broke")) == "it broke"


def test_a_place_reads_as_one_would_type_it(folder: Folder) -> None:
    assert display_path(folder.root / "docs/a.md", 3) == "docs/a.md:3"
    assert display_path(folder.root / "docs/a.md") == "docs/a.md"
    assert display_path(Path("/elsewhere/a.md"), 3) == "/elsewhere/a.md:3"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (FileExistsError(17, "File exists"), "a file stands where a folder is needed"),
        (NotADirectoryError(20, "Not a directory"), "a file stands where a folder is needed"),
        (OSError(28, "No space left on device"), "No space left on device"),
        (OSError("odd"), "odd"),
    ],
)
def test_the_system_is_put_into_plain_words(error: OSError, told: str) -> None:
    assert describe_oserror(error) == told


def test_what_is_long_without_end_is_told_in_part() -> None:
    problem = Problem("a.md", 3, "x" * 10**6, detail="\n".join(["y" * 10**4] * 10**4))
    assert len(problem.message) < 3_000
    assert len(problem.detail) < 3_000_000
    assert len(problem.detail.splitlines()) < 2_000
