# noqa: INP001  # a script
"""Tells how the newest releases move the outputs of pages, and asks for a pull request.

``python rot_watch.py upgrade``: the newest releases of what pages import, into the requirements.
``python rot_watch.py report moved.json``: a table in Markdown of what moved, and why.
``python rot_watch.py propose body.md``: one pull request; without ``GH_TOKEN``, what it would do.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from html import escape
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

BRANCH: Final = "rot-watch"
TITLE: Final = "Take the newest releases that pages import"
_LOCK: Final = "codeout.lock"
_BOT: Final = (
    *("-c", "user.name=github-actions[bot]"),
    *("-c", "user.email=41898282+github-actions[bot]@users.noreply.github.com"),
)
_LONGEST: Final = 200
_NOTHING: Final = "The newest releases move no output.\n"
_HEAD: Final = "| page | line | before | now | packages |\n| --- | --- | --- | --- | --- |"


@dataclass(frozen=True)
class Row:
    """An output that moved, or a block that fails.

    Attributes:
        page: The page.
        line: Its line there.
        old: The first line that is not there any more; empty for a failure.
        new: The one in its place, or the error.
        packages: What the page imports and has another version now.
    """

    page: str
    line: int
    old: str
    new: str
    packages: tuple[str, ...]


def rows(
    report: Sequence[Mapping[str, Any]],
    before: Mapping[str, Mapping[str, str]],
    installed: Callable[[str], str],
) -> Iterator[Row]:
    """Yield what moved.

    Args:
        report: What ``codeout check --json`` has printed with the newest releases.
        before: The versions that each page was made with, by its name.
        installed: The version of a package now; empty if it is not installed.
    """
    for page in report:
        made = before.get(page["page"], {})
        now = {name: installed(name) or "not installed" for name in made}
        packages = [f"{name} {old} → {now[name]}" for name, old in made.items() if now[name] != old]
        for problem in page["problems"]:
            old, new = _lines(problem)
            yield Row(page["page"], problem["line"], old, new, tuple(packages))


def _lines(problem: Mapping[str, Any]) -> tuple[str, str]:
    """The first line that differs, as it was and as it is; of a failure, its message."""
    diff = problem["detail"].splitlines() if problem["message"].endswith("differs") else []
    lines = [line for line in diff if not line.startswith(("--- ", "+++ "))]
    old = next((line[1:].strip() for line in lines if line.startswith("-")), "")
    new = next((line[1:].strip() for line in lines if line.startswith("+")), "")
    return (old, new) if old or new else ("", problem["message"])


def table(moved: Sequence[Row]) -> str:
    """The body of the pull request."""
    if not moved:
        return _NOTHING
    cells = ((_code(r.page), str(r.line or ""), _code(r.old), _code(r.new)) for r in moved)
    reasons = ("<br>".join(map(_code, row.packages)) or "none" for row in moved)
    lines = [f"| {' | '.join(cell)} | {why} |" for cell, why in zip(cells, reasons, strict=True)]
    return "\n".join([_HEAD, *lines, ""])


def _code(text: str) -> str:
    """A text as code in a table."""
    short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return f"<code>{escape(short).replace('|', '&#124;')}</code>" if text else ""


def versions_in(lock: str) -> dict[str, dict[str, str]]:
    """The versions that each page was made with, by its name, in the text of a lock."""
    tables = tomllib.loads(lock)
    return {name: it["versions"] for name, it in tables.items() if isinstance(it, dict)}


def _installed(name: str) -> str:
    try:
        return metadata.version(name).partition("+")[0]
    except metadata.PackageNotFoundError:
        return ""


def upgrade(wanted: Path, found: Path, names: Sequence[str]) -> None:
    """Take the newest releases of some packages; those at one version are so again afterwards.

    Args:
        wanted: The requirements that people write.
        found: Those that ``make requirements`` makes of them.
        names: The packages.
    """
    text = wanted.read_text(encoding="utf-8")
    pins = [name for name in names if re.search(rf"(?m)^{re.escape(name)}==", text)]
    for name in pins:
        text = re.sub(rf"(?m)^({re.escape(name)})==\S+", r"\1", text)
    wanted.write_text(text, encoding="utf-8")
    words = " ".join(f"--upgrade-package {shlex.quote(name)}" for name in names)
    subprocess.run(["make", "requirements", f"UPGRADE={words}"], check=True)  # noqa: S603, S607
    made = found.read_text(encoding="utf-8")
    for name in pins:
        if version := re.search(rf"(?m)^{re.escape(name)}(==\S+)", made):
            text = re.sub(rf"(?m)^{re.escape(name)}(?=\s|$)", name + version[1], text)
    wanted.write_text(text, encoding="utf-8")


def propose(body: Path, *, allowed: bool) -> Iterator[str]:
    """Open a pull request with what is changed here, or update the one that is open.

    Args:
        body: What it says.
        allowed: Whether to do so; otherwise only what would be done is told.

    Yields:
        What is done, or would be.
    """
    if body.read_text(encoding="utf-8") == _NOTHING:
        yield _NOTHING.strip()
        return

    def call(*words: str) -> str:
        done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
        return done.stdout.strip()

    ask = ("gh", "pr", "list", "--head", BRANCH, "--state", "open", "--json", "number")
    number = call(*ask, "--jq", ".[0].number // empty") if allowed else ""
    text = ("--title", TITLE, "--body-file", str(body))
    request = ("edit", number, *text) if number else ("create", "--head", BRANCH, *text)
    for words in (
        ("git", "switch", "--force-create", BRANCH),
        ("git", *_BOT, "commit", "--all", f"--message={TITLE}"),
        ("git", "push", "--force", "origin", BRANCH),
        ("gh", "pr", *request),
    ):
        yield ("" if allowed else "would run: ") + shlex.join(words)
        if allowed:
            call(*words)
    if not allowed:
        yield body.read_text(encoding="utf-8")


def main(words: Sequence[str]) -> None:
    """Do what the words of the command line say."""
    match words:
        case ["upgrade"]:
            made = versions_in(Path(_LOCK).read_text(encoding="utf-8"))
            names = sorted({name for versions in made.values() for name in versions})
            upgrade(Path("requirements.in"), Path("requirements.txt"), names)
        case ["report", file]:
            show = ["git", "show", f"HEAD:{_LOCK}"]
            lock = subprocess.run(show, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603
            report = json.loads(Path(file).read_text(encoding="utf-8"))
            sys.stdout.write(table([*rows(report, versions_in(lock), _installed)]))
        case ["propose", file]:
            for line in propose(Path(file), allowed=bool(os.environ.get("GH_TOKEN"))):
                print(line, flush=True)  # noqa: T201  # what a script is for
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
