"""Makes the plan of a page: reads and parses it, and finds what keeps it from running."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from codeout.engine.discovery import name_of
from codeout.engine.modules import module_of, with_module
from codeout.engine.page_digests import digest_inputs, digest_outputs, interactive_on, keeps_colour
from codeout.engine.plan import Plan
from codeout.errors import Problem
from codeout.formats import ASKED_SUFFIXES, ENDINGS, SUFFIXES, format_of
from codeout.fs.place import leads_out
from codeout.fs.regular import read_regular
from codeout.output.markdown_reader import ForeignText
from codeout.page.any_fences import any_fences
from codeout.page.gaps import gap_of
from codeout.page.model import Page, SlotKind
from codeout.page.sessions import sessions_of
from codeout.page.snippets import Expanded, IncludeError, find_include_line
from codeout.run.job import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from codeout.config.settings import Config
    from codeout.output.figures import Pictures
    from codeout.output.shown import Shown

_LARGEST: Final = 1 << 28  # bytes of a page
_NO_LINK: Final = "put a file in the place of the link"


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
