"""Which blocks of a page have to run again until it is known that its outputs do not vary."""

from __future__ import annotations

import builtins
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from codeout.adopt.block_names import names_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from codeout.adopt.trial import Trial
    from codeout.engine.plan import Plan
    from codeout.engine.transcript import Transcript
    from codeout.run.job import Cell

_BUILTIN: Final = frozenset(dir(builtins))


def changed_part(trial: Trial) -> Plan:
    """The blocks of a page whose outputs are not true, and what they need, as a page.

    They need the blocks before them in their session that share a name with them, which one of the
    session binds. A page with commands, or of a module, is needed as a whole.
    """
    plan = trial.plan
    if any(map(_is_more_than_python, plan.cells)):
        return plan
    chosen = {*_changed(trial)}
    for session in plan.sessions:
        chosen |= {*_needed(plan, session, chosen & {*session})}
    return _part(plan, chosen)


def merged(first: Transcript, part: Plan, whole: Plan, again: Transcript) -> Transcript:
    """A run of a whole page, of whose blocks some ran again."""
    runs = [*first.runs]
    for at, ran in zip(part.blocks, again.runs, strict=True):
        runs[whole.blocks.index(at)] = ran
    endings = (*(first.sessions or (first.ended,)), *(again.sessions or (again.ended,)))
    return replace(again, runs=tuple(runs), sessions=endings)


def is_untouched(plan: Plan, lost: Collection[int]) -> bool:
    """Whether no block of a page shares a name with those before it that do not run any more.

    Builtin names do not count unless one of those binds them: no block can change ``print``.

    Args:
        plan: The page with all of its blocks.
        lost: The indexes of the cells that do not run any more.
    """
    for session in plan.sessions:
        touched: set[str] = set()
        for at in session:
            names = names_of(plan.cells[at].code)
            if at in lost:
                touched |= (names.read - _BUILTIN) | names.bound
            elif names.read & touched or plan.cells[at].shell:
                return False
    return True


def _is_more_than_python(cell: Cell) -> bool:
    return cell.shell or cell.module is not None or "get_ipython" in names_of(cell.code).read


def _changed(trial: Trial) -> Iterator[int]:
    """Yield the indexes of the cells whose outputs a run would change."""
    plan = trial.plan
    changed = map(plan.block_of, trial.update.changes)
    last = {plan.blocks[at] for at in changed if at >= 0}  # others are of the page
    for slot in plan.page.slots:
        if last & {*slot.blocks}:
            yield from (plan.blocks.index(at) for at in slot.blocks if at in plan.blocks)


def _needed(plan: Plan, session: Sequence[int], chosen: Collection[int]) -> set[int]:
    """Some cells of a session, with those before them that share names with them."""
    names = {at: names_of(plan.cells[at].code) for at in session}
    shared = frozenset[str]().union(*(each.bound for each in names.values()))
    found = {*chosen}
    wanted = frozenset[str]().union(*(names[at].read for at in found)) & shared
    before = [at for at in session if at < max(found, default=0)]
    while more := {
        at for at in before if at not in found and wanted & (names[at].read | names[at].bound)
    }:
        found |= more
        wanted |= shared & frozenset().union(*(names[at].read | names[at].bound for at in more))
    return found


def _part(plan: Plan, chosen: Collection[int]) -> Plan:
    """A page of which only some cells run."""
    kept = sorted(chosen)
    sessions = [tuple(kept.index(at) for at in each if at in chosen) for each in plan.sessions]
    return replace(
        plan,
        blocks=tuple(plan.blocks[at] for at in kept),
        cells=tuple(plan.cells[at] for at in kept),
        sessions=tuple(filter(None, sessions)),
    )
