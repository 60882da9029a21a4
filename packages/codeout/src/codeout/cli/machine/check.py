"""What ``codeout check --json`` prints."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # its schema is made of the annotations
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any

from codeout.cli.machine.schema import schema_of, whole
from codeout.cli.to_json import to_json
from codeout.engine.outcome import Result
from codeout.engine.verdict import DIFFERS, FAILS, verdict_of
from codeout.errors import Problem  # noqa: TC001  # likewise
from codeout.page.gap import Gap  # noqa: TC001  # likewise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.engine.outcome import Outcome
    from codeout.engine.update import Update


@dataclass(frozen=True, slots=True)
class ChangedOutput:
    """An output whose text a run would change.

    Attributes:
        output: Which of the outputs of the page it is, from 0, whatever versions it has others for.
        line: The line where it is, or would be.
        versions: The range of versions that it holds with; empty for the main output.
        text: What a run would write there.
    """

    output: int
    line: int
    versions: str
    text: str


@dataclass(frozen=True, slots=True)
class PageCheck:
    """A page: whether what it shows is true.

    Attributes:
        page: The page, from the folder of the project on.
        result: What the check says of it.
        line: The first line that is not true; 0 for none, or for the whole page.
        says: What is wrong there: the first lines that differ, or the error; empty for nothing.
        block: Which of the blocks that run it is, from 1; 0 for none, or for the whole page.
        blocks: How many blocks of it run.
        lines: How many lines of output it shows; Python that does not run counts as one.
        compared: How many of them are compared.
        gaps: What it shows that the check leaves out.
        problems: All that fails or differs.
        outputs: Those whose text a run would change.
        seconds: How long the run took; null if the page failed, or nothing ran.
        python: The version of Python, likewise.
        versions: Versions of the distributions that it imported, by name.
    """

    page: str
    result: Annotated[str, {"enum": [*map(str, Result), DIFFERS, FAILS]}]
    line: int
    says: str
    block: int
    blocks: int
    lines: int
    compared: int
    gaps: tuple[Gap, ...]
    problems: tuple[Problem, ...]
    outputs: tuple[ChangedOutput, ...]
    seconds: float | None
    python: str | None
    versions: Mapping[str, str]


def as_json(updates: Sequence[Update], outcomes: Mapping[str, Outcome]) -> str:
    """A JSON list with an object for each page, by name.

    Args:
        updates: The results.
        outcomes: What of each page is compared, by its name.
    """
    ordered = sorted(updates, key=lambda update: update.plan.path)
    return to_json([asdict(_page(update, outcomes[update.plan.path])) for update in ordered])


def schema() -> dict[str, Any]:
    """The JSON Schema of that list."""
    title = "What `codeout check --json` prints"
    return whole(title, {"type": "array", "items": schema_of(PageCheck)})


def _changed_outputs(update: Update) -> Iterator[ChangedOutput]:
    for at, slot in update.changed_slots():
        yield ChangedOutput(at, slot.line, slot.versions, slot.source)


def _page(update: Update, outcome: Outcome) -> PageCheck:
    record, verdict = update.record, verdict_of(update, outcome)
    return PageCheck(
        page=update.plan.path,
        result=verdict.result,
        line=verdict.line,
        says=verdict.says,
        block=verdict.block,
        blocks=outcome.blocks,
        lines=outcome.coverage.lines,
        compared=outcome.coverage.compared,
        gaps=outcome.gaps,
        problems=(*update.problems, *update.changes),
        outputs=tuple(_changed_outputs(update)),
        seconds=round(record.seconds, 1) if record else None,
        python=record.python if record else None,
        versions=dict(record.versions) if record else {},
    )
