"""Includes: code as the renderer would show it, and the files that it came from."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from codeout.page.snippets import IncludeError, expand

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def snippets(tmp_path: Path) -> Path:
    """A folder of pieces."""
    (tmp_path / "net.py").write_text("class Net:\n    size = 3\n")
    (tmp_path / "parts.py").write_text(
        "# --8<-- [start:one]\none = 1\n# --8<-- [end:one]\ntwo = 2\n"
    )
    (tmp_path / "outer.py").write_text('--8<-- "net.py"\nnet = Net()\n')
    (tmp_path / "latin.py").write_bytes(b"# \xe9\n")
    return tmp_path


@pytest.mark.parametrize(
    ("code", "expanded", "files"),
    [
        pytest.param("x = 1\n", "x = 1\n", [], id="none"),
        pytest.param("x = '8<'\n", "x = '8<'\n", [], id="none, though it looks like one"),
        pytest.param(
            '--8<-- "net.py"\nNet()\n', "class Net:\n    size = 3\nNet()\n", ["net.py"], id="file"
        ),
        pytest.param('--8<-- "parts.py:one"\n', "one = 1\n", ["parts.py"], id="section"),
        pytest.param('--8<-- "net.py:2:2"\n', "    size = 3\n", ["net.py"], id="lines"),
        pytest.param(
            'if True:\n    --8<-- "parts.py:one"\n',
            "if True:\n    one = 1\n",
            ["parts.py"],
            id="indented",
        ),
        pytest.param(
            '--8<-- "outer.py"\n',
            "class Net:\n    size = 3\nnet = Net()\n",
            ["outer.py", "net.py"],
            id="within an include",
        ),
        pytest.param(
            '--8<-- "net.py"\n--8<-- "net.py"\n',
            "class Net:\n    size = 3\n" * 2,
            ["net.py"],
            id="twice",
        ),
        pytest.param(';--8<-- "net.py"\n', '--8<-- "net.py"\n', [], id="escaped"),
    ],
)
def test_pieces_are_put_in(snippets: Path, code: str, expanded: str, files: list[str]) -> None:
    found = expand(code, [snippets])
    assert without_blank_lines(found.code) == without_blank_lines(expanded)
    assert list(found.files) == [snippets / name for name in files]


def test_the_first_folder_that_has_the_piece_counts(snippets: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "net.py").write_text("mine = 1\n")
    found = expand('--8<-- "net.py"\n', [tmp_path / "mine", snippets])
    assert without_blank_lines(found.code) == ["mine = 1"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.py", "snippet at path 'none.py' could not be found"),
        ("parts.py:three", "snippet section 'three' could not be located"),
        (
            "latin.py",
            "snippet at path 'latin.py' is not UTF-8 (byte 0xe9)",
        ),
        ("folder", "snippet cannot be read: Is a directory"),
    ],
)
def test_a_missing_piece_is_an_error(snippets: Path, name: str, message: str) -> None:
    (snippets / "folder").mkdir()
    with pytest.raises(IncludeError) as error:
        expand(f'--8<-- "{name}"\n', [snippets])
    assert str(error.value) == message


@pytest.mark.parametrize("name", ["pipe", "device"])
def test_a_device_or_a_pipe_is_never_read(snippets: Path, name: str) -> None:
    os.mkfifo(snippets / "pipe")
    (snippets / "device").symlink_to(os.devnull)
    with pytest.raises(IncludeError, match="snippet cannot be read: it is no regular file"):
        expand(f'--8<-- "{name}"\n', [snippets])


def test_pieces_that_multiply_are_bounded(snippets: Path) -> None:
    for at in range(40):
        (snippets / f"{at}.py").write_text(f'--8<-- "{at + 1}.py"\n' * 2 + "#" * 50_000)
    (snippets / "40.py").write_text("pass\n")
    with pytest.raises(IncludeError, match="more than 4,000,000 bytes together"):
        expand('--8<-- "0.py"\n', [snippets])


def without_blank_lines(code: str) -> list[str]:
    """The lines that matter: the end of a piece may add a blank one."""
    return [line for line in code.splitlines() if line]
