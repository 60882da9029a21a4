"""Which files among the figures of a page codeout may replace or remove: those that it wrote."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from codeout.errors import Problem
from codeout.fs.digest import digest
from codeout.output.shown import Picture
from codeout.page.model import Slot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from codeout.engine.plan import Plan
    from codeout.lock.record import Record
    from codeout.output.figures import Pictures
    from codeout.output.shown import Shown


def own_figures(
    plan: Plan, pictures: Pictures, before: Record | None, *, recorded: bool
) -> tuple[dict[Path, bytes | None], list[Problem]]:
    """The figures to write and to remove, without those that somebody else has put there.

    A file is ours if an output of the page links to it, or if the record of the page names it and
    it has not changed since. Nothing is removed that the text of the page mentions.

    Args:
        plan: The page.
        pictures: Of its run.
        before: The record of the page, if there is one.
        recorded: Whether records are kept at all; otherwise all figures in the page's folder that
            the text does not mention are ours.

    Returns:
        The bytes to write by file, None to remove one; and a problem for each file that is in the
        place of a figure and is not ours.
    """
    linked = {_normal(file) for each in _in(plan.shown) for file in pictures.files_of(each)}
    text = "".join(part.source for part in plan.page.parts if not isinstance(part, Slot))
    known = before.figures if before else {}
    files: dict[Path, bytes | None] = {}
    problems: list[Problem] = []
    for file, data in pictures.files().items():
        name = f"{file.parent.name}/{file.name}"
        mentioned = name in text or quote(name) in text
        there = file.read_bytes() if file.is_file() else None
        ours = _normal(file) in linked or not (recorded or mentioned)
        ours = ours or (there is not None and known.get(file.name) == digest(there))
        if data is None:
            files |= {file: None} if ours and not mentioned else {}
        elif there is None or there == data or ours:
            files[file] = data
        else:
            problems.append(_in_the_way(plan, file))
    return files, problems


def figures_of(shown: Iterable[Sequence[Shown]], pictures: Pictures) -> Mapping[str, str]:
    """The digests of the figures that outputs link to, by the names of their files."""
    files = [file for picture in _in(shown) for file in pictures.files_of(picture)]
    return {file.name: digest(pictures.bytes_of(file)) for file in files}


def _in(shown: Iterable[Sequence[Shown]]) -> Iterator[Picture]:
    return (item for items in shown for item in items if isinstance(item, Picture))


def _normal(file: Path) -> Path:
    return Path(os.path.normpath(file))


def _in_the_way(plan: Plan, file: Path) -> Problem:
    name = file.relative_to(plan.root) if file.is_relative_to(plan.root) else file
    message = f"a figure has to go to {name}, and codeout did not write the file that is there"
    return Problem(plan.path, 0, message, "move or rename the file, or remove it")
