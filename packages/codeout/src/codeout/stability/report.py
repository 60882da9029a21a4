"""Messages of ``codeout stability``: with what an output moves, and what to do."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from codeout.errors import Problem
from codeout.formats import format_of
from codeout.output.compare import agrees, elides
from codeout.output.diff import line_changes, show_change
from codeout.stability.variants import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeout.engine.plan import Plan
    from codeout.page.model import Slot
    from codeout.stability.analysis import Finding
    from codeout.stability.trials import Trial

_MOST: Final = 5
_SEEDS: Final = {
    "torch": "torch.manual_seed(0)",
    "numpy": "numpy.random.seed(0)",
    "random": "random.seed(0)",
}


def problem_of_failure(trial: Trial) -> Problem:
    """The first problem of a run that failed, with the way in which it ran."""
    first = trial.problems[0]
    title = trial.variation.title
    return replace(first, message=f"with {title}: {first.message}")


def problem_of_finding(plan: Plan, slot: Slot, finding: Finding) -> Problem:
    """How the output in a slot moves, and what to do."""
    block = plan.page.blocks[slot.blocks[-1]]
    causes = " and ".join(kind.value for kind in finding.causes)
    message = f"the output moves {causes}".rstrip()
    if finding.allowed:
        message += ", as the page allows"
    found = [*_moved_lines(finding)]
    detail = [line for _, lines in found[:_MOST] for line in lines]
    if len(found) > _MOST:
        detail.append(f"… and {len(found) - _MOST} more")
    return Problem(
        plan.path,
        max(block.line, _line_of(found[0][0], slot)),
        block.with_name(message),
        _hint(plan, slot, finding),
        "\n".join(detail),
    )


def _moved_lines(finding: Finding) -> Iterator[tuple[str, list[str]]]:
    """Each line that moved, as it usually is, and how to show the difference; each once."""
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
                    if key not in known and not agrees(change.old or "", change.new or "", rtol=0):
                        yield change.old or "", show_change(change, "as usual", variation.title)
                        known.add(key)
            elif (at, 0, None) not in known and old != new:
                yield "", [f"a figure looks different with {variation.title}"]
                known.add((at, 0, None))


def _line_of(text: str, slot: Slot) -> int:
    """The line of the page where a slot shows a text, fractions aside, or else that of the slot."""
    lines = slot.source.splitlines()
    same = (
        at
        for at, line in enumerate(lines)
        if text.strip() and not elides(line) and agrees(line.strip(), text.strip(), rtol=math.inf)
    )
    return next((slot.line + at for at in same), slot.line)


def _hint(plan: Plan, slot: Slot, finding: Finding) -> str:
    """What to do, the best first; empty if there is nothing to do."""
    word = finding.proposal.word
    volatile = any(plan.page.blocks[at].directive.volatile for at in slot.blocks)
    if finding.allowed and not (volatile and word != "volatile"):
        return ""
    ways: list[str] = []
    if finding.causes in {(Kind.SEED,), (Kind.AGAIN,)}:
        cells = plan.cells[: 1 + plan.blocks.index(slot.blocks[-1])]
        calls = _seeding_calls("\n".join(cell.code for cell in cells))
        ways.append(f"seed it: `{'`, `'.join(calls)}`")
    if Kind.HASH_SEED in finding.causes:
        ways.append("sort what comes out of a set")
    if word == "...":
        ways.append("put `...` in place of the lines that move")
    elif word:
        ways.append(format_of(plan.path).directive.format(word))
    else:
        ways.append("remove it")
    hint = "; or ".join(ways)
    return f"`volatile` is more than it needs: {hint}" if volatile else hint


def _seeding_calls(code: str) -> list[str]:
    """The calls that seed what code draws numbers from, by what it imports."""
    imports = "\n".join(re.findall(r"^[ \t]*(?:import|from)\b.*", code, re.MULTILINE))
    named = [call for name, call in _SEEDS.items() if re.search(rf"\b{name}\b", imports)]
    return named or [_SEEDS["random"]]
