"""The plan of a page: which blocks of it run, and whether they have to."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeout.engine.discovery import name_of
from codeout.engine.modules import module_of, with_module
from codeout.engine.page_digests import digest_inputs, digest_outputs, interactive_on, keeps_colour
from codeout.errors import Problem
from codeout.formats import ASKED_SUFFIXES, ENDINGS, SUFFIXES, format_of
from codeout.fs.place import leads_out
from codeout.fs.regular import read_regular
from codeout.lock.record import Inputs
from codeout.lock.staleness import why_stale
from codeout.output.markdown_reader import ForeignText
from codeout.page.any_fences import any_fences
from codeout.page.gaps import gap_of
from codeout.page.model import Layout, Page, SlotKind
from codeout.page.sessions import sessions_of
from codeout.page.snippets import Expanded, IncludeError, find_include_line
from codeout.run.job import Cell
from codeout.text.plural import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from codeout.config.settings import Config
    from codeout.lock.lockfile import Lock
    from codeout.lock.record import Record
    from codeout.output.figures import Pictures
    from codeout.output.shown import Shown
    from codeout.page.model import Block

_LARGEST: Final = 1 << 28  # bytes of a page
_NO_LINK: Final = "put a file in the place of the link"


@dataclass(frozen=True, slots=True)
class Plan:
    """A parsed page and its blocks that run.

    Attributes:
        path: The page's name: relative to the root, with forward slashes.
        file: Where it is.
        source: Its bytes.
        page: The parsed page.
        shown: The outputs that each slot shows now.
        blocks: Indexes of the blocks that run.
        cells: Those blocks, ready to run.
        sessions: The indexes of the cells, by the session that they run in.
        inputs: Digests of what decides its outputs.
        outputs: Digest of the outputs that it holds.
        problems: Why it cannot be run; none if it can.
        root: The root of the project.
        ours: What codeout writes beside pages: the lock, and the folder of figures.
        included: What is included and does not run or cannot be read, by the text of the include.
        layout: Where the settings have the outputs of the page, and which of its blocks run.
        rtol: The relative tolerance for numbers in its outputs.
        colour: Whether its outputs keep the colours of printed text.
        interactive: The libraries whose figures are interactive on it.
    """

    path: str
    file: Path
    source: bytes = b""
    page: Page = Page("", ())
    shown: tuple[tuple[Shown, ...], ...] = ()
    blocks: tuple[int, ...] = ()
    cells: tuple[Cell, ...] = ()
    sessions: tuple[tuple[int, ...], ...] = ()
    inputs: Inputs = Inputs("")
    outputs: str = ""
    problems: tuple[Problem, ...] = ()
    root: Path = Path()
    ours: tuple[Path, ...] = ()
    included: Mapping[str, str] = field(default_factory=dict)
    layout: Layout = Layout()
    rtol: float = 0.0
    colour: bool = False
    interactive: tuple[str, ...] = ()

    @property
    def running(self) -> tuple[Block, ...]:
        """The blocks that run."""
        return tuple(self.page.blocks[at] for at in self.blocks)

    def block_of(self, problem: Problem) -> int:
        """The index, among the blocks that run, of the one that a problem is about; -1 for none.

        All cells of a notebook may be on one line; their names tell them apart.
        """
        blocks = [*enumerate(self.running)]
        above = max((at for at, block in blocks if block.line <= problem.line), default=-1)
        return next((at for at, block in blocks if block.is_named_by(problem.message)), above)

    def reasons(self, lock: Lock) -> tuple[str, ...]:
        """Why the page must run; none if it is fresh, or never had anything to run."""
        record = lock.get(self.path)
        if self.cells:
            return why_stale(self.inputs, self.outputs, record, self.root, self.ours)
        return (_lost(record),) if record and record.blocks else ()

    def lost(self, record: Record | None) -> Problem | None:
        """The problem that blocks of the page ran before and that it has none now."""
        if self.cells or self.problems or not (record and record.blocks):
            return None
        hint = "look whether something took them out of their tabs; `codeout run` forgets them"
        return Problem(self.path, 0, _lost(record), hint)


def _lost(record: Record) -> str:
    return f"{plural(record.blocks, 'block')} ran before, and none is left"


def plan_page(config: Config, file: Path) -> Plan:
    """Read and parse a page. Errors are not raised; they are in ``problems``."""
    path = name_of(config, file)
    within = None if path.startswith("../") else config.root
    try:
        source = read_regular(file, _LARGEST, within)
    except OSError as error:
        hint = "it has to be a file that you may read"
        problem = Problem(path, 0, f"cannot be read: {error.strerror}", hint)
        return Plan(path, file, problems=(problem,), root=config.root)
    return plan_source(config, file, source)


def plan_source(config: Config, file: Path, source: bytes) -> Plan:
    """Parse a page that has been read, or that may become what a file holds.

    Args:
        config: The settings of the project.
        file: The file of the page.
        source: The bytes of the page.
    """
    path = name_of(config, file)
    config = config.for_page(path)
    form = format_of(path)
    page = form.parse(source, path, config.layout)
    blocks = tuple(at for at, block in enumerate(page.blocks) if not block.directive.skip)
    cells, includes, missing = _expand(config, page, blocks)
    running = [page.blocks[at] for at in blocks]
    sessions = sessions_of(running, page.sessions)
    if form.imported and not missing:
        cells = with_module(cells, running, sessions, module_of(file, page))
    shown, foreign = _read_outputs(page)
    return Plan(
        path=path,
        file=file,
        source=source,
        page=page,
        shown=shown,
        blocks=blocks,
        cells=cells,
        sessions=sessions,
        inputs=digest_inputs(config, page, includes, sessions),
        outputs=digest_outputs(page, shown, form.pictures(path, file, config)),
        problems=(*_at_new_lines(_problems_of(page), missing), *foreign),
        root=config.root,
        ours=tuple(config.root / name for name in (config.lock, config.figures) if name),
        included=_gaps_of_includes(config, page),
        layout=config.layout,
        rtol=config.rtol,
        colour=keeps_colour(config, path),
        interactive=interactive_on(config, path),
    )


def pictures_of(plan: Plan, config: Config) -> Pictures:
    """The pictures of a page."""
    return format_of(plan.path).pictures(plan.path, plan.file, config)


def _problems_of(page: Page) -> Iterator[Problem]:
    """Why a page cannot run, by its name and its text."""
    path = page.path
    named = path == path.encode("utf-8", "replace").decode()
    if not named:
        yield Problem(path, 0, "its name is not UTF-8", "rename the file")
    yield from page.problems
    if named and not (page.problems or page.blocks or path.endswith((*SUFFIXES, *ASKED_SUFFIXES))):
        yield Problem(path, 0, "holds nothing to run", f"pages end in {ENDINGS}")


def _expand(
    config: Config, page: Page, blocks: Iterable[int]
) -> tuple[tuple[Cell, ...], set[Path], list[Problem]]:
    """Expand the includes of blocks; return cells, included files, and problems with includes."""
    form = format_of(page.path)
    folders = [config.root / folder for folder in config.snippets]
    cells: list[Cell] = []
    includes: set[Path] = set()
    missing: list[Problem] = []
    by_line = {at for slot in page.slots if slot.kind is SlotKind.COMMENTS for at in slot.blocks}
    for at in blocks:
        block = page.blocks[at]
        try:
            prompted = block.typed and not block.console  # the site expands nothing after `>>>`
            code = Expanded(block.code) if prompted else form.expand(block.code, folders)
        except IncludeError as error:
            line = block.line_of(find_include_line(block.code, error))
            hint = f"includes are looked for in: {', '.join(config.snippets)}"
            missing.append(Problem(page.path, line, str(error), hint))
            continue
        includes.update(code.files)
        for file in (file for file in code.files if leads_out(file, config.root)):
            message = f"includes {name_of(config, file)}, which leads out of the project"
            missing.append(Problem(page.path, block.line, message, _NO_LINK))
        directive = block.directive
        timeout = directive.timeout or config.timeout
        cells.append(
            Cell(
                code.code,
                timeout,
                directive.raises,
                block.may_fail,
                directive.exit,
                typed=prompted,
                shell=block.console,
                by_line=at in by_line,
            )
        )
    return tuple(cells), includes, missing


def _gaps_of_includes(config: Config, page: Page) -> dict[str, str]:
    """What is included outside of blocks: Python, which does not run, or what cannot be read."""
    folders = [config.root / folder for folder in config.snippets]
    found: dict[str, str] = {}
    for _, text in page.includes:
        try:
            lines = format_of(page.path).expand(text, folders).code.split("\n")
        except IncludeError as error:
            found[text] = f"include ({error})"
            continue
        fences = [gap.what for fence in any_fences(lines) if (gap := gap_of(fence))]
        if fences:
            name = text.strip().strip("-8<\n\r \t").strip("\"'")
            found[text] = f"{fences[0]} in the included `{name}`"
    return found


def _at_new_lines(known: Iterable[Problem], more: Iterable[Problem]) -> list[Problem]:
    """All known problems, and of more problems the first at each line without one."""
    found = list(known)
    for problem in more:
        if problem.line not in {each.line for each in found}:
            found.append(problem)
    return found


def _read_outputs(page: Page) -> tuple[tuple[tuple[Shown, ...], ...], list[Problem]]:
    """The outputs that each slot shows, and problems with text that codeout did not write."""
    form = format_of(page.path)
    shown: list[tuple[Shown, ...]] = []
    problems: list[Problem] = []
    for slot in page.slots:
        try:
            shown.append(form.read(slot))
        except ForeignText as foreign:
            hint = "an output tab holds output alone; move this text out of it"
            message = "text in an output tab that codeout did not write"
            problems.append(Problem(page.path, slot.line + foreign.offset, message, hint))
            shown.append(())
    return tuple(shown), problems
