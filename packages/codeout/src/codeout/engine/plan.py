"""What of a page would run, and whether it has to."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from codeout.data.assets import digest as digest_assets
from codeout.engine.discovery import name_of
from codeout.errors import Problem
from codeout.formats import ENDINGS, SUFFIXES, Format, format_of
from codeout.fs.digest import digest, digest_file
from codeout.lock.record import Inputs, why_stale
from codeout.output.markdown import ForeignText
from codeout.output.rendered import Picture, Shown
from codeout.page.model import Page
from codeout.page.snippets import IncludeError, line_that_asks
from codeout.run.cell import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from codeout.config.settings import Config
    from codeout.data.assets import Asset
    from codeout.lock.lockfile import Lock
    from codeout.output.figures import Pictures
    from codeout.page.model import Block, Slot


@dataclass(frozen=True, slots=True)
class Plan:
    """A page, read and taken apart, before anything runs.

    Attributes:
        path: The page's name: relative to the root, with forward slashes.
        file: Where it is.
        source: Its bytes.
        page: Its parts.
        shown: What each slot shows now.
        blocks: Indexes of the blocks that run.
        cells: Those blocks, ready to run.
        inputs: Digests of what decides its outputs.
        outputs: Digest of the outputs that it holds.
        problems: Why it cannot be run; none if it can.
        root: The project's folder, which names are relative to.
    """

    path: str
    file: Path
    source: bytes = b""
    page: Page = Page("", ())
    shown: tuple[tuple[Shown, ...], ...] = ()
    blocks: tuple[int, ...] = ()
    cells: tuple[Cell, ...] = ()
    inputs: Inputs = Inputs("")
    outputs: str = ""
    problems: tuple[Problem, ...] = ()
    root: Path = Path()

    @property
    def running(self) -> tuple[Block, ...]:
        """The blocks that run."""
        return tuple(self.page.blocks[at] for at in self.blocks)

    def reasons(self, lock: Lock) -> tuple[str, ...]:
        """Why the page must run; none if it is fresh or has nothing to run."""
        if not self.cells:
            return ()
        return why_stale(self.inputs, self.outputs, lock.get(self.path), self.root)


def plan_page(config: Config, file: Path) -> Plan:
    """Read a page and see what it would run; whatever is wrong with it is in ``problems``."""
    path = name_of(config, file)
    try:
        source = file.read_bytes()
    except OSError as error:
        hint = "it has to be a file that you may read"
        problem = Problem(path, 0, f"cannot be read: {error.strerror}", hint)
        return Plan(path, file, problems=(problem,), root=config.root)
    form = format_of(path)
    page = form.parse(source, path, config.tabs)
    problems = [*_of_name(path), *page.problems]
    if not (problems or page.blocks or path.endswith(SUFFIXES)):
        problems.append(Problem(path, 0, "holds nothing to run", f"pages end in {ENDINGS}"))
    blocks = tuple(at for at, block in enumerate(page.blocks) if not block.directive.skip)
    cells: list[Cell] = []
    includes: set[Path] = set()
    for at in blocks:
        block = page.blocks[at]
        try:
            code = form.expand(block.code, [config.root / folder for folder in config.snippets])
        except IncludeError as error:
            missing = _missing(path, block, error, config)
            problems += [missing] * (missing.line not in {problem.line for problem in problems})
            continue
        includes.update(code.files)
        directive = block.directive
        timeout = directive.timeout or config.timeout
        cells.append(Cell(code.code, timeout, directive.raises, directive.may_fail))
    shown = tuple(_shown(path, slot, form, problems) for slot in page.slots)
    return Plan(
        path=path,
        file=file,
        source=source,
        page=page,
        shown=shown,
        blocks=blocks,
        cells=tuple(cells),
        inputs=_inputs(config, path, page, includes),
        outputs=outputs_digest(page, shown, form.pictures(path, file, config)),
        problems=tuple(problems),
        root=config.root,
    )


def _of_name(path: str) -> Iterator[Problem]:
    """Why a page cannot be remembered by its name, if it cannot."""
    if path != path.encode("utf-8", "replace").decode():
        yield Problem(path, 0, "its name is not UTF-8", "rename the file")


def assets_of(config: Config, path: str) -> tuple[Asset, ...]:
    """The declared data files that a page finds."""
    return tuple(
        asset
        for asset in config.assets
        if not asset.pages or any(fnmatch(path, pattern) for pattern in asset.pages)
    )


def pictures_of(plan: Plan, config: Config) -> Pictures:
    """The pictures of a page."""
    return format_of(plan.path).pictures(plan.path, plan.file, config)


def outputs_digest(page: Page, shown: Iterable[Sequence[Shown]], pictures: Pictures) -> str:
    """Digest of what the slots of a page hold, the pictures that they link to included."""
    parts: list[str | bytes] = [slot.source.replace("\r\n", "\n") for slot in page.slots]
    items = (item for items in shown for item in items)
    parts += [pictures.read(item) for item in items if isinstance(item, Picture)]
    return digest(*parts)


def _missing(path: str, block: Block, error: IncludeError, config: Config) -> Problem:
    line = block.line_of(line_that_asks(block.code, error))
    places = ", ".join(config.snippets)
    return Problem(path, line, str(error), f"includes are looked for in: {places}")


def _shown(path: str, slot: Slot, form: Format, problems: list[Problem]) -> tuple[Shown, ...]:
    try:
        return form.read(slot)
    except ForeignText as foreign:
        hint = "an output tab holds output alone; move this text out of it"
        message = "text in an output tab that codeout did not write"
        problems.append(Problem(path, slot.line + foreign.offset, message, hint))
        return ()


def _inputs(config: Config, path: str, page: Page, includes: Iterable[Path]) -> Inputs:
    parts = [f"{block.directive}\n{block.code}" for block in page.blocks]
    settings = repr(sorted(config.environment.items()))
    files = {name_of(config, file): digest_file(file) for file in sorted(includes)}
    assets = assets_of(config, path)
    data = digest_assets(assets)[:16] if assets else ""
    return Inputs(digest(settings, *parts), files, data)
