"""Parsed pages that are kept are as parsed anew, whatever happens to what is kept."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from codeout.cached import parsed
from codeout.cached.page_entry import from_entry, to_entry
from codeout.cached.parsed import ParsedPages
from codeout.formats import parse
from codeout.fs.cache_folder import cache_folder
from codeout.page.layout import Layout
from codeout.page.model import SlotKind
from codeout.page.modes import SessionMode

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests/codeout/cases"
LAYOUTS = (
    Layout(),
    Layout(outputs=(*SlotKind,), console=("console",), sessions=SessionMode.BLOCK, run="marked"),
)
PAGE = b'```python\n1 + 1\n```\n\n=== "Code"\n\n    ```python\n    2\n    ```\n'


def sources() -> list[Path]:
    found = [*CASES.glob("*/page.*"), *CASES.glob("*/expected.*"), *(ROOT / "docs").rglob("*.md")]
    return sorted(file for file in found if file.suffix in {".md", ".mdx", ".ipynb", ".py", ".qmd"})


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODEOUT_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def parsings(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The sources that are parsed, not read back."""
    found: list[bytes] = []

    def noting(source: bytes, path: str, layout: Layout) -> object:
        found.append(source)
        return parse(source, path, layout)

    monkeypatch.setattr(parsed, "parse", noting)
    return found


def test_every_page_comes_back_as_it_was_parsed() -> None:
    kept = ParsedPages(ROOT)
    pages = sources()
    assert len(pages) > 300
    for file, layout in itertools.product(pages, LAYOUTS):
        source, name = file.read_bytes(), file.name
        page = parse(source, name, layout)
        assert kept.parse(source, name, layout) == page
        again = page if page.problems else from_entry(json.loads(json.dumps(to_entry(page))))
        assert again == page
        assert repr(again) == repr(page)  # a kind of slot equals its name


def test_a_page_is_parsed_once(parsings: list[bytes], tmp_path: Path) -> None:
    for _ in range(3):
        ParsedPages(tmp_path).parse(PAGE, "page.md", Layout())
    assert parsings == [PAGE]


def test_a_page_is_parsed_again_where_anything_differs(
    parsings: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ParsedPages(tmp_path).parse(PAGE, "page.md", Layout())
    ParsedPages(tmp_path).parse(PAGE + b"\n", "page.md", Layout())
    ParsedPages(tmp_path).parse(PAGE + b"\n", "page.qmd", Layout())
    ParsedPages(tmp_path).parse(PAGE + b"\n", "page.md", Layout(code=("Kode",)))
    ParsedPages(tmp_path / "other").parse(PAGE, "page.md", Layout())
    (tmp_path / "packages").mkdir()
    monkeypatch.syspath_prepend(tmp_path / "packages")
    ParsedPages(tmp_path).parse(PAGE + b"\n", "page.md", Layout(code=("Kode",)))
    assert len(parsings) == 6


def test_what_is_damaged_costs_time_alone(parsings: list[bytes], tmp_path: Path) -> None:
    page = ParsedPages(tmp_path).parse(PAGE, "page.md", Layout())
    (file,) = (cache_folder() / "pages").iterdir()
    whole = file.read_bytes()
    damaged = [
        *(whole[:length] for length in range(0, len(whole), 7)),
        whole.replace(b"1 + 1", b"1 + 2"),
        whole.partition(b"\n")[0] + b'\n{"Page":{"path":"page.md","parts":[]}}',
        b"\xff" + whole,
        whole + b" ",
    ]
    for data in damaged:
        file.write_bytes(data)
        assert ParsedPages(tmp_path).parse(PAGE, "page.md", Layout()) == page
        assert file.read_bytes() == whole
    assert len(parsings) == 1 + len(damaged)


def test_a_cache_that_cannot_be_written_keeps_nothing(
    parsings: list[bytes], tmp_path: Path
) -> None:
    cache_folder().parent.mkdir(parents=True, exist_ok=True)
    cache_folder().write_bytes(b"a file")
    for _ in range(2):
        ParsedPages(tmp_path).parse(PAGE, "page.md", Layout())
    assert len(parsings) == 2


def test_pages_with_problems_are_parsed_each_time(parsings: list[bytes], tmp_path: Path) -> None:
    source = b"<!-- codeout: unknown -->\n" + PAGE
    for _ in range(2):
        assert ParsedPages(tmp_path).parse(source, "page.md", Layout()).problems
    assert len(parsings) == 2
