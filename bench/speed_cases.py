"""The commands that are timed, and the sites on which they are called."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.builds import unpack, variables
from bench.cases import Cold
from bench.corpus import course, trivial
from bench.engines import (
    BARE,
    CODEBLOCKS,
    CODEOUT,
    MARKDOWN_DOCS,
    MARKDOWN_EXEC,
    ROOT,
    Engine,
    environment,
)
from bench.formats import as_code_tabs
from bench.measure import Case, Run, execute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from bench.corpus import Page

PEERS = (MARKDOWN_DOCS, MARKDOWN_EXEC)
"""The programs that run pages as they are; ``CODEBLOCKS`` cannot, and gets one block a page."""

_RUNS = re.compile(r"python|(?<=`)py\b|codeout:|>>> ")
"""What makes code on a page run, or says how."""

_NAMED = ("-c", "user.name=bench", "-c", "user.email=bench@localhost", "-c", "commit.gpgsign=false")


@dataclass(frozen=True, slots=True)
class SpeedScale:
    """How much is measured.

    Attributes:
        rounds: Timed runs of each case.
        small: Pages of a small site with nothing to do.
        real: Copies of the pages of this repository, in which nothing is to run.
        pages: Short pages that are checked.
        blocks: Blocks on each of them.
        site: Whether this repository is run from its start.
    """

    rounds: int
    small: int
    real: int
    pages: int
    blocks: int
    site: bool


FULL_SPEED = SpeedScale(rounds=5, small=12, real=1656, pages=200, blocks=5, site=True)
QUICK_SPEED = SpeedScale(rounds=1, small=3, real=40, pages=6, blocks=2, site=False)


@dataclass(frozen=True, slots=True)
class Command:
    """A command that leaves its folder as it is, but for what it keeps in the cache.

    Attributes:
        name: The key of its figure.
        words: The command.
        folder: Where it is called.
        variables: Its environment.
        prepare: Called before each run; not timed.
    """

    name: str
    words: Sequence[str]
    folder: Path
    variables: Mapping[str, str]
    prepare: Callable[[Path], None] = lambda _: None

    def run(self, *, watch: bool) -> Run:
        """Run once."""
        self.prepare(self.folder)
        return execute(self.words, self.folder, self.variables, watch=watch)


def cases_of(place: Path, build: str, scale: SpeedScale) -> Iterator[Case]:
    """The cases of a build, on sites that it has made itself."""
    own = variables(place, build)
    sites = place / f"sites-{build}"
    small = _made(sites / "small", BARE, trivial(scale.small), own)
    real = copy_pages(sites / "real", scale.real)
    short = _made(sites / "short", BARE, trivial(scale.pages, scale.blocks), own)
    repository = ROOT if build == "now" else place / build
    yield Command(f"status, small, {build}", codeout_command("status"), small, own)
    yield Command(f"run, small, {build}", codeout_command("run"), small, own)
    yield Command(f"status, real, {build}", codeout_command("status"), real, own)
    yield Command(f"run, real, {build}", codeout_command("run"), real, own)
    yield Command(f"status, repository, {build}", codeout_command("status"), repository, own)
    yield Command(f"check, {build}", codeout_command("check"), short, own)
    yield edited_case(place, f"run after an edit, {build}", build)


def edited_case(place: Path, name: str, build: str) -> Command:
    """A run of one page about torch after an edit, on a site of some."""
    folder = place / name.replace(", ", "-").replace(" ", "-")
    _laid_out(folder, Engine(name, as_code_tabs, ()), course(3, 6))
    return Command(
        name, codeout_command("run", "docs/autograd.md"), folder, variables(place, build), _edit
    )


def _edit(folder: Path) -> None:
    """Change the first block of a page, so that all of it is stale."""
    page = folder / "docs" / "autograd.md"
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition("done = ")
    number, _, after = rest.partition("\n")
    page.write_text(f"{before}done = {number}  # edited\n{after}", encoding="utf-8")


def peer_cases(place: Path, scale: SpeedScale) -> Iterator[Case]:
    """Calls of other programs, on the pages that a check of codeout is timed with."""
    pages = trivial(scale.pages, scale.blocks)
    for engine in (*PEERS, CODEBLOCKS):
        folder = place / engine.name
        folder.mkdir()
        yield Cold(engine.name, engine, pages, folder)


def _made(folder: Path, engine: Engine, pages: Sequence[Page], own: Mapping[str, str]) -> Path:
    """A site of which all pages have run."""
    _laid_out(folder, engine, pages)
    execute(codeout_command("run"), folder, own)
    return folder


def _laid_out(folder: Path, engine: Engine, pages: Sequence[Page]) -> Path:
    folder.mkdir(parents=True)
    engine.lay_out(folder, pages)
    return folder


def copy_pages(folder: Path, count: int) -> Path:
    """Copies of the pages of this repository, as many as asked for, with code that does not run.

    So is the documentation of most projects: long, and without anything that a run would write.
    """
    pages = sorted((ROOT / "docs").rglob("*.md"))
    folder.mkdir(parents=True)
    (folder / "pyproject.toml").write_text('[tool.codeout]\npages = ["docs"]\n', encoding="utf-8")
    for number in range(count):
        page = pages[number % len(pages)]
        copy = folder / "docs" / f"{number // len(pages):03}" / page.relative_to(ROOT / "docs")
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = page.read_text(encoding="utf-8")
        copy.write_text(_RUNS.sub("not-run ", text), encoding="utf-8")
    return folder


def stale_cases(place: Path) -> Iterator[Case]:
    """Checks of what has changed, where nothing has, in a repository of short pages."""
    own, short = variables(place), place / "sites-now" / "short"
    for words in (("init",), ("add", "."), (*_NAMED, "commit", "--message", "Begin")):
        subprocess.run(["git", *words], cwd=short, check=True, capture_output=True)
    yield Command("check --stale", codeout_command("check", "--stale"), short, own)
    yield Command("check --since HEAD", codeout_command("check", "--since", "HEAD"), short, own)
    yield Command("status --exit-code", codeout_command("status", "--exit-code"), short, own)


def run_repository(folder: Path) -> tuple[tuple[float, ...], dict[str, float]]:
    """Run this repository without its lock; returns the seconds of the run, and those of pages."""
    unpack("HEAD", folder)
    (folder / "codeout.lock").unlink()
    execute(codeout_command("fetch"), folder, environment())
    ran = execute(codeout_command("run", "--jobs", "2"), folder, environment())
    lock = tomllib.loads((folder / "codeout.lock").read_text(encoding="utf-8"))
    pages = {name: record["seconds"] for name, record in lock.items() if name != "version"}
    return (ran.seconds,), pages


def seconds_of(folder: Path, page: str) -> float:
    """The seconds of the last run of a page, as the lock has them."""
    lock = tomllib.loads((folder / "codeout.lock").read_text(encoding="utf-8"))
    return float(lock[page]["seconds"])


def codeout_command(*words: str) -> tuple[str, ...]:
    """A call of codeout with some words."""
    return (sys.executable, *CODEOUT, *words)
