"""The first cell: it adds what is missing, touches nothing else, and never stops the others."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from codeout.data.assets import Asset
from codeout.export.setup_cell import setup_cell

if TYPE_CHECKING:
    from pathlib import Path

WORDS = b"any words"
SUM = hashlib.sha256(WORDS).hexdigest()
WEB = {"https://a.example/words.txt": WORDS, "https://b.example/words.gz": gzip.compress(WORDS)}


@pytest.fixture
def done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """An empty current folder; what the cell downloads and installs is only noted."""
    noted: list[Any] = []

    def urlopen(url: str, timeout: int) -> io.BytesIO:
        assert timeout
        noted.append(url)
        if url not in WEB:
            raise OSError("out of reach")
        return io.BytesIO(WEB[url])

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("urllib.request.urlopen", urlopen)
    monkeypatch.setattr(subprocess, "run", lambda words, **_: noted.append(words))
    return noted


def run(cell: str) -> tuple[dict[str, Any], str]:
    """What a cell leaves in its namespace, and what it prints."""
    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(cell, "<cell>", "exec"), names)  # noqa: S102
    return {name: value for name, value in names.items() if name != "__builtins__"}, out.getvalue()


def asset(*sources: str, path: str = "data/words.txt") -> Asset:
    return Asset(path, SUM, sources)


def test_nothing_to_prepare_is_no_cell() -> None:
    assert setup_cell((), (), "1") == ""
    assert setup_cell(["codeout"], (), "1") == "", "it cannot be installed by name"


def test_only_missing_packages_are_installed(done: list[Any]) -> None:
    assert run(setup_cell(["pytest", "no-such-package"], (), "")) == ({}, "")
    assert done == [[sys.executable, "-m", "pip", "install", "--quiet", "no-such-package"]]
    done.clear()
    run(setup_cell(["pytest"], (), ""))
    assert not done


@pytest.mark.parametrize("source", WEB)
def test_a_missing_file_is_fetched_and_one_that_is_there_is_not(
    done: list[Any], tmp_path: Path, source: str
) -> None:
    cell = setup_cell((), [asset(source)], 'open("data/words.txt")')
    assert run(cell) == ({}, "")
    assert (tmp_path / "data/words.txt").read_bytes() == WORDS
    run(cell)
    assert done == [source]


def test_sources_are_tried_in_order_and_none_of_them_stops_the_page(
    done: list[Any], tmp_path: Path
) -> None:
    gone = "https://c.example/words.txt"
    cell = setup_cell((), [asset(gone, *WEB)], 'open("data/words.txt")')
    assert run(cell) == ({}, "data/words.txt: out of reach\n")
    assert done == [gone, next(iter(WEB))]
    cell = setup_cell((), [asset(gone, path="other.txt")], 'open("other.txt")')
    assert run(cell) == ({}, "other.txt: out of reach\n")
    assert not (tmp_path / "other.txt").exists()


def test_a_file_that_is_not_the_true_one_is_not_kept(done: list[Any], tmp_path: Path) -> None:
    wrong = Asset("words.txt", "0" * 64, tuple(WEB))
    _, told = run(setup_cell((), [wrong], 'open("words.txt")'))
    assert told.splitlines() == [f"words.txt: wrong checksum from {source}" for source in WEB]
    assert len(done) == len(WEB)
    assert not (tmp_path / "words.txt").exists()


@pytest.mark.parametrize(
    ("path", "code", "fetched"),
    [
        ("data/words.txt", 'open("data/words.txt")', True),
        ("data/words.txt", 'Path("data") / "words.txt"', True),
        ("data/pets/1.png", 'ImageFolder("data/pets")', True),
        ("data/pets/1.png", 'ImageFolder("data/pets-2")', False),
        ("data/FashionMNIST/raw/images", 'FashionMNIST(root="data", download=True)', False),
        ("torch/hub/vgg16.pth", "vgg16(weights=VGG16_Weights.IMAGENET1K_V1)", False),
    ],
)
def test_what_the_code_does_not_name_is_left_to_its_library(
    path: str, code: str, fetched: bool
) -> None:
    cell = setup_cell((), [asset("https://a.example/file", path=path)], code)
    assert bool(cell) == fetched


def test_packages_of_debian_are_not_for_readers() -> None:
    assert setup_cell((), [asset("deb:words/usr/words.txt")], '"words.txt"') == ""
