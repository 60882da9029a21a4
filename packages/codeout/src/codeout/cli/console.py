"""What ``run`` and ``check`` print: problems, counts, and what must not be forgotten."""

from __future__ import annotations

import io
import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from codeout.cli.github import annotate
from codeout.cli.say import say, show
from codeout.engine.outcome import Result
from codeout.engine.summary import covered, gap_notes
from codeout.output.coverage import Coverage
from codeout.text.escape import escape_line
from codeout.text.plural import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from rich.text import Text

    from codeout.data.assets import Fetched
    from codeout.engine.outcome import Outcome
    from codeout.errors import Problem

_IDLE: Final = (Result.NOT_RUN, Result.NOTHING)
"""The results of pages of which nothing runs."""


@dataclass(slots=True)
class Tally:
    """How many pages had which result."""

    fresh: int = 0
    changed: int = 0
    failed: int = 0
    left: int = 0
    results: Counter[Result] = field(default_factory=Counter)

    def count(self, problems: Sequence[Problem], outcome: Outcome, *, changed: bool) -> None:
        """Count a page as failed if it has problems, else as changed or by what it covers."""
        if problems:
            self.failed += 1
        elif changed:
            self.changed += 1
        else:
            self.results[outcome.result] += 1

    def written(self) -> str:
        """The counts of ``run``."""
        ran = sum(self.results[result] for result in Result if result not in _IDLE)
        counts = f"{self.changed} written, {ran} unchanged, {self.failed} failed, "
        return self._with_others(f"{counts}{self.fresh} fresh and not run", _IDLE)

    def checked(self) -> str:
        """The counts of ``check``: a page is true if all that it shows was compared."""
        counts = f"{self.results[Result.TRUE]} true, {self.changed} differ, {self.failed} failed"
        return self._with_others(counts, [each for each in Result if each != Result.TRUE])

    def _with_others(self, counts: str, others: Sequence[Result]) -> str:
        found = [f"{self.results[each]} {each}" for each in others if self.results[each]]
        left = [f"{plural(self.left, 'page')} not taken"] if self.left else []
        return "; ".join([counts, *found, *left])


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems or changes, colored on a terminal.

    They may quote what a page printed, which GitHub's runner must not take for a command.
    """
    for problem in problems:
        show(_styled(problem))


def _styled(problem: Problem) -> str:
    from rich.console import Console

    buffer = io.StringIO()  # a progress bar redirects sys.stdout, to print above itself
    terminal = sys.stdout.isatty()
    console = Console(file=buffer, force_terminal=terminal, highlight=False, soft_wrap=True)
    for line in styled_lines(problem):
        console.print(line)
    return buffer.getvalue()


def styled_lines(problem: Problem) -> Iterator[Text]:
    """The lines of a problem, colored as for a terminal."""
    from rich.text import Text

    colors = {"  -": "red", "  +": "green", "  @": "cyan", "  h": "yellow"}
    first, *rest = str(problem).split("\n")
    yield Text.assemble((problem.place, "bold"), first.removeprefix(problem.place))
    for line in rest:
        yield Text(line, style=colors.get(line[:3], ""))


def print_gaps(outcome: Outcome) -> None:
    """Say what of a page was not compared and what did not run: a line for each kind."""
    print_notes([*gap_notes(outcome)])


def print_notes(notes: Sequence[Problem]) -> None:
    """Print what to know of a page beside its problems."""
    for note in notes:
        say(str(note))
    annotate(notes, "notice")


def suffices(outcomes: Sequence[Outcome], percent: int, *, error: bool = False) -> bool:
    """Whether at least so much of what pages show is compared; if not, say so.

    Args:
        outcomes: What of each page is compared.
        percent: How much has to be.
        error: Whether to say it on standard error.
    """
    coverage = sum((outcome.coverage for outcome in outcomes), Coverage())
    if 100 * coverage.compared >= percent * coverage.lines and (coverage.compared or not percent):
        return True
    of = f"{coverage.compared} of {plural(coverage.lines, 'line')} that the pages show"
    say(f"compared: {of}; --require-compared asks for {percent} %", error=error)
    return False


def colored() -> bool:
    """Whether to use colors: on a terminal, unless it or its user wants none."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


def print_waiting(folder: Path) -> None:
    """Say on standard error that another run in a project has to end first."""
    say(f"codeout: another run is at work in {folder}; waiting for its end", error=True)


def print_summary(counts: str, outcomes: Sequence[Outcome], stand_ins: Iterable[Fetched]) -> None:
    """Print the counts, what was compared, and each data file that is only a stand-in."""
    say(f"pages: {counts}")
    if line := covered(outcomes):
        say(line)
    for file in stand_ins:
        asset = file.asset
        made = f"{asset.stand_in} made it, of the same form"
        say(escape_line(f"stand-in: {asset.path} is not the true file; {made}"))
