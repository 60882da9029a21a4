"""What people and machines are told: the terminal, GitHub's annotations, JUnit's XML."""

from __future__ import annotations

import contextlib
import io
import os
import re
import secrets
import sys
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from codeout.text.escape import escape, escape_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from rich.text import Text

    from codeout.data.assets import Fetched
    from codeout.engine.update import Update
    from codeout.errors import Problem


_COMMAND: Final = re.compile(r"^\s*::|##\[", re.MULTILINE)
"""What the runner of GitHub may follow, see ``toolkit/docs/commands.md`` of its authors."""


@dataclass(slots=True)
class Tally:
    """How many pages came out how."""

    fresh: int = 0
    true: int = 0
    changed: int = 0
    failed: int = 0

    def count(self, problems: Sequence[Problem], *, changed: bool) -> None:
        """Count a page: what is wrong with it, or else whether it changes."""
        self.failed += bool(problems)
        self.changed += changed and not problems
        self.true += not changed and not problems

    def written(self) -> str:
        """The last line of ``run``."""
        return (
            f"{self.changed} written, {self.true} unchanged, {self.failed} failed, "
            f"{self.fresh} fresh and not run"
        )

    def checked(self) -> str:
        """The last line of ``check``."""
        return f"{self.true} true, {self.changed} differ, {self.failed} failed"


def tell(problems: Iterable[Problem]) -> None:
    """Print problems, or changes, colored where that helps.

    What a page prints may look like a command to the runner of GitHub, which must not follow it.
    """
    for problem in problems:
        with commands_stopped(str(problem), sys.stdout):
            _tell(problem)


@contextlib.contextmanager
def commands_stopped(text: str, stream: IO[str]) -> Iterator[None]:
    """Have GitHub's runner take for text what is printed meanwhile, by a word nobody can guess.

    Args:
        text: What is to be printed; nothing is done where no command stands in it.
        stream: Where it is printed: the runner reads each on its own.
    """
    if not (on_github() and _COMMAND.search(text)):
        yield
        return
    word = secrets.token_hex(16)
    stream.write(f"::stop-commands::{word}\n")
    try:
        yield
    finally:
        stream.write(f"::{word}::\n")


def on_github() -> bool:
    """Whether GitHub's runner reads what is printed."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def colored(problem: Problem) -> Iterator[Text]:
    """The lines of a problem for a terminal."""
    from rich.text import Text

    colors = {"  -": "red", "  +": "green", "  @": "cyan", "  h": "yellow"}
    first, *rest = str(problem).split("\n")
    yield Text.assemble((problem.place, "bold"), first.removeprefix(problem.place))
    for line in rest:
        yield Text(line, style=colors.get(line[:3], ""))


def _tell(problem: Problem) -> None:
    from rich.console import Console

    told = io.StringIO()  # a bar that is shown meanwhile follows what goes through sys.stdout
    terminal = sys.stdout.isatty()
    console = Console(file=told, force_terminal=terminal, highlight=False, soft_wrap=True)
    for line in colored(problem):
        console.print(line)
    sys.stdout.write(told.getvalue())


def wait(folder: Path) -> None:
    """Say on standard error that another run has to end first."""
    sys.stderr.write(escape(f"codeout: another run is at work in {folder}; waiting for its end\n"))
    sys.stderr.flush()


def annotate(problems: Iterable[Problem]) -> None:
    """Mark the lines of what fails a command, where GitHub runs it."""
    if on_github():
        sys.stdout.writelines(map(annotation, problems))


def close(last: str, stand_ins: Iterable[Fetched]) -> None:
    """Print the last line, and what must not be forgotten: data that are not the true ones."""
    sys.stdout.write(f"pages: {last}\n")
    for file in stand_ins:
        sys.stdout.write(
            f"stand-in: {file.asset.path} is not the true file; "
            f"{file.asset.stand_in} made it, of the same form\n"
        )


def annotation(problem: Problem) -> str:
    """A problem as a workflow command of GitHub Actions, with its line's end."""
    text = "\n".join(part for part in (problem.message, problem.hint, problem.detail) if part)
    data = escape(text).replace("%", "%25").replace("\n", "%0A")
    path = escape_line(problem.path).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::error file={path},line={max(1, problem.line)},title=codeout::{data}\n"


def junit(updates: Sequence[Update], file: Path) -> None:
    """Write the results of a check as JUnit's XML: a suite a page, a case a block.

    Raises:
        ConfigError: The file cannot be written.
    """
    from xml.etree import ElementTree as ET

    from codeout.errors import ConfigError, describe_oserror
    from codeout.fs.atomic import replace_file

    root = ET.Element("testsuites", name="codeout")
    for update in updates:
        plan = update.plan
        found = update.problems_by_block()
        titles = {block.line: block.title for block in plan.running}
        suite = ET.SubElement(root, "testsuite", name=_xml(plan.path), tests=str(len(found)))
        suite.set("failures", str(sum(bool(problems) for problems in found.values())))
        for line, problems in found.items():
            name = titles.get(line, "page")
            case = ET.SubElement(suite, "testcase", classname=_xml(plan.path), name=_xml(name))
            if update.problems and not problems:
                ET.SubElement(case, "skipped", message="not compared: the page failed")
            for problem in problems:
                failure = ET.SubElement(case, "failure", message=_xml(problem.message))
                failure.text = _xml(str(problem))
    xml = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    try:
        replace_file(file, xml)
    except OSError as error:
        message = f"{file}: cannot be written: {describe_oserror(error)}"
        raise ConfigError(message, "name another file with `--junit`") from error


def _xml(text: str) -> str:
    """Text in which nothing acts, without the characters that XML cannot hold."""
    return re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", escape(text))
