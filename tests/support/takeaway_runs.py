"""Runs what readers take away, and compares it with what its page shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import groupby
from typing import TYPE_CHECKING, Any

import nbformat
from codeout.data.fetch import fetch
from codeout.data.links import link_files
from codeout.engine.discovery import assets_of
from codeout.engine.planning import pictures_of
from codeout.engine.transcript import Transcript
from codeout.export.without_assertions import without_assertions
from codeout.formats import format_of
from codeout.fs.cache_folder import cache_folder
from codeout.output.bundle import from_bundle
from codeout.output.compare import agrees
from codeout.output.model import Error, Ran, Stream
from codeout.output.shown import Picture, Printed
from codeout.run.events import Ended
from nbclient import NotebookClient

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from codeout.engine.plan import Plan
    from codeout.engine.project import Project
    from codeout.output.model import Output
    from codeout.output.shown import Shown

_MODULE = re.compile(r"(?:\w+\.)+(?=\w+:)")


def run_notebook(text: str, work: Path, *, allow_errors: bool = False) -> list[Any]:
    """Run a notebook as Jupyter does; its code cells, with their outputs."""
    book = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(book)  # type: ignore[no-untyped-call]
    client = NotebookClient(
        book,
        timeout=900,
        allow_errors=allow_errors,
        resources={"metadata": {"path": str(work)}},
    )
    client.execute(env=_environment(work))
    return [cell for cell in book.cells if cell.cell_type == "code"]


def run_script(text: str, work: Path) -> subprocess.CompletedProcess[str]:
    """Run a script as a reader does who has no screen."""
    (work / "lesson.py").write_text(text, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "lesson.py"],
        cwd=work,
        env=_environment(work) | {"MPLBACKEND": "agg"},
        capture_output=True,
        text=True,
        check=False,
    )


def _environment(work: Path) -> dict[str, str]:
    """The environment of a reader who has the weights already: torch looks for them there."""
    return {**os.environ, "TORCH_HOME": str(work / "torch")}


def lend_data(project: Project, plan: Plan, work: Path) -> None:
    """Put the data files of a page into a folder, as the engine does."""
    assets = assets_of(project.config, plan.path)
    link_files([fetch(each, cache_folder(), project.config.root) for each in assets], work)


def differences(project: Project, plan: Plan, cells: list[Any], work: Path) -> list[str]:
    """Where the outputs of a notebook that ran are not those of its page."""
    runs, rest = [], list(cells)
    for code in (cell.code.strip("\n") for cell in plan.cells):
        exported = {code, without_assertions(code).strip("\n")}
        here = rest.pop(0) if rest and rest[0].source in exported else None
        outputs = tuple(_outputs(here)) if here else ()
        runs.append(Ran(outputs, 0.0, 0, frozenset()))
    assert not rest, "every cell is a block of the page"
    transcript = Transcript(tuple(runs), Ended(plan.path, 0.0, str(work)))
    found = []
    for slot, old in zip(plan.page.slots, plan.shown, strict=True):
        pictures = pictures_of(plan, project.config)
        pieces = transcript.outputs_of(plan, slot)
        new = [format_of(plan.path).show(piece, pictures.draw) for piece in pieces]
        block = plan.page.blocks[slot.blocks[-1]]
        rtol = block.directive.rtol or project.config.rtol
        same = len(old) == len(new) and all(
            _alike(a, b, rtol) for a, b in zip(old, new, strict=True)
        )
        if not same and not block.directive.volatile:
            found.append(f"{plan.path}, {block.title}: {old} is not {new}")
    return found


def _outputs(cell: Any) -> Iterator[Output]:
    # What is printed comes in as many pieces as the kernel happened to send.
    for stream, outputs in groupby(cell.outputs, key=lambda output: output.get("name")):
        if stream is not None:
            yield Stream("".join(output.text for output in outputs))
            continue
        for output in outputs:
            if output.output_type == "error":
                yield Error((output.ename,), 0, f"{output.ename}: {output.evalue}")
            elif found := from_bundle(output.data, result=output.output_type == "execute_result"):
                yield found


def _alike(old: Shown, new: Shown, rtol: float) -> bool:
    if isinstance(old, Printed) and isinstance(new, Printed):
        before, now = _comparable(old.text), _comparable(new.text)
        # Jupyter keeps no order between standard output and standard error.
        return agrees(before, now, rtol) or sorted(before.split("\n")) == sorted(now.split("\n"))
    return type(old) is type(new) and (isinstance(old, Picture) or old == new)


def _comparable(text: str) -> str:
    """A text without what stands in a traceback before the message, and where its class lives."""
    kept: list[str] = []
    frames = False
    for line in text.split("\n"):
        ended = frames and not line.startswith(" ")
        frames = line.startswith("Traceback (") or (frames and not ended)
        kept += [] if frames else [_MODULE.sub("", line) if ended else line]
    return "\n".join(kept)
