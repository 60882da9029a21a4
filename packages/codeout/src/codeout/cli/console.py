"""What ``run`` and ``check`` print: problems, counts, and what must not be forgotten."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codeout.cli.github import commands_stopped
from codeout.text.escape import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from rich.text import Text

    from codeout.data.assets import Fetched
    from codeout.errors import Problem


@dataclass(slots=True)
class Tally:
    """How many pages had which result."""

    fresh: int = 0
    true: int = 0
    changed: int = 0
    failed: int = 0

    def count(self, problems: Sequence[Problem], *, changed: bool) -> None:
        """Count a page as failed if it has problems, else as changed or true."""
        if problems:
            self.failed += 1
        elif changed:
            self.changed += 1
        else:
            self.true += 1

    def written(self) -> str:
        """The last line of ``run``."""
        return (
            f"{self.changed} written, {self.true} unchanged, {self.failed} failed, "
            f"{self.fresh} fresh and not run"
        )

    def checked(self) -> str:
        """The last line of ``check``."""
        return f"{self.true} true, {self.changed} differ, {self.failed} failed"


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems or changes, colored on a terminal.

    They may quote what a page printed, which GitHub's runner must not take for a command.
    """
    for problem in problems:
        with commands_stopped(str(problem), sys.stdout):
            _print_problem(problem)


def _print_problem(problem: Problem) -> None:
    from rich.console import Console

    buffer = io.StringIO()  # a progress bar redirects sys.stdout, to print above itself
    terminal = sys.stdout.isatty()
    console = Console(file=buffer, force_terminal=terminal, highlight=False, soft_wrap=True)
    for line in styled_lines(problem):
        console.print(line)
    sys.stdout.write(buffer.getvalue())


def styled_lines(problem: Problem) -> Iterator[Text]:
    """The lines of a problem, colored as for a terminal."""
    from rich.text import Text

    colors = {"  -": "red", "  +": "green", "  @": "cyan", "  h": "yellow"}
    first, *rest = str(problem).split("\n")
    yield Text.assemble((problem.place, "bold"), first.removeprefix(problem.place))
    for line in rest:
        yield Text(line, style=colors.get(line[:3], ""))


def print_waiting(folder: Path) -> None:
    """Say on standard error that another run in a project has to end first."""
    sys.stderr.write(escape(f"codeout: another run is at work in {folder}; waiting for its end\n"))
    sys.stderr.flush()


def print_summary(counts: str, stand_ins: Iterable[Fetched]) -> None:
    """Print the counts, and each data file that is only a stand-in for the true one."""
    sys.stdout.write(f"pages: {counts}\n")
    for file in stand_ins:
        sys.stdout.write(
            f"stand-in: {file.asset.path} is not the true file; "
            f"{file.asset.stand_in} made it, of the same form\n"
        )
