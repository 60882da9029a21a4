"""Makes the plan of a page: reads and parses it, and finds what keeps it from running."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol

from codeout.engine.discovery import name_of
from codeout.engine.expansion import expand_blocks, gaps_of_includes
from codeout.engine.installed_outputs import no_text, with_installed
from codeout.engine.modules import module_of, with_module
from codeout.engine.page_digests import digest_inputs, digest_outputs, interactive_on, keeps_colour
from codeout.engine.plan import Plan
from codeout.errors import Problem
from codeout.formats import ASKED_SUFFIXES, ENDINGS, SUFFIXES, format_of, parse
from codeout.fs.regular import read_regular
from codeout.output.markdown_reader import ForeignText
from codeout.page.sessions import sessions_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from codeout.config.settings import Config
    from codeout.output.figures import Pictures
    from codeout.output.shown import Shown
    from codeout.page.layout import Layout
    from codeout.page.model import Page

_LARGEST: Final = 1 << 28  # bytes of a page


class Parse(Protocol):
    """Parses a page as ``codeout.formats.parse`` does."""

    def __call__(self, source: bytes, path: str, layout: Layout) -> Page:
        """Parse it."""


def read_page(config: Config, file: Path) -> Plan:
    """Read a page, and parse nothing. Errors are not raised; they are in ``problems``."""
    path = name_of(config, file)
    within = None if path.startswith("../") else config.root
    plan = Plan(path, file, root=config.root, layout=config.for_page(path).layout)
    try:
        return replace(plan, source=read_regular(file, _LARGEST, within))
    except OSError as error:
        hint = "it has to be a file that you may read"
        problem = Problem(path, 0, f"cannot be read: {error.strerror}", hint)
        return replace(plan, problems=(problem,))


def plan_page(config: Config, file: Path, parse: Parse = parse) -> Plan:
    """Read and parse a page. Errors are not raised; they are in ``problems``."""
    plan = read_page(config, file)
    return plan if plan.problems else plan_source(config, file, plan.source, parse)


def plan_source(config: Config, file: Path, source: bytes, parse: Parse = parse) -> Plan:
    """Parse a page that has been read, or that may become what a file holds.

    Args:
        config: The settings of the project.
        file: The file of the page.
        source: The bytes of the page.
        parse: Parses them; see ``codeout.formats.parse``.
    """
    path = name_of(config, file)
    config = config.for_page(path)
    form = format_of(path)
    page = with_installed(parse(source, path, config.layout))
    blocks = tuple(at for at, block in enumerate(page.blocks) if not block.directive.skip)
    expansion = expand_blocks(config, page, blocks)
    included, looked = gaps_of_includes(config, page)
    cells, missing = expansion.cells, expansion.missing
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
        inputs=digest_inputs(config, page, expansion.files, sessions),
        outputs=digest_outputs(page, shown, form.pictures(path, file, config)),
        problems=(*_at_new_lines(_problems_of(page), missing), *foreign),
        root=config.root,
        ours=tuple(config.root / name for name in (config.lock, config.figures) if name),
        looked=expansion.looked | looked,
        included=included,
        layout=config.layout,
        rtol=config.rtol,
        colour=keeps_colour(config, path),
        interactive=interactive_on(config, path),
        needs=config.needs,
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
    for slot in page.outputs:
        try:
            items = form.read(slot)
        except ForeignText as foreign:
            hint = "an output tab holds output alone; move this text out of it"
            message = "text in an output tab that codeout did not write"
            problems.append(Problem(page.path, slot.line + foreign.offset, message, hint))
            items = ()
        problems += no_text(page, slot, items)
        shown += [items] if slot.active else []
    return tuple(shown), problems
