"""The answer of ``codeout stability``: which outputs of a page move, with what, and what to do."""

from __future__ import annotations

import math
import re
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from codeout.engine.execute import cores
from codeout.errors import Problem
from codeout.formats import format_of
from codeout.output.compare import agrees, elides
from codeout.output.diff import line_changes, show_change
from codeout.output.model import Figure, Html
from codeout.output.rendered import Printed
from codeout.output.sanitize import sanitize
from codeout.stability.analysis import Finding, examine
from codeout.stability.trials import trials
from codeout.stability.variants import USUAL, Kind, variations
from codeout.text.plural import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.engine.transcript import Transcript
    from codeout.output.model import Output
    from codeout.page.model import Slot
    from codeout.stability.analysis import Seen
    from codeout.stability.trials import Trial

_MOST: Final = 5
_SEEDS: Final = {
    "torch": "torch.manual_seed(0)",
    "numpy": "numpy.random.seed(0)",
    "random": "random.seed(0)",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What several runs of a page have shown.

    Attributes:
        told: What moves, in the order of the page, and the runs that failed.
        stable: Whether nothing moved beyond what the comments of the page allow.
        summary: One line.
    """

    told: tuple[Problem, ...]
    stable: bool
    summary: str


def reach(
    config: Config,
    plan: Plan,
    count: int,
    workers: int = 0,
    step: Callable[[], None] = lambda: None,
) -> Verdict:
    """Run a page as usual and in other ways, and compare; see ``variations``.

    Args:
        config: The settings.
        plan: The page.
        count: How many other ways.
        workers: How many runs go on at the same time; 0 means as configured.
        step: Called after each run.
    """
    if not plan.cells and not plan.problems:
        return Verdict((), stable=True, summary="nothing to run")
    varied = (USUAL, *variations(count))
    found: list[Trial] = []
    with closing(trials(config, plan, varied, workers or config.jobs or cores())) as running:
        for trial in running:
            step()
            found.append(trial)
            if trial.variation == USUAL and trial.transcript is None:
                break
    return judge(config, plan, sorted(found, key=lambda trial: varied.index(trial.variation)))


def judge(config: Config, plan: Plan, found: Sequence[Trial]) -> Verdict:
    """Compare the runs of a page with one another.

    Args:
        config: The settings.
        plan: The page.
        found: Its runs, the usual one first.
    """
    usual, *others = found
    if usual.transcript is None:
        return Verdict(usual.problems, stable=False, summary="the page fails as it is")
    failed = [_failed(trial) for trial in others if trial.transcript is None]
    ended = [(trial.variation, trial.transcript) for trial in found if trial.transcript]
    told: list[Problem] = []
    beyond = 0
    for at, slot in enumerate(plan.page.slots):
        directives = [plan.page.blocks[index].directive for index in slot.blocks]
        rtol = max((each.rtol for each in directives if each.rtol is not None), default=config.rtol)
        finding = examine(
            [(variation, _seen(plan, slot, transcript)) for variation, transcript in ended],
            tuple(item.text if isinstance(item, Printed) else b"" for item in plan.shown[at]),
            rtol,
            volatile=any(each.volatile for each in directives),
        )
        if finding is not None:
            told.append(_told(plan, slot, finding))
            beyond += not finding.allowed
    summary = (
        f"{plural(len(ended), 'run')}: {len(told)} of {plural(len(plan.page.slots), 'output')} "
        f"moved, {beyond} beyond what the page allows"
    )
    summary += f"; {len(failed)} failed" * bool(failed)
    return Verdict((*told, *failed), stable=not (beyond or failed), summary=summary)


def _seen(plan: Plan, slot: Slot, transcript: Transcript) -> Seen:
    return tuple(map(_look, transcript.pieces(plan, slot.blocks)))


def _look(piece: Output) -> str | bytes:
    match piece:
        case Figure():
            return piece.data
        case Html():  # on one line, for it holds no elisions
            return " ".join(sanitize(piece.source).split("\n"))
    return piece.text


def _failed(trial: Trial) -> Problem:
    first = trial.problems[0]
    title = trial.variation.title
    return replace(first, message=f"with {title}: {first.message}")


def _told(plan: Plan, slot: Slot, finding: Finding) -> Problem:
    block = plan.page.blocks[slot.blocks[-1]]
    causes = " and ".join(kind.value for kind in finding.causes)
    message = f"the output moves {causes}".rstrip() + ", as the page allows" * finding.allowed
    found = [*_moved(finding)]
    detail = [line for _, lines in found[:_MOST] for line in lines]
    detail += [f"… and {len(found) - _MOST} more"] if len(found) > _MOST else []
    return Problem(
        plan.path,
        max(block.line, _line_of(found[0][0], slot)),
        block.told(message),
        _hint(plan, slot, finding),
        "\n".join(detail),
    )


def _moved(finding: Finding) -> Iterator[tuple[str, list[str]]]:
    """Each line that moved, as it usually is, and how to tell of it; each once."""
    (_, usual), *others = finding.runs
    known: set[tuple[int, int, str | None]] = set()
    for variation, seen in others:
        if len(seen) != len(usual):
            yield "", [f"outputs: {len(usual)} as usual, {len(seen)} with {variation.title}"]
            continue
        for at, (old, new) in enumerate(zip(usual, seen, strict=True)):
            if isinstance(old, str) and isinstance(new, str):
                for change in line_changes(old, new):
                    key = at, change.line, change.old
                    if key not in known and not agrees(change.old or "", change.new or "", 0, 0):
                        yield change.old or "", show_change(change, "as usual", variation.title)
                        known.add(key)
            elif (at, 0, None) not in known and old != new:
                yield "", [f"a figure looks different with {variation.title}"]
                known.add((at, 0, None))


def _line_of(text: str, slot: Slot) -> int:
    """The line of the page that shows such a line, whatever its fractions, or else its output."""
    lines = slot.source.splitlines()
    same = (
        at
        for at, line in enumerate(lines)
        if text.strip() and not elides(line) and agrees(line.strip(), text.strip(), 0, math.inf)
    )
    return next((slot.line + at for at in same), slot.line)


def _hint(plan: Plan, slot: Slot, finding: Finding) -> str:
    """What to do, the best first; empty where all is well."""
    word = finding.proposal.word
    volatile = any(plan.page.blocks[at].directive.volatile for at in slot.blocks)
    if finding.allowed and not (volatile and word != "volatile"):
        return ""
    ways: list[str] = []
    if finding.causes in {(Kind.SEED,), (Kind.AGAIN,)}:
        cells = plan.cells[: 1 + plan.blocks.index(slot.blocks[-1])]
        code = "\n".join(cell.code for cell in cells)
        imports = "\n".join(re.findall(r"^[ \t]*(?:import|from)\b.*", code, re.MULTILINE))
        named = [call for name, call in _SEEDS.items() if re.search(rf"\b{name}\b", imports)]
        ways.append(f"seed it: `{'`, `'.join(named or [_SEEDS['random']])}`")
    if Kind.HASH_SEED in finding.causes:
        ways.append("sort what comes out of a set")
    if word == "...":
        ways.append("put `...` in place of the lines that move")
    elif word:
        ways.append(format_of(plan.path).steer.format(word))
    else:
        ways.append("remove it")
    return "`volatile` is more than it needs: " * volatile + "; or ".join(ways)
